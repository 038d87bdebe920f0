"""Search without an index: names, numbers and holders by SQL, until the worker has built one."""

from datetime import date

from markupsafe import Markup
from sqlalchemy import ColumnElement, and_, func, or_, select

from listings.achievements.models import Achievement
from listings.achievements.policy import FIND
from listings.classification import codes
from marketplace.accounts.models import Organisation
from marketplace.core.clock import start_of_day
from marketplace.core.context import Context
from marketplace.site.search.asked import Asked
from search_index.parsing import parse
from search_index.results import Results, ShownHit
from search_index.snippets import mark

MOST_WORDS = 8
#: Facets that the tables of achievements cannot answer: they are in the text only.
UNANSWERED = frozenset({"mode", "ip"})
_ORDERS = {
    "cheapest": (Achievement.price_fen.is_(None), Achievement.price_fen),
    "dearest": (Achievement.price_fen.is_(None), Achievement.price_fen.desc()),
}


def search_database(ctx: Context, asked: Asked) -> Results:
    """What the actor may find whose name, number or holder has every word. Filters on `UNANSWERED` are left out."""
    matching = and_(FIND.clause(ctx.actor, Achievement), *_words(asked.text), *_filters(asked))
    joined = select(Achievement).join(Organisation, Organisation.id == Achievement.holder_id).where(matching)
    order = _ORDERS.get(asked.sort, ())
    rows = (
        ctx.session.scalars(
            joined.order_by(*order, Achievement.published_at.desc(), Achievement.id)
            .limit(asked.per_page)
            .offset((asked.page - 1) * asked.per_page)
        )
        .unique()
        .all()
    )
    total = ctx.session.scalar(select(func.count()).select_from(joined.subquery())) or 0
    marks = parse(asked.text).marks
    hits = (ShownHit(row.id, "achievement", mark(row.title, marks), Markup(), False, 0.0) for row in rows)
    return Results(tuple(hits), total, total, partial=False, page=asked.page, per_page=asked.per_page)


def _words(text: str) -> list[ColumnElement[bool]]:
    words = text.replace("\x00", " ").replace('"', " ").split()[:MOST_WORDS]
    columns = (Achievement.title, Achievement.number, Organisation.name, Organisation.name_en)
    return [or_(*(column.icontains(word, autoescape=True) for column in columns)) for word in words]


def _filters(asked: Asked) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if fields := asked.chosen.get("field"):
        tree = codes("technology_fields")
        below = {code for field in fields if field in tree for code in tree.subtree(field)}
        found.append(Achievement.field.in_(sorted(below)))
    if levels := asked.chosen.get("trl"):
        found.append(Achievement.trl.in_([int(level) for level in levels]))
    if zones := asked.chosen.get("zone"):
        found.append(Achievement.zone_id.in_(zones))
    if years := asked.chosen.get("year"):
        found.append(or_(*(_in_year(int(year)) for year in years)))
    if asked.price_min is not None:
        found.append(Achievement.price_fen >= asked.price_min)
    if asked.price_max is not None:
        found.append(Achievement.price_fen <= asked.price_max)
    return found


def _in_year(year: int) -> ColumnElement[bool]:
    """Published in that year, by the calendar in Beijing."""
    within = min(max(year, date.min.year + 1), date.max.year - 1)
    first, next_first = start_of_day(date(within, 1, 1)), start_of_day(date(within + 1, 1, 1))
    return and_(Achievement.published_at >= first, Achievement.published_at < next_first)
