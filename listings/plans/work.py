"""What waits for a unit's people: plans to be decided, plans to be changed, rules to be published; and their menu."""

from collections.abc import Iterator, Sequence

from flask import url_for
from sqlalchemy import select

from listings.plans.models import DRAFT, SUBMITTED, Plan
from listings.plans.policy import CREATE, DECIDE, EDIT
from listings.unit_rules.policy import EDIT as EDIT_RULES
from listings.unit_rules.queries import rules_in_force
from marketplace.core.context import Context
from marketplace.core.i18n import gettext as _
from marketplace.core.registry import WorkItem

MOST = 50


def work_items(ctx: Context) -> Sequence[WorkItem]:
    """There are no deadlines: a unit decides when it decides."""
    if not EDIT.possible(ctx.actor):
        return []
    return [*_rules_missing(ctx), *_to_decide(ctx), *_returned(ctx)]


def menu_links(ctx: Context) -> Sequence[tuple[str, str]]:
    """The own list, for those who may have one."""
    return [(url_for("plan_list.own_list"), _("转化方案"))] if CREATE.possible(ctx.actor) else []


def _rules_missing(ctx: Context) -> Iterator[WorkItem]:
    """Asked for once there is a plan: without rules in force nobody can decide about it."""
    if not EDIT_RULES.possible(ctx.actor) or rules_in_force(ctx, str(ctx.actor.org_id)) is not None:
        return
    open_plan = select(Plan.id).where(EDIT.clause(ctx.actor, Plan), Plan.state.in_((DRAFT, SUBMITTED)))
    if ctx.session.scalar(open_plan.limit(1)) is not None:
        subject = _("没有现行制度，转化方案不能决定")
        yield WorkItem(_("发布单位制度"), subject, url_for("unit_rules.own"), tone="warn")


def _to_decide(ctx: Context) -> Iterator[WorkItem]:
    """Submitted plans, for whoever may record the decision; never one's own submissions."""
    query = select(Plan).where(
        DECIDE.clause(ctx.actor, Plan), Plan.state == SUBMITTED, Plan.submitted_by != ctx.actor.user_id
    )
    for plan in ctx.session.scalars(query.order_by(Plan.submitted_at, Plan.id).limit(MOST)):
        yield WorkItem(_("登记转化方案的集体决策"), _subject(plan), url_for("plans.page", plan_id=plan.id))


def _returned(ctx: Context) -> Iterator[WorkItem]:
    query = select(Plan).where(EDIT.clause(ctx.actor, Plan), Plan.state == DRAFT, Plan.note != "")
    for plan in ctx.session.scalars(query.order_by(Plan.saved_at.desc(), Plan.id).limit(MOST)):
        url = url_for("plans.page", plan_id=plan.id)
        yield WorkItem(_("修改并重新提交转化方案"), _subject(plan), url, tone="warn")


def _subject(plan: Plan) -> str:
    return f"{plan.achievement.title} · {plan.number}"
