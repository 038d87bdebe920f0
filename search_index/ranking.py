"""From a parsed query to an ordered list of hits: all words first, filled up with some of the words."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from math import exp

from search_index.engine import Hit, Page, SearchEngine
from search_index.parsing import Parsed
from search_index.query import Query
from search_index.results import SearchRequest

ENOUGH = 10
"""With fewer hits for all words, hits for some of them follow."""

RERANKED = 200
"""The first hits, among which freshness and completeness count a little."""

_FRESH, _FRESH_YEARS, _COMPLETE = 0.15, 2.0, 0.05
_DAYS_A_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Ranked:
    """`hits` in order, from the very first, as far as asked; `exact` counts those with all words."""

    hits: tuple[Hit, ...]
    exact: int
    page: Page

    @property
    def partial(self) -> bool:
        return self.page.total > self.exact


def ranked(engine: SearchEngine, request: SearchRequest, parsed: Parsed) -> Ranked:
    """The hits of a request up to the end of its page (at least RERANKED of them by relevance)."""
    wanted = request.first + request.per_page
    query = Query(
        clauses=parsed.clauses,
        audiences=request.audiences,
        filters=request.filters,
        facets=request.facets,
        sort=request.sort,
        limit=wanted if request.sort else max(wanted, RERANKED),
    )
    exact = engine.search(query)
    first = exact.hits if query.order else rerank(exact.hits, request.today)
    if exact.total >= ENOUGH or parsed.clauses.empty:
        return Ranked(first, exact.total, exact)
    loose = engine.search(replace(query, any_word=True, sort=None, limit=max(wanted, RERANKED) + exact.total))
    if loose.total <= exact.total:
        return Ranked(first, exact.total, exact)
    found = {hit.id for hit in first}
    rest = [hit for hit in loose.hits if hit.id not in found]
    return Ranked((*first, *rerank(rest, request.today)), exact.total, loose)


def count(engine: SearchEngine, request: SearchRequest, parsed: Parsed) -> int:
    """How many documents have all words of the query."""
    return engine.search(Query(parsed.clauses, request.audiences, request.filters, limit=0)).total


def rerank(hits: Iterable[Hit], today: date | None) -> tuple[Hit, ...]:
    """The first RERANKED by score × (1 + 0.15 e^(−age / 2 years) + 0.05 completeness), the others after them."""
    listed = [Hit(hit.id, hit.score * _gain(hit, today), hit.published, hit.completeness) for hit in hits]
    top = sorted(listed[:RERANKED], key=lambda hit: -hit.score)
    return (*top, *listed[RERANKED:])


def _gain(hit: Hit, today: date | None) -> float:
    gain = 1.0 + _COMPLETE * hit.completeness / 100
    if today is not None and hit.published is not None:
        years = max(0, (today - hit.published).days) / _DAYS_A_YEAR
        gain += _FRESH * exp(-years / _FRESH_YEARS)
    return gain
