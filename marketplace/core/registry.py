"""Announcements: what the packages above offer to the services below. Filled once by the roof, read afterwards."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from marketplace.core.context import Context
from marketplace.core.journal import Entry


@dataclass(frozen=True)
class Consumer:
    """A reader of the journal with a cursor of its own: at least once, in order.

    `kinds` are prefixes of entry kinds (empty: all). A `transactional` consumer writes to the database only and is
    run in the same unit of work as its cursor; any other must be idempotent.
    """

    name: str
    handle: Callable[[Context, Sequence[Entry]], None]
    kinds: tuple[str, ...] = ()
    batch: int = 500
    transactional: bool = False

    def wants(self, entry: Entry) -> bool:
        return not self.kinds or entry.kind.startswith(self.kinds)


@dataclass(frozen=True)
class Searchable:
    """One type of thing in the search index.

    `document` gives the index document of an id, or None when it must not be found; `visible` checks rights again
    for the ids about to be shown; `everything` yields all ids, for a rebuild; `kinds` are the journal prefixes whose
    subjects must be indexed anew.
    """

    kind: str
    document: Callable[[Context, str], Any | None]
    visible: Callable[[Context, Sequence[str]], set[str]]
    everything: Callable[[Context], Sequence[str]]
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class WorkItem:
    """A task for the actor's workbench: what to do, about what, until when, by which rule."""

    title: str
    subject: str
    url: str
    due: Any | None = None
    basis: str = ""
    tone: str = ""


@dataclass
class Registry:
    """Plain lists; the roof appends, everybody else iterates."""

    consumers: list[Consumer] = field(default_factory=list)
    searchables: dict[str, Searchable] = field(default_factory=dict)
    clocked: list[Any] = field(default_factory=list)
    work: list[Callable[[Context], Sequence[WorkItem]]] = field(default_factory=list)
    review_subjects: dict[str, Any] = field(default_factory=dict)
    operations: list[Any] = field(default_factory=list)
