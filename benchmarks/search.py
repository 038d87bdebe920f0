"""Search: CPU of a query with Whoosh and tantivy against SQLite FTS5 over the very same tokens, at two sizes.

Whoosh ÷ FTS5 should stay within 10 at 10,000 documents; a facetted query within 15 ms of CPU there. Queries are asked
again and again, as words are on a market, and also with nothing remembered: of an engine opened just before.
"""

import random
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

from benchmarks.corpus import Paper, papers
from benchmarks.ratios import Ratio, compare, cpu_ms, keep
from search_index.parsing import Parsed, parse
from search_index.query import Between, Clauses, Facet, Query
from search_index.schema import Column, IndexDoc, Kind, Schema, document
from search_index.tantivy_engine import TantivyEngine
from search_index.whoosh_engine import WhooshEngine

COLUMNS = (Column("discipline"), Column("trl", Kind.INTEGER), Column("price", Kind.INTEGER))
PUBLIC = frozenset({"public"})
QUERIES = 30
FILTERS = (Between("trl", 4, 9), Between("price", 10_000_000, 500_000_000))


def made(paper: Paper) -> IndexDoc:
    return document(
        id=paper.id,
        kind="achievement",
        title=paper.title,
        body=paper.abstract,
        keywords=paper.keywords,
        audiences=PUBLIC,
        published=date.fromordinal(paper.date),
        columns={"discipline": paper.discipline, "trl": paper.trl, "price": paper.price},
    )


class Fts5:
    """The baseline: SQLite's own full-text search on the same tokens, weights by repetition."""

    def __init__(self, path: Path, documents: list[IndexDoc]) -> None:
        self.db = sqlite3.connect(path)
        self.db.executescript(
            "CREATE TABLE docs(rowid INTEGER PRIMARY KEY, id, discipline, trl INT, price INT, date INT);"
            "CREATE VIRTUAL TABLE words USING fts5(text, content='', tokenize=\"unicode61 tokenchars '-_./+#'\");"
        )
        for number, doc in enumerate(documents):
            row = (number, doc.id, doc.columns["discipline"], doc.columns["trl"], doc.columns["price"], 0)
            self.db.execute("INSERT INTO docs VALUES (?,?,?,?,?,?)", row)
            text = " ".join(token for section in doc.sections for token in section)
            self.db.execute("INSERT INTO words(rowid, text) VALUES (?,?)", (number, text))
        self.db.commit()

    def plain(self, tokens: list[str]) -> list[object]:
        match = " AND ".join(f'"{token}"' for token in tokens)
        return self.db.execute(
            "SELECT docs.id FROM words JOIN docs ON docs.rowid = words.rowid WHERE words MATCH ? ORDER BY bm25(words) LIMIT 10",
            (match,),
        ).fetchall()

    def facetted(self, tokens: list[str]) -> list[object]:
        match = " AND ".join(f'"{token}"' for token in tokens)
        where = "FROM words JOIN docs ON docs.rowid = words.rowid WHERE words MATCH ? AND trl BETWEEN 4 AND 9 AND price BETWEEN 10000000 AND 500000000"
        hits = self.db.execute(f"SELECT docs.id {where} ORDER BY bm25(words) LIMIT 10", (match,)).fetchall()
        counts: Counter[object] = Counter()
        for discipline, trl in self.db.execute(f"SELECT discipline, trl {where}", (match,)):
            counts[discipline] += 1
            counts[trl] += 1
        return hits


def queries(source: list[Paper]) -> list[str]:
    """Keywords of documents in the corpus, one and two at a time."""
    chance = random.Random(5)
    named = [paper for paper in source if len(paper.keywords) >= 2]
    chosen = chance.sample(named, QUERIES)
    return [" ".join(chance.sample(paper.keywords, 1 + number % 2)) for number, paper in enumerate(chosen)]


Engine = WhooshEngine | TantivyEngine
Asking = Callable[[Engine], None]


def asking(parsed: list[Parsed], filters: tuple[Between, ...] = (), facets: tuple[Facet, ...] = ()) -> Asking:
    """Asks an engine all of the queries."""

    def act(engine: Engine) -> None:
        for one in parsed:
            engine.search(Query(one.clauses, PUBLIC, filters, facets))

    return act


def run(size: int) -> list[Ratio]:
    source = papers(size)
    documents = [made(paper) for paper in source]
    parsed = [parse(text, None) for text in queries(source)]
    results: list[Ratio] = []
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        baseline = Fts5(root / "fts.db", documents)
        for kind in (WhooshEngine, TantivyEngine):
            engine = kind(root / kind.name, Schema(COLUMNS))
            engine.open(create=True)
            spent = cpu_ms(lambda engine=engine: engine.rebuild(documents))
            print(f"{kind.name} builds {size} documents in {spent / 1000:.1f} CPU s")
            results += _cells(engine, baseline, parsed, size)
            engine.close()
            results.append(_first_time(kind, root / kind.name, baseline, parsed, size))
    return results


def _cells(engine: Engine, baseline: Fts5, parsed: list[Parsed], size: int) -> list[Ratio]:
    name, target = f"{engine.name} {size}: {len(parsed)}", _target(engine.name, size)
    ask = asking(parsed)
    plain = compare(f"{name} queries / FTS5", lambda: ask(engine), _theirs(baseline.plain, parsed), target)
    ask_all = asking(parsed, FILTERS, (Facet("discipline"), Facet("trl")))
    full = compare(
        f"{name} filtered, facetted / FTS5",
        lambda: ask_all(engine),
        _theirs(baseline.facetted, parsed),
        target,
    )
    per_query = full.cell_ms / len(parsed)
    print(f"{engine.name} {size}: {per_query:.2f} CPU ms a facetted query (target <= 15 at 10k)")
    return [plain, full]


def _first_time(kind: type[Engine], root: Path, baseline: Fts5, parsed: list[Parsed], size: int) -> Ratio:
    """The plain queries asked of an engine that was just opened."""
    opened: list[Engine] = []
    ask = asking(parsed)

    def open_anew() -> None:
        while opened:
            opened.pop().close()
        opened.append(kind(root, Schema(COLUMNS)))
        opened[0].search(Query(Clauses(), PUBLIC, limit=0))

    try:
        return compare(
            f"{kind.name} {size}: {len(parsed)} queries, just opened / FTS5",
            lambda: ask(opened[0]),
            _theirs(baseline.plain, parsed),
            _target(kind.name, size),
            before=open_anew,
        )
    finally:
        opened[0].close()


def _target(name: str, size: int) -> str:
    return ">= 0.10" if name == "whoosh" and size <= 10_000 else "-"


def _theirs(ask: Callable[[list[str]], object], parsed: list[Parsed]) -> Callable[[], None]:
    words = [[token for group in one.clauses.groups for token in group[0].tokens] for one in parsed]

    def act() -> None:
        for some in words:
            ask(some)

    return act


if __name__ == "__main__":
    sizes = [int(text) for text in sys.argv[1:]] or [10_000, 50_000]
    keep("search", [result for size in sizes for result in run(size)])
