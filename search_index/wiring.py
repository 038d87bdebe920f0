"""The index of a site: made from its settings, kept by the relay, rebuilt aside, compared with the database.

Pages only read. The one writer is the worker; it makes the index where there is none, and until then whoever asks
for it gets IndexMissingError and asks the database instead.
"""

import sqlite3
import weakref
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import Protocol

from flask import Flask, current_app

from marketplace.core.context import SYSTEM, Context
from marketplace.core.journal import Entry
from marketplace.core.registry import Consumer, Registry, Searchable
from marketplace.core.runtime import EXTENSION as RUNTIME
from marketplace.core.runtime import Runtime, runtime
from marketplace.core.uow import reading
from marketplace.settings import SettingsError
from search_index.engine import EngineError, IndexMissingError, SearchEngine, Stored
from search_index.query import Clauses, Query
from search_index.schema import Column, IndexDoc, Schema
from search_index.service import SearchService
from search_index.synonyms import read_synonyms, shipped_synonyms
from search_index.tantivy_engine import TantivyEngine
from search_index.terms import TermTable
from search_index.whoosh_engine import WhooshEngine

EXTENSION = "search"
PUBLIC = frozenset({"public"})
_SETTING = "MARKETPLACE_SEARCH_URL"
#: The worker waits that long for a rebuild started by hand, so that nothing it has to write is put aside meanwhile.
LOCK_SECONDS = 120.0
CHECKED_AT_ONCE = 500  # documents


class Engine(Protocol):
    """How an engine is made."""

    def __call__(self, root: Path, schema: Schema, *, lock_timeout: float) -> SearchEngine: ...


ENGINES: dict[str, Engine] = {"whoosh": WhooshEngine, "tantivy": TantivyEngine}


class SiteIndex:
    """The search service of a site, opened when first used.

    `url` names the engine, and its folder where that is not below `data`: `whoosh:`, `tantivy:/srv/index`.
    Raises SettingsError for an engine that is not there.
    """

    def __init__(self, data: Path, url: str, columns: Sequence[Column]) -> None:
        name, _, folder = url.partition(":")
        if name not in ENGINES:
            raise SettingsError(
                f"{_SETTING} has the value {url!r}: begin it with {' or '.join(ENGINES)} and a colon."
            )
        self._root = Path(folder) if folder else data / "index"
        self._own_synonyms = data / "synonyms.txt"  # replaces the shipped table
        self._lock = Lock()
        self._service: SearchService | None = None
        self._tidied = False
        try:
            self._engine = ENGINES[name](self._root, Schema(tuple(columns)), lock_timeout=LOCK_SECONDS)
        except EngineError as error:
            raise SettingsError(f"{_SETTING} has the value {url!r}: {error}.") from error

    def reader(self) -> SearchService:
        """The service, for questions. Raises IndexMissingError while there is nothing to ask."""
        with self._lock:
            if self._service is None:
                self._engine.open()  # before the table of words, which the writer alone makes
            try:
                return self._opened()
            except sqlite3.OperationalError as error:  # the writer fills the table of words anew
                raise IndexMissingError(f"the index in {self._root} is being rebuilt") from error

    def writer(self) -> SearchService:
        """The service, for the one process that keeps the index. What a killed writer left is cleared once."""
        with self._lock:
            if not self._tidied and self.exists():
                self._engine.open(create=True)
                self._tidied = True
            return self._opened()

    def exists(self) -> bool:
        """Is there an index of the present schema?"""
        try:
            self._engine.open()
        except IndexMissingError:
            return False
        return True

    def close(self) -> None:
        with self._lock:
            if self._service is not None:
                self._service.close()
                self._service = None

    def _opened(self) -> SearchService:
        if self._service is None:
            own = self._own_synonyms
            table = read_synonyms(own.read_text("utf-8")) if own.exists() else shipped_synonyms()
            self._service = SearchService(self._engine, TermTable(self._root / "terms.db", PUBLIC), table)
        return self._service


def install_search(app: Flask, registry: Registry, columns: Sequence[Column]) -> None:
    """Give the site its index and announce the consumer that keeps it, after what is to be found is announced.

    Nothing is opened yet; what will be is closed with the application.
    """
    running: Runtime = app.extensions[RUNTIME]
    site = SiteIndex(running.settings.data, running.settings.search_url, columns)
    app.extensions[EXTENSION] = site
    weakref.finalize(app, site.close)
    kinds = [kind for searchable in registry.searchables.values() for kind in searchable.kinds]
    registry.consumers.append(Consumer("search", _follow, tuple(dict.fromkeys(kinds))))


def search_service() -> SearchService:
    """The search service of the current application. Raises IndexMissingError while there is no index."""
    return _site().reader()


def ensure_index() -> bool:
    """See that there is an index of the present schema; True if it had to be made and filled from the database.

    It becomes the current one when it is full, so a writer killed meanwhile begins again.
    """
    if _site().exists():
        return False
    rebuild()
    return True


def rebuild() -> int:
    """Build the index anew aside and switch to it. Returns the number of documents."""
    service = _site().writer()
    service.rebuild(_everything(reading(SYSTEM)))
    return service.engine.stats().documents


class Fault(StrEnum):
    """How the index can disagree with the database."""

    MISSING = "missing"  # to be found, but not in the index
    EXTRA = "extra"  # in the index, though it must not be found
    STALE = "stale"  # shown with other words than it has now


@dataclass(frozen=True)
class Difference:
    """A thing about which index and database disagree."""

    id: str
    fault: Fault


def check() -> list[Difference]:
    """Compare the index with the database: what is in it, and what it shows. Raises IndexMissingError."""
    ctx, service = reading(SYSTEM), search_service()
    service.engine.reopen()
    left = {hit.id for hit in service.engine.search(Query(Clauses(), PUBLIC, limit=10_000_000)).hits}
    found: list[Difference] = []
    documents = _everything(ctx)
    while batch := list(islice(documents, CHECKED_AT_ONCE)):
        stored = service.engine.fetch([doc.id for doc in batch])
        for doc in batch:
            if doc.id not in stored:
                found.append(Difference(doc.id, Fault.MISSING))
            elif stored[doc.id] != Stored(doc.kind, doc.title, doc.summary):
                found.append(Difference(doc.id, Fault.STALE))
        left -= {doc.id for doc in batch}
    return found + [Difference(id_, Fault.EXTRA) for id_ in sorted(left)]


def visible(ctx: Context) -> Callable[[Sequence[str]], set[str]]:
    """Asks the database which of some documents the actor may find at this moment."""

    def ask(ids: Sequence[str]) -> set[str]:
        return set().union(*(searchable.visible(ctx, ids) for searchable in _searchables()))

    return ask


def _follow(ctx: Context, entries: Sequence[Entry]) -> None:
    """Index what the entries are about as it is now. Idempotent: the state counts, not the entry."""
    if ensure_index():
        return  # just filled from the database, which is as new as the entries
    documents: dict[str, IndexDoc] = {}
    gone: set[str] = set()
    for searchable in _searchables():
        for subject in dict.fromkeys(e.subject for e in entries if e.kind.startswith(searchable.kinds)):
            found = searchable.document(ctx, subject)
            if found is None:
                gone.add(subject)
            else:
                documents[subject] = found
    if documents or gone:
        _site().writer().apply(documents.values(), gone)


def _everything(ctx: Context) -> Iterator[IndexDoc]:
    """All documents, forgotten one by one; the last one ends the transaction they were read in."""
    for searchable in _searchables():
        for id_ in searchable.everything(ctx):
            found = searchable.document(ctx, id_)
            if found is not None:
                yield found
            ctx.session.expunge_all()
    ctx.session.rollback()


def _site() -> SiteIndex:
    found: SiteIndex = current_app.extensions[EXTENSION]
    return found


def _searchables() -> Sequence[Searchable]:
    return tuple(runtime().registry.searchables.values())
