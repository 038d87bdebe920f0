"""What engines that keep their index in a directory have in common: batches, the lock, rebuild and switch."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

from search_index.directories import Directories
from search_index.engine import Generation, IndexMissingError, Stats
from search_index.reopening import SharedReader
from search_index.schema import IndexDoc, Schema

R = TypeVar("R")


class DirectoryEngine(ABC, Generic[R]):
    """Implements everything of SearchEngine but searching; `R` is the engine's own open reader.

    `root`: a local directory (not a network share) that belongs to this index alone.
    """

    name: str
    version: str

    def __init__(
        self, root: Path, schema: Schema, *, lock_timeout: float = 10.0, look_every: float = 1.0
    ) -> None:
        self.schema = schema
        self._directories = Directories(
            root, f"{self.name}-{schema.fingerprint(f'{self.name} {self.version}')}", timeout=lock_timeout
        )
        self._shared: SharedReader[R] = SharedReader(
            self._open_current, self._is_current, self._close_reader, interval=look_every
        )
        self._pending: dict[str, IndexDoc | None] = {}
        self._pending_lock = Lock()

    # ── for subclasses ────────────────────────────────────────────────────────────────────────────

    @abstractmethod
    def _create(self, path: Path) -> None:
        """Make an empty index in an empty directory."""

    @abstractmethod
    def _open_reader(self, path: Path) -> R: ...

    @abstractmethod
    def _close_reader(self, reader: R) -> None: ...

    @abstractmethod
    def _generation_of(self, reader: R) -> Generation: ...

    @abstractmethod
    def _commit_on_disk(self, path: Path) -> int:
        """Number of the newest commit in a directory, cheaply."""

    @abstractmethod
    def _write(self, path: Path, replaced: Collection[str], docs: Iterable[IndexDoc]) -> None:
        """Remove the documents of these ids, add the others, commit. The ids of `docs` are distinct."""

    @abstractmethod
    def _repair(self, path: Path) -> None:
        """Remove what a killed writer left behind. The lock is held."""

    @abstractmethod
    def _count(self, reader: R) -> tuple[int, int]:
        """Documents and segments."""

    # ── SearchEngine ──────────────────────────────────────────────────────────────────────────────

    def open(self, *, create: bool = False) -> bool:
        try:
            current = self._directories.current()
        except IndexMissingError:
            if not create:
                raise
            with self._directories.writing():
                self._create_and_switch(())
            return True
        if create:
            with self._directories.writing():
                self._repair(current)
        return False

    def upsert(self, docs: Iterable[IndexDoc]) -> None:
        """Raises SchemaError for a document with other columns than the schema's."""
        checked = {doc.id: doc for doc in docs if self.schema.row(doc)}
        with self._pending_lock:
            self._pending.update(checked)

    def delete(self, ids: Iterable[str]) -> None:
        with self._pending_lock:
            self._pending.update(dict.fromkeys(ids))

    def commit(self) -> Generation:
        with self._pending_lock:
            pending, self._pending = self._pending, {}
        if pending:
            with self._directories.writing():
                docs = [doc for doc in pending.values() if doc is not None]
                self._write(self._directories.current(), pending.keys(), docs)
            self._shared.reopen()
        return self.generation()

    def generation(self) -> Generation:
        path = self._directories.current()
        return Generation(path.name, self._commit_on_disk(path))

    def reopen(self) -> bool:
        return self._shared.reopen()

    def stats(self) -> Stats:
        with self._shared.use() as reader:
            documents, segments = self._count(reader)
            generation = self._generation_of(reader)
        files = (self._directories.root / generation.directory).rglob("*")
        return Stats(documents, segments, sum(file.stat().st_size for file in files), generation)

    def rebuild(self, docs: Iterable[IndexDoc]) -> Generation:
        with self._directories.writing():
            self._create_and_switch(_distinct(docs))
        self._shared.reopen()
        return self.generation()

    def close(self) -> None:
        self._shared.close()

    # ── ──────────────────────────────────────────────────────────────────────────────────────────

    def _create_and_switch(self, docs: Iterable[IndexDoc]) -> None:
        path = self._directories.new()
        self._create(path)
        self._write(path, (), docs)
        self._directories.switch(path)

    def _open_current(self) -> R:
        return self._open_reader(self._directories.current())

    def _is_current(self, reader: R) -> bool:
        try:
            return self._generation_of(reader) == self.generation()
        except IndexMissingError:  # a newer release has switched to its own schema: go on with what is open
            return True


def _distinct(docs: Iterable[IndexDoc]) -> Iterator[IndexDoc]:
    seen: set[str] = set()
    for doc in docs:
        if doc.id in seen:
            raise ValueError(f"document {doc.id} comes twice")
        seen.add(doc.id)
        yield doc
