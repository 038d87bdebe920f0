"""Finding: in the index, and while there is none, in the database."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from listings.achievements.models import Achievement
from marketplace.core.clock import local_date
from marketplace.core.context import Context
from marketplace.core.runtime import runtime
from marketplace.site.search.asked import FACETS, SORTS, Asked
from marketplace.site.search.fallback import search_database
from search_index.engine import IndexMissingError
from search_index.query import Facet, In
from search_index.results import Results, SearchRequest
from search_index.suggest import Suggestion
from search_index.wiring import search_service, visible

MOST_COUNTED = 200  # values of a facet
KIND = "kind"


@dataclass(frozen=True)
class Found:
    """`indexed` is false when the database answered: by names and numbers only, without counts."""

    results: Results
    indexed: bool


def kinds() -> tuple[str, ...]:
    """The types of things that can be found."""
    return tuple(runtime().registry.searchables)


def find(ctx: Context, asked: Asked) -> Found:
    """Answer a search with what the actor may find at this moment."""
    try:
        return Found(search_service().search(_request(ctx, asked), visible(ctx)), indexed=True)
    except IndexMissingError:
        return Found(search_database(ctx, asked), indexed=False)


def suggested(ctx: Context, typed: str, limit: int) -> list[Suggestion]:
    """What could be meant by the beginning of a word, its pinyin or its initials."""
    try:
        found = search_service().suggest(typed, limit)
    except IndexMissingError:
        return []
    seen = visible(ctx)([one.doc for one in found if one.doc])
    return [one for one in found if not one.doc or one.doc in seen]


def achievements(ctx: Context, ids: Sequence[str]) -> list[Achievement]:
    """The achievements in the order of their ids; what is gone meanwhile is left out."""
    rows = ctx.session.scalars(select(Achievement).where(Achievement.id.in_(ids))).unique()
    by_id = {row.id: row for row in rows}
    return [by_id[id_] for id_ in ids if id_ in by_id]


def _request(ctx: Context, asked: Asked) -> SearchRequest:
    of_kind = (In(KIND, (asked.kind,)),) if asked.kind else ()
    return SearchRequest(
        audiences=ctx.actor.tokens,
        text=asked.text,
        filters=(*asked.filters, *of_kind),
        facets=tuple(Facet(name, MOST_COUNTED) for name in (KIND, *FACETS)),
        sort=SORTS.get(asked.sort),
        page=asked.page,
        per_page=asked.per_page,
        synonyms_on=asked.synonyms_on,
        today=local_date(ctx.now),
    )
