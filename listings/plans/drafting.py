"""Drafting a plan: begin it from an achievement or from the plan it is to replace, save it, discard it."""

from dataclasses import fields

from listings.achievements.models import PUBLISHED, Achievement
from listings.achievements.reach import own_achievement
from listings.plans.content import PlanContent, arranged, from_json, to_json
from listings.plans.facts import first_content
from listings.plans.lifecycle import PLAN
from listings.plans.models import DECIDED, DRAFT, Plan
from listings.plans.policy import CREATE, EDIT
from listings.plans.reach import plan_for
from listings.plans.rules import shape_complaints
from marketplace.core.context import Context
from marketplace.core.db import JSONObject
from marketplace.core.errors import Conflict, Invalid
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.ids import new_id, next_number
from marketplace.core.journal import record
from marketplace.core.policy import require

FIELDS = frozenset(field.name for field in fields(PlanContent))


def create_plan(ctx: Context, achievement_id: str) -> Plan:
    """A draft for a published achievement of the acting unit, filled with what its text says.

    Raises NotFound or Forbidden, and Conflict for an achievement that is not public.
    """
    require(ctx, CREATE, None)
    achievement = own_achievement(ctx, achievement_id, CREATE)
    if achievement.state != PUBLISHED:
        raise Conflict(_l("成果公开之后才能起草转化方案"), code="not_published")
    return _begin(ctx, achievement, first_content(achievement))


def replace_plan(ctx: Context, plan_id: str) -> Plan:
    """A draft with the text of a decided plan, whose place it takes once it is decided itself."""
    require(ctx, CREATE, None)
    before = plan_for(ctx, plan_id, EDIT)
    if before.state != DECIDED:
        raise Conflict(_l("只有已决定的方案可以变更"), code="wrong_state")
    return _begin(ctx, before.achievement, from_json(before.content), replaces=before.id)


def save_plan(ctx: Context, plan_id: str, changes: JSONObject, *, version: int | None = None) -> Plan:
    """Put `changes` (content fields in JSON shape) into a draft.

    `version` is the save the editor began from. Raises Invalid for what may not be kept, and Conflict with the code
    `stale` when another save came between, `wrong_state` when the plan is no draft any more.
    """
    plan = plan_for(ctx, plan_id, EDIT)
    if plan.state != DRAFT:
        raise Conflict(_l("方案已提交或已决定，不能修改"), code="wrong_state")
    if version is not None and version != plan.version:
        raise Conflict(_l("这份草稿在你编辑期间被保存过，请核对差异后再保存"), code="stale")
    unknown = set(changes) - FIELDS
    if unknown:
        raise ValueError(f"no content fields: {sorted(unknown)}")
    content = arranged(from_json({**plan.content, **changes}))
    errors = list(shape_complaints(content))
    if errors:
        raise Invalid(errors)
    plan.content = to_json(content)
    plan.version += 1
    plan.saved_at, plan.saved_by = ctx.now, ctx.actor.person
    return plan


def discard_plan(ctx: Context, plan_id: str) -> None:
    """Throw a draft away; its number is not used again."""
    plan = plan_for(ctx, plan_id, EDIT)
    PLAN.move(ctx, plan, "discard")
    plan.ended_at = ctx.now


def _begin(
    ctx: Context, achievement: Achievement, content: PlanContent, *, replaces: str | None = None
) -> Plan:
    plan = Plan(
        id=new_id("pln", ctx.now),
        number=next_number(ctx, "FA"),
        achievement_id=achievement.id,
        holder_id=achievement.holder_id,
        zone_id=achievement.zone_id,
        content=to_json(content),
        version=1,
        created_by=ctx.actor.person,
        created_at=ctx.now,
        saved_by=ctx.actor.person,
        saved_at=ctx.now,
        replaces_id=replaces,
    )
    PLAN.begin(ctx, plan)
    ctx.session.add(plan)
    data: JSONObject = {"number": plan.number, "achievement": achievement.id, "holder": plan.holder_id}
    if replaces is not None:
        data["replaces"] = replaces
    record(ctx, "plan.drafted", plan.id, data)
    return plan
