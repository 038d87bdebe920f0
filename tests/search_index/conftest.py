from collections.abc import Iterator
from pathlib import Path

import pytest

from search_index.directory_engine import DirectoryEngine
from search_index.service import SearchService
from search_index.synonyms import shipped_synonyms
from search_index.tantivy_engine import TantivyEngine
from search_index.terms import TermTable
from search_index.whoosh_engine import WhooshEngine
from tests.search_index.corpus import PUBLIC, SCHEMA, docs

ENGINES = (WhooshEngine, TantivyEngine)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, DirectoryEngine]]:
    """Both engines over the whole corpus; only to be read."""
    engines = {}
    for kind in ENGINES:
        engine = kind(tmp_path_factory.mktemp(kind.name), SCHEMA)
        engine.rebuild(docs())
        engines[kind.name] = engine
    yield engines
    for engine in engines.values():
        engine.close()


@pytest.fixture(scope="session")
def market(
    filled: dict[str, DirectoryEngine], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SearchService]:
    """The service over the filled Whoosh index; only to be read."""
    terms = TermTable(tmp_path_factory.mktemp("terms") / "terms.sqlite3", PUBLIC)
    terms.apply(docs(), ())
    yield SearchService(filled["whoosh"], terms, shipped_synonyms())
    terms.close()


@pytest.fixture(params=ENGINES, ids=lambda kind: kind.name)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[DirectoryEngine]:
    """An empty engine of each kind that looks for something newer at every search."""
    made = request.param(tmp_path / "index", SCHEMA, look_every=0.0)
    made.open(create=True)
    yield made
    made.close()


@pytest.fixture
def service(tmp_path: Path) -> Iterator[SearchService]:
    """An empty service."""
    made = WhooshEngine(tmp_path / "index", SCHEMA, look_every=0.0)
    made.open(create=True)
    service = SearchService(made, TermTable(tmp_path / "terms.sqlite3", PUBLIC), shipped_synonyms())
    yield service
    service.close()
