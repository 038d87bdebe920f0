"""Achievements in lists: each with the text its row speaks of, read in one statement for the whole page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, case, cast, func, select, true
from sqlalchemy.orm import aliased, contains_eager, joinedload

from listings.achievements.content import Content, from_json, from_json_text
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
from marketplace.accounts.models import VERIFIED, Organisation
from marketplace.core.context import Context

#: What the own list can be narrowed to, in the order of its tabs. An item with a public and a working text is in two.
TABS = (RETURNED, DRAFT, SUBMITTED, PUBLISHED, WITHDRAWN)
_OF_THE_WORKING_TEXT = frozenset({DRAFT, SUBMITTED, RETURNED})
_WORKING = aliased(Revision)
_SHOWN = (
    Achievement.id,
    Achievement.number,
    Achievement.published_at,
    Organisation.name,
    Organisation.name_en,
    Organisation.state,
    cast(Revision.content, Text),
)


@dataclass(frozen=True, slots=True)
class PublicRow:
    """What a list shows of a public achievement: its text, and names and standing of its holder."""

    id: str
    number: str
    published_at: datetime | None
    holder: str
    holder_en: str
    verified: bool
    content: Content


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
        .options(
            contains_eager(Achievement.working_text.of_type(_WORKING)), joinedload(Achievement.public_text)
        )
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


def public_rows(ctx: Context, query: Select[Achievement]) -> list[PublicRow]:
    """What a list shows of the public ones among the achievements of `query`, in its order.

    Columns instead of entities: these are the most read pages, and a row needs seven columns of three tables.
    """
    shown = query.join(Achievement.holder).join(Achievement.public_text).with_only_columns(*_SHOWN)
    return [
        PublicRow(id_, number, at, name, name_en, state == VERIFIED, from_json_text(text))
        for id_, number, at, name, name_en, state, text in ctx.session.execute(shown)
    ]


def own_rows(found: Sequence[Achievement]) -> list[Row]:
    """Each with its working text, or its public one."""
    return [_own_row(row, row.working_text, row.public_text) for row in found]


def _own_row(row: Achievement, working: Revision | None, public: Revision | None) -> Row:
    text = working or public
    return Row(row, from_json(text.content) if text else Content(), working.state if working else "")


def _own(ctx: Context) -> ColumnElement[bool]:
    return and_(EDIT.clause(ctx.actor, Achievement), Achievement.state != DISCARDED)


def _with_working(query: Select[Any]) -> Select[Any]:
    return query.outerjoin(Achievement.working_text.of_type(_WORKING))


def _in_tab(tab: str) -> ColumnElement[bool]:
    if not tab:
        return true()
    return _WORKING.state == tab if tab in _OF_THE_WORKING_TEXT else Achievement.state == tab
