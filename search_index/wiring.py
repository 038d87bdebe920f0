"""The index of a site: made from its settings, kept by the relay, rebuilt aside, compared with the database."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from flask import Flask, current_app

from marketplace.core.context import SYSTEM, Context
from marketplace.core.journal import Entry
from marketplace.core.registry import Consumer, Registry, Searchable
from marketplace.core.runtime import EXTENSION as RUNTIME
from marketplace.core.runtime import Runtime, runtime
from marketplace.core.uow import reading
from search_index.engine import SearchEngine
from search_index.query import Clauses, Query
from search_index.schema import Column, IndexDoc, Schema
from search_index.service import SearchService
from search_index.synonyms import SynonymTable, read_synonyms, shipped_synonyms
from search_index.tantivy_engine import TantivyEngine
from search_index.terms import TermTable
from search_index.whoosh_engine import WhooshEngine

log = logging.getLogger(__name__)

EXTENSION = "search"
PUBLIC = frozenset({"public"})
ENGINES: dict[str, type[WhooshEngine] | type[TantivyEngine]] = {
    "whoosh": WhooshEngine,
    "tantivy": TantivyEngine,
}
OWN_SYNONYMS = "synonyms.txt"  # in the data folder; replaces the shipped table


class UnknownEngineError(ValueError):
    """The setting names an engine that is not there."""


class SiteIndex:
    """The search service of a site, opened when first used."""

    def __init__(self, data: Path, engine: str, columns: Sequence[Column]) -> None:
        if engine not in ENGINES:
            raise UnknownEngineError(f"search engine {engine!r} is unknown: choose {' or '.join(ENGINES)}")
        self._data, self._engine, self._columns = data, engine, tuple(columns)
        self._lock = Lock()
        self._service: SearchService | None = None

    @property
    def service(self) -> SearchService:
        with self._lock:
            if self._service is None:
                root = self._data / "index"
                engine: SearchEngine = ENGINES[self._engine](root, Schema(self._columns))
                terms = TermTable(root / "terms.db", PUBLIC)
                self._service = SearchService(engine, terms, _synonyms(self._data))
            return self._service

    def close(self) -> None:
        with self._lock:
            if self._service is not None:
                self._service.close()
                self._service = None


def install_search(app: Flask, registry: Registry, columns: Sequence[Column]) -> None:
    """Give the site its index and announce the consumer that keeps it. Nothing is opened yet."""
    running: Runtime = app.extensions[RUNTIME]
    app.extensions[EXTENSION] = SiteIndex(running.settings.data, running.settings.search_engine, columns)
    registry.consumers.append(Consumer("search", _follow))


def search_service() -> SearchService:
    """The search service of the current application."""
    site: SiteIndex = current_app.extensions[EXTENSION]
    return site.service


def ensure_index() -> bool:
    """Make the index ready for the one writer: create and fill it when there is none of this schema. True if filled."""
    if search_service().engine.open(create=True):
        rebuild()
        return True
    return False


def rebuild() -> int:
    """Build the index anew aside and switch to it. Returns the number of documents."""
    ctx = reading(SYSTEM)
    search_service().rebuild(_everything(ctx))
    ctx.session.rollback()
    return search_service().engine.stats().docs


@dataclass(frozen=True)
class Difference:
    """An id that is in the index or in the database, but not in both."""

    id: str
    missing: bool  # True: not in the index; False: should not be there


def check() -> list[Difference]:
    """Compare the ids in the index with the database."""
    ctx = reading(SYSTEM)
    service = search_service()
    expected = {id_ for searchable in _searchables() for id_ in searchable.everything(ctx)}
    found = service.engine.search(Query(Clauses(), PUBLIC, limit=10_000_000)).hits
    indexed = {hit.id for hit in found}
    absent = [Difference(id_, missing=True) for id_ in sorted(expected - indexed)]
    return absent + [Difference(id_, missing=False) for id_ in sorted(indexed - expected)]


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
        search_service().apply(documents.values(), gone)


def _everything(ctx: Context) -> Iterator[IndexDoc]:
    for searchable in _searchables():
        for id_ in searchable.everything(ctx):
            found = searchable.document(ctx, id_)
            if found is not None:
                yield found
            ctx.session.expire_all()


def _searchables() -> Sequence[Searchable]:
    return tuple(runtime().registry.searchables.values())


def _synonyms(data: Path) -> SynonymTable:
    own = data / OWN_SYNONYMS
    return read_synonyms(own.read_text("utf-8")) if own.exists() else shipped_synonyms()
