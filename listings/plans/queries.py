"""Questions about plans. Every list is filtered by the permission to read."""

from sqlalchemy import Select, func, select

from listings.plans.models import DECIDED, DISCARDED, DRAFT, REJECTED, SUBMITTED, SUPERSEDED, WITHDRAWN, Plan
from listings.plans.policy import EDIT, READ
from listings.plans.reach import plan_for
from marketplace.core.context import Context

__all__ = ["TABS", "decided_plans", "own_plans", "plan_for", "plans_about", "readable_plans", "tab_counts"]

#: What the own list can be narrowed to, in the order of its tabs.
TABS = (DRAFT, SUBMITTED, DECIDED, REJECTED, SUPERSEDED, WITHDRAWN)


def decided_plans(ctx: Context) -> Select[Plan]:
    """Decided plans that the actor may read, the last decided first."""
    return (
        select(Plan)
        .where(READ.clause(ctx.actor, Plan), Plan.state == DECIDED)
        .order_by(Plan.decided_at.desc(), Plan.id.desc())
    )


def readable_plans(ctx: Context, state: str = "") -> Select[Plan]:
    """Plans that the actor may read, the last changed first."""
    query = (
        select(Plan)
        .where(READ.clause(ctx.actor, Plan), Plan.state != DISCARDED)
        .order_by(Plan.saved_at.desc(), Plan.id.desc())
    )
    return query.where(Plan.state == state) if state else query


def own_plans(ctx: Context, tab: str = "") -> Select[Plan]:
    """The acting unit's plans in a tab (empty: all), the last changed first."""
    query = (
        select(Plan)
        .where(EDIT.clause(ctx.actor, Plan), Plan.state != DISCARDED)
        .order_by(Plan.saved_at.desc(), Plan.id.desc())
    )
    return query.where(Plan.state == tab) if tab else query


def tab_counts(ctx: Context) -> dict[str, int]:
    """How many there are in each tab, and under the empty name in all."""
    counted = dict.fromkeys(("", *TABS), 0)
    query = (
        select(Plan.state, func.count())
        .where(EDIT.clause(ctx.actor, Plan), Plan.state != DISCARDED)
        .group_by(Plan.state)
    )
    for state, number in ctx.session.execute(query):
        counted[state] = number
        counted[""] += number
    return counted


def plans_about(ctx: Context, achievement_id: str) -> list[Plan]:
    """Plans for one achievement that the actor may read, newest first."""
    query = select(Plan).where(
        READ.clause(ctx.actor, Plan), Plan.achievement_id == achievement_id, Plan.state != DISCARDED
    )
    return list(ctx.session.scalars(query.order_by(Plan.id.desc())))
