"""Search for programs: the same search as the page, with the same rights."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from flask import Response, after_this_request
from pydantic import Field

from listings.achievements.api import AchievementItem, item_of
from marketplace.core.errors import FieldError, Invalid
from marketplace.core.i18n import gettext as _
from marketplace.core.money import MAX_FEN
from marketplace.core.policy import OPEN
from marketplace.site.search.asked import FACETS, LONGEST_TEXT, Asked, chosen
from marketplace.site.search.queries import achievements, find, kinds
from marketplace.web.context import current
from marketplace.web.operations import Operations
from marketplace.web.paging import Page, asked, link_header

api = Operations("search")

Fen = Annotated[int, Field(ge=0, le=MAX_FEN)]


@dataclass(frozen=True)
class SearchQuery:
    """What to find. Facets may be repeated and are codes as in the answer; prices in fen."""

    q: str = ""
    type: str = ""
    field: tuple[str, ...] = ()
    trl: tuple[str, ...] = ()
    mode: tuple[str, ...] = ()
    ip: tuple[str, ...] = ()
    zone: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    price_min_fen: Fen | None = None
    price_max_fen: Fen | None = None
    sort: Literal["", "newest", "cheapest", "dearest"] = ""
    synonyms: bool = True
    page: int = 1
    per_page: int = 20


@dataclass(frozen=True)
class FoundOut:
    """A hit: the thing, its score, whether some of the words are missing in it, and where they are found."""

    item: AchievementItem
    score: float
    partial: bool
    snippet: str


@dataclass(frozen=True)
class SearchOut:
    """A page of hits with counts: facet → value → number.

    `exact_total` counts the hits with all words. `corrected` is the text whose hits these are, because the one asked
    finds nothing; `did_you_mean` another one that finds something. `indexed` is false while the index is being built:
    then names, numbers and holders are searched only, and nothing is counted.
    """

    total: int
    exact_total: int
    page: int
    per_page: int
    items: tuple[FoundOut, ...]
    facets: Mapping[str, Mapping[str, int]]
    synonyms: tuple[str, ...]
    did_you_mean: str | None
    corrected: str | None
    indexed: bool


@api.add("GET", "/search", OPEN, "Search the market", query=SearchQuery, returns=SearchOut)
def search_market(query: SearchQuery) -> SearchOut:
    ctx, wanted = current(), _asked(query)
    found = find(ctx, wanted)
    results = found.results
    rows = {row.id: row for row in achievements(ctx, [hit.id for hit in results.hits])}
    _with_links(Page(results.hits, results.page, results.per_page, results.total))
    return SearchOut(
        total=results.total,
        exact_total=results.exact_total,
        page=results.page,
        per_page=results.per_page,
        items=tuple(
            FoundOut(item_of(rows[hit.id]), round(hit.score, 4), hit.partial, hit.snippet.striptags())
            for hit in results.hits
            if hit.id in rows
        ),
        facets={name: {str(one.value): one.count for one in found} for name, found in results.facets.items()},
        synonyms=tuple(word for synonym in results.synonyms for word in synonym.also),
        did_you_mean=results.did_you_mean,
        corrected=results.corrected,
        indexed=found.indexed,
    )


def _asked(query: SearchQuery) -> Asked:
    if query.type and query.type not in kinds():
        raise Invalid([FieldError("type", "unknown", _("不是允许的取值"))])
    page, per_page = asked()  # brought into range as in every list
    return Asked(
        text=query.q.strip()[:LONGEST_TEXT],
        kind=query.type,
        chosen=chosen({name: getattr(query, name) for name in FACETS}),
        price_min=query.price_min_fen,
        price_max=query.price_max_fen,
        sort=query.sort,
        synonyms_on=query.synonyms,
        page=page,
        per_page=per_page,
    )


def _with_links(page: Page[object]) -> None:
    def add(response: Response) -> Response:
        response.headers["Link"] = link_header(page)
        return response

    after_this_request(add)
