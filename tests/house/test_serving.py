"""One command serves the site: pages, relay and clocks, started together and ended together."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

PATIENCE = 60.0  # seconds; a start takes two
PROGRAM = [sys.executable, "-m", "marketplace"]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """That of an operator who has set nothing but the folder."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("MARKETPLACE_")}
    return {**ours, "MARKETPLACE_DATA": str(tmp_path)}


@contextmanager
def serving(environment: dict[str, str], port: int) -> Iterator[None]:
    """The site while it is served; stopped as a service manager would."""
    log = Path(environment["MARKETPLACE_DATA"]) / "serve.log"
    with log.open("wb") as sink:
        server = subprocess.Popen(
            [*PROGRAM, "serve", "--port", str(port)], env=environment, stdout=sink, stderr=sink
        )
    try:
        await_that(lambda: status(port) is not None or server.poll() is not None)
        assert server.poll() is None, log.read_text()
        yield
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(PATIENCE)


def await_that(condition) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def status(port: int, path: str = "/") -> int | None:
    """The status of a page, None while nobody answers."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except ConnectionError:
        return None
    finally:
        connection.close()


def worker_runs(data: Path) -> bool:
    """Whether somebody holds the lock of the relay worker."""
    lock = data / "worker.lock"
    if not lock.exists():
        return False
    with lock.open() as held:
        try:
            fcntl.flock(held, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_one_command_serves_the_site_and_ends_all_of_it(environment, tmp_path):
    port = free_port()
    subprocess.run([*PROGRAM, "db", "upgrade"], env=environment, check=True, capture_output=True)
    with serving(environment, port):
        assert status(port) == 200
        assert status(port, "/en/") == 200
        await_that(lambda: worker_runs(tmp_path))
    assert not worker_runs(tmp_path)


@pytest.mark.parametrize(
    ("name", "value"), [("MARKETPLACE_COLOUR", "red"), ("MARKETPLACE_CLOCK_RATE", "fast")]
)
def test_a_wrong_setting_stops_the_start_with_one_sentence(environment, name, value):
    done = subprocess.run(
        [*PROGRAM, "db", "check"],
        check=False,
        env={**environment, name: value},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert done.stderr.startswith(f"error: {name} ")
    assert "Traceback" not in done.stderr


def test_a_wrong_command_is_a_mistake_in_usage(environment):
    assert (
        subprocess.run([*PROGRAM, "dance"], check=False, env=environment, capture_output=True).returncode == 2
    )
