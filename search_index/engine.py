"""What every engine does, and how it answers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol

from search_index.query import Query
from search_index.schema import IndexDoc, Schema

Capability = Literal["phrase", "facets", "sort", "realtime", "distributed"]


class EngineError(Exception):
    """The index cannot be used now."""


class IndexMissingError(EngineError):
    """There is no index of the present schema yet: rebuild it. Until then ask the database."""


class IndexLockedError(EngineError):
    """Another process is writing; nothing of this batch was written."""


@dataclass(frozen=True, slots=True, order=True)
class Generation:
    """A state of the index: the directory it lives in and the commit within it."""

    directory: str
    commit: int


@dataclass(frozen=True, slots=True)
class Hit:
    id: str
    score: float
    published: date | None
    completeness: int


@dataclass(frozen=True, slots=True)
class Count:
    value: str | int
    count: int


@dataclass(frozen=True, slots=True)
class Page:
    """The answer to one query.

    `facets`: counts per column, highest first, equal ones by value.
    `relaxed`: only when nothing was found under filters: how many there would be without the filters on
    that column.
    """

    total: int
    hits: tuple[Hit, ...] = ()
    facets: Mapping[str, tuple[Count, ...]] = field(default_factory=dict)
    relaxed: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stored:
    """What a hit shows."""

    kind: str
    title: str
    summary: str


@dataclass(frozen=True, slots=True)
class Stats:
    documents: int
    segments: int
    bytes: int
    generation: Generation


class SearchEngine(Protocol):
    """One index of documents. Reading is safe from any number of threads; writing from one process at a time.

    `upsert` and `delete` only collect; `commit` writes them, in order, durable and visible to new readers.
    A commit that fails forgets what was collected: the caller tells it again.
    """

    name: str
    capabilities: frozenset[Capability]
    schema: Schema

    def open(self, *, create: bool = False) -> bool:
        """Find the index; with `create` make an empty one if needed.

        Returns whether an empty one was made (then it must be filled by `rebuild`).
        Raises IndexMissingError without `create` if there is none of this schema.
        """

    def upsert(self, docs: Iterable[IndexDoc]) -> None: ...
    def delete(self, ids: Iterable[str]) -> None: ...

    def commit(self) -> Generation:
        """Raises IndexLockedError when another process keeps writing, IndexMissingError without an index."""

    def search(self, query: Query) -> Page: ...

    def fetch(self, ids: Sequence[str]) -> dict[str, Stored]:
        """What the documents show; unknown ids are left out. Does not check permission."""

    def generation(self) -> Generation:
        """The newest state on disk."""

    def reopen(self) -> bool:
        """Look now instead of within a second; returns whether there was something newer."""

    def stats(self) -> Stats: ...

    def rebuild(self, docs: Iterable[IndexDoc]) -> Generation:
        """Build a new index aside and switch to it at once. Raises ValueError if an id comes twice."""

    def close(self) -> None: ...
