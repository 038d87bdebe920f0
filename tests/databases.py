"""Databases for tests: each a copy of a template that is built once per session by the program's own means."""

import itertools
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.postgres import Postgres, postgres_server

SQLITE, POSTGRESQL = BACKENDS = ("sqlite", "postgresql")
EMPTY = ""  # the name of the template without any table

Builder = Callable[[str], None]  # fills the database at an address


class Databases:
    """The session's databases. `builders` fill a template, which starts as a copy of the one before it."""

    def __init__(self, folder: Path, builders: dict[str, Builder]) -> None:
        self._folder = folder
        self._builders = builders
        self._numbers = itertools.count(1)
        self._built: set[tuple[str, str]] = set()
        self._open = ExitStack()
        self._server: Postgres | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    @contextmanager
    def copy(self, backend: str, template: str) -> Iterator[str]:
        """The address of a database of its own, equal to the template; dropped at the end."""
        self._ensure(backend, template)
        name = f"copy_{next(self._numbers)}"
        self._duplicate(backend, self._template(template), name)
        try:
            yield self._url(backend, name)
        finally:
            self._drop(backend, name)

    def _ensure(self, backend: str, template: str) -> None:
        if template == EMPTY or (backend, template) in self._built:
            return
        names = [EMPTY, *self._builders]
        origin = names[names.index(template) - 1]
        self._ensure(backend, origin)
        self._duplicate(backend, self._template(origin), self._template(template))
        try:
            self._builders[template](self._url(backend, self._template(template)))
        except BaseException:
            self._drop(
                backend, self._template(template)
            )  # the next test meets the same error, not half a template
            raise
        self._built.add((backend, template))

    def _template(self, template: str) -> str:
        return f"template_{template}" if template else ""

    def _duplicate(self, backend: str, origin: str, name: str) -> None:
        if backend == POSTGRESQL:
            self._postgres().execute(
                f"CREATE DATABASE {name} TEMPLATE {origin or 'template0'} STRATEGY file_copy"
            )
        elif origin:
            shutil.copyfile(self._file(origin), self._file(name))

    def _drop(self, backend: str, name: str) -> None:
        if backend == POSTGRESQL:
            self._postgres().execute(f"DROP DATABASE {name} WITH (FORCE)")
            return
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self._file(name)}{suffix}").unlink(missing_ok=True)

    def _url(self, backend: str, name: str) -> str:
        return self._postgres().url(name) if backend == POSTGRESQL else f"sqlite:///{self._file(name)}"

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}.db"

    def _postgres(self) -> Postgres:
        """The session's server, started when a test first wants it."""
        if self._server is None:
            self._server = self._open.enter_context(postgres_server())
        return self._server
