"""Achievements in lists: each with the text its row speaks of, read in one statement for the whole page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, true
from sqlalchemy.orm import aliased

from listings.achievements.content import Content, from_json
from listings.achievements.models import (
    DISCARDED,
    DRAFT,
    PUBLISHED,
    RETURNED,
    SUBMITTED,
    WITHDRAWN,
    Achievement,
    Revision,
)
from listings.achievements.policy import EDIT
from marketplace.core.context import Context

#: What the own list can be narrowed to, in the order of its tabs. An item with a public and a working text is in two.
TABS = (RETURNED, DRAFT, SUBMITTED, PUBLISHED, WITHDRAWN)
_OF_THE_WORKING_TEXT = frozenset({DRAFT, SUBMITTED, RETURNED})
_WORKING = aliased(Revision)


@dataclass(frozen=True)
class Row:
    """An achievement with the text to show of it. `working`: the state of its working text, empty without one."""

    achievement: Achievement
    content: Content
    working: str


def own_tab(ctx: Context, tab: str = "") -> Select[Achievement]:
    """The acting organisation's achievements in a tab (empty: all): returned ones first, then the last changed."""
    returned_first = case((_WORKING.state == RETURNED, 0), else_=1)
    return (
        _with_working(select(Achievement))
        .where(_own(ctx), _in_tab(tab))
        .order_by(returned_first, Achievement.updated_at.desc(), Achievement.id.desc())
    )


def tab_counts(ctx: Context) -> dict[str, int]:
    """How many there are in each tab, and under the empty name in all."""
    names = ("", *TABS)
    columns: list[Any] = [func.count(Achievement.id).filter(_in_tab(name)) for name in names]
    query: Any = select(*columns).select_from(Achievement)
    counted = ctx.session.execute(_with_working(query).where(_own(ctx))).one()
    return dict(zip(names, counted, strict=True))


def public_rows(ctx: Context, found: Sequence[Achievement]) -> list[Row]:
    """Each with its public text."""
    texts = _texts(ctx, [(row.id, row.published_n) for row in found])
    return [Row(row, from_json(texts[row.id].content), "") for row in found if row.id in texts]


def own_rows(ctx: Context, found: Sequence[Achievement]) -> list[Row]:
    """Each with its working text, or its public one."""
    texts = _texts(ctx, [(row.id, row.working_n or row.published_n) for row in found])
    return [_own_row(row, texts.get(row.id)) for row in found]


def _own_row(row: Achievement, text: Revision | None) -> Row:
    content = from_json(text.content) if text is not None else Content()
    return Row(row, content, text.state if text is not None and row.working_n == text.n else "")


def _texts(ctx: Context, wanted: Sequence[tuple[str, int | None]]) -> dict[str, Revision]:
    pairs = [(achievement, n) for achievement, n in wanted if n is not None]
    # One condition a pair, each answered from the index; SQLite would read the whole table for a list of pairs.
    each = [and_(Revision.achievement_id == achievement, Revision.n == n) for achievement, n in pairs]
    found = ctx.session.scalars(select(Revision).where(or_(*each))) if each else ()
    return {revision.achievement_id: revision for revision in found}


def _own(ctx: Context) -> ColumnElement[bool]:
    return and_(EDIT.clause(ctx.actor, Achievement), Achievement.state != DISCARDED)


def _with_working(query: Select[Any]) -> Select[Any]:
    return query.outerjoin(
        _WORKING, and_(_WORKING.achievement_id == Achievement.id, _WORKING.n == Achievement.working_n)
    )


def _in_tab(tab: str) -> ColumnElement[bool]:
    if not tab:
        return true()
    return _WORKING.state == tab if tab in _OF_THE_WORKING_TEXT else Achievement.state == tab
