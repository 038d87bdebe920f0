"""Announcements: what the packages above offer to the services below. Filled once by the roof, read afterwards."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, or_, true

from marketplace.core.context import Context
from marketplace.core.errors import Words
from marketplace.core.journal import Entry

Event = TypeVar("Event")


@dataclass(frozen=True)
class Consumer:
    """A reader of the journal with a cursor of its own: at least once, in order.

    `kinds` are prefixes of entry kinds (empty: all). A `transactional` consumer writes to the database only and is
    run in the same unit of work as its cursor; any other must be idempotent. A `slow` one does long work and is run
    beside the others.
    """

    name: str
    handle: Callable[[Context, Sequence[Entry]], None]
    kinds: tuple[str, ...] = ()
    batch: int = 500
    transactional: bool = False
    slow: bool = False

    def wants(self) -> ColumnElement[bool]:
        """Which entries it is handed."""
        return (
            or_(*(Entry.kind.startswith(kind, autoescape=True) for kind in self.kinds))
            if self.kinds
            else true()
        )


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


@dataclass(frozen=True)
class Letter:
    """A message to one person, kept for the person to read on the site and, with `mail`, sent by mail as well.

    `title` and `body` are written out once in each language, so they are lazy unless they are the same in both. `url`
    is a path on this site, without language. With `secret` the url lets its reader in: nothing of it is kept on the
    site. `address` is for somebody who has no account yet (`user_id` None), and then mail is all there is.
    """

    user_id: str | None
    title: Words
    body: Words
    url: str = ""
    mail: bool = True
    secret: bool = False
    address: str = ""


@dataclass(frozen=True)
class LetterBuilder:
    """Turns journal entries whose kind begins with one of `kinds` into letters: the same ones, whenever it is asked.

    `build` runs after the fact, possibly more than once, and only reads.
    """

    kinds: tuple[str, ...]
    build: Callable[[Context, Entry], Sequence[Letter]]


@dataclass(frozen=True)
class SampleLogIn:
    """A log-in that a demonstration offers on its log-in page."""

    email: str
    password: str
    part: Words


#: What the reader of a bundle gets besides the proof, by file name, made from the subject and the bundle's files.
Papers = Callable[[Context, str, Mapping[str, bytes]], Mapping[str, bytes]]
#: The address of the page about the paper that bears a code, or nothing.
PaperFinder = Callable[[Context, str], str | None]
#: (address, text) of places in a person's own menu.
MenuLinks = Callable[[Context], Sequence[tuple[str, str]]]
#: What a concept adds to a page about a subject: HTML of a rendered template, or nothing.
Panel = Callable[[Context, str], str]
#: The (code, name) pairs of a vocabulary in a language, `zh` or `en`.
Vocabulary = Callable[[str], Sequence[tuple[str, str]]]


@dataclass
class Registry:
    """Plain lists; the roof appends, everybody else iterates."""

    consumers: list[Consumer] = field(default_factory=list)
    searchables: dict[str, Searchable] = field(default_factory=dict)
    clocked: list[Any] = field(default_factory=list)
    work: list[Callable[[Context], Sequence[WorkItem]]] = field(default_factory=list)
    review_subjects: dict[str, Any] = field(default_factory=dict)
    notice_sources: dict[str, Any] = field(default_factory=dict)
    operations: list[Any] = field(default_factory=list)
    letters: list[LetterBuilder] = field(default_factory=list)
    menu: list[MenuLinks] = field(default_factory=list)
    panels: defaultdict[str, list[Panel]] = field(default_factory=lambda: defaultdict(list))
    vocabularies: dict[str, Vocabulary] = field(default_factory=dict)
    papers: dict[str, Papers] = field(default_factory=dict)
    paper_finders: list[PaperFinder] = field(default_factory=list)
    sample_log_ins: list[SampleLogIn] = field(default_factory=list)
    followers: dict[type, list[Callable[[Context, Any], None]]] = field(default_factory=dict)

    def on(self, event: type[Event], follow: Callable[[Context, Event], None]) -> None:
        """Let `follow` be called for every such event, in the transaction in which it happens."""
        self.followers.setdefault(event, []).append(follow)
