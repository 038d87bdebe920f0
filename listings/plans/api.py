"""JSON operations on plans: the same commands, permissions and errors as the pages. Decisions are pages' affair."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from listings.plans.content import PlanContent, from_json, to_json
from listings.plans.drafting import create_plan, replace_plan, save_plan
from listings.plans.models import Plan
from listings.plans.policy import CREATE, EDIT, READ, SUBMIT
from listings.plans.queries import plan_for, readable_plans
from listings.plans.services import submit_plan
from marketplace.core.errors import FieldError, Invalid
from marketplace.core.i18n import gettext as _
from marketplace.core.uow import once, unit_of_work
from marketplace.web.context import current, current_actor
from marketplace.web.forms import request_key
from marketplace.web.operations import Operations, expected_version
from marketplace.web.paging import Page, paged

api = Operations("plans")


@dataclass(frozen=True)
class PlanItem:
    """A plan in a list."""

    id: str
    number: str
    state: str
    achievement_id: str
    title: str
    holder_id: str
    zone_id: str
    price_fen: int | None
    submitted_at: datetime | None
    decided_at: datetime | None


@dataclass(frozen=True)
class PlanOut:
    """A plan. `version` is what `If-Match` must name; `digest` is that of the document the unit decides about."""

    id: str
    number: str
    state: str
    achievement_id: str
    holder_id: str
    zone_id: str
    version: int
    digest: str
    note: str
    decision_id: str | None
    rules_id: str | None
    replaces_id: str | None
    submitted_at: datetime | None
    decided_at: datetime | None
    content: PlanContent


@dataclass(frozen=True)
class NewPlan:
    """Exactly one of the two: a plan for an achievement, or one in place of a decided plan."""

    achievement_id: str | None = None
    replaces: str | None = None


@dataclass(frozen=True)
class PlanQuery:
    """What may be read, in every state or in one."""

    state: Literal["draft", "submitted", "decided", "rejected", "superseded", "withdrawn"] | None = None


@api.add("GET", "/plans", READ, "List plans", query=PlanQuery, returns=PlanItem, many=True)
def list_plans(query: PlanQuery) -> Page[PlanItem]:
    ctx = current()
    page = paged(ctx.session, readable_plans(ctx, query.state or ""))
    return Page([_item(plan) for plan in page.rows], page.number, page.per_page, page.total)


@api.add("GET", "/plans/<plan_id>", READ, "One plan", returns=PlanOut)
def get_plan(plan_id: str) -> PlanOut:
    return _out(plan_for(current(), plan_id))


@api.add("POST", "/plans", CREATE, "Start a plan", body=NewPlan, returns=PlanOut, status=201)
def post_plan(body: NewPlan) -> PlanOut:
    if (body.achievement_id is None) == (body.replaces is None):
        raise Invalid([FieldError("achievement_id", "one_of", _("成果和被取代的方案，填且只填一项"))])
    with unit_of_work(current_actor()) as ctx:

        def begin() -> str:
            if body.replaces is not None:
                return replace_plan(ctx, body.replaces).id
            return create_plan(ctx, body.achievement_id or "").id

        made = once(ctx, request_key(), "plan.create", begin)
        return _out(plan_for(ctx, made, EDIT))


@api.add("PUT", "/plans/<plan_id>", EDIT, "Replace a draft's text", body=PlanContent, returns=PlanOut)
def put_plan(plan_id: str, body: PlanContent) -> PlanOut:
    with unit_of_work(current_actor()) as ctx:
        return _out(save_plan(ctx, plan_id, to_json(body), version=expected_version()))


@api.add("POST", "/plans/<plan_id>/submit", SUBMIT, "Submit for decision", returns=PlanOut)
def post_plan_submission(plan_id: str) -> PlanOut:
    with unit_of_work(current_actor()) as ctx:
        return _out(submit_plan(ctx, plan_id, version=expected_version()))


def _item(plan: Plan) -> PlanItem:
    return PlanItem(
        id=plan.id,
        number=plan.number,
        state=plan.state,
        achievement_id=plan.achievement_id,
        title=plan.achievement.title,
        holder_id=plan.holder_id,
        zone_id=plan.zone_id,
        price_fen=from_json(plan.content).price_fen,
        submitted_at=plan.submitted_at,
        decided_at=plan.decided_at,
    )


def _out(plan: Plan) -> PlanOut:
    return PlanOut(
        id=plan.id,
        number=plan.number,
        state=plan.state,
        achievement_id=plan.achievement_id,
        holder_id=plan.holder_id,
        zone_id=plan.zone_id,
        version=plan.version,
        digest=plan.digest,
        note=plan.note,
        decision_id=plan.decision_id,
        rules_id=plan.rules_id,
        replaces_id=plan.replaces_id,
        submitted_at=plan.submitted_at,
        decided_at=plan.decided_at,
        content=from_json(plan.content),
    )
