"""Commands that move a plan: submit, recall, return, decide, withdraw."""

from listings.achievements.models import PUBLISHED
from listings.decisions.record import APPROVED, DecisionRecord
from listings.decisions.services import record_decision
from listings.documents import digest_of, keep_document
from listings.plans.content import from_json
from listings.plans.events import PlanEnded
from listings.plans.facts import facts_about
from listings.plans.lifecycle import PLAN
from listings.plans.models import DECIDED, SUBMITTED, Plan
from listings.plans.policy import DECIDE, RETURN, SUBMIT, WITHDRAW
from listings.plans.reach import plan_for
from listings.plans.related import bodies_for, route_complaints
from listings.plans.rules import submission_complaints
from listings.remarks import checked_note
from listings.unit_rules.content import from_json as rules_from_json
from listings.unit_rules.models import UnitRules
from listings.unit_rules.queries import rules_in_force, rules_to_decide_by
from marketplace.core.context import Context
from marketplace.core.db import JSONObject
from marketplace.core.errors import Conflict, FieldError, Invalid
from marketplace.core.events import happened
from marketplace.core.i18n import lazy_gettext as _l

KIND = "plan"


def document_of(plan: Plan) -> JSONObject:
    """What the unit decides about, as it is hashed and kept: the text, and which plan for which achievement it is."""
    return {
        "kind": KIND,
        "plan": plan.id,
        "number": plan.number,
        "achievement": plan.achievement_id,
        "holder": plan.holder_id,
        "content": plan.content,
    }


def submit_plan(ctx: Context, plan_id: str, *, version: int | None = None) -> Plan:
    """Put a draft before the unit. `version` is the save that was looked at. Raises Invalid or Conflict."""
    plan = plan_for(ctx, plan_id, SUBMIT)
    if version is not None and version != plan.version and plan.state != SUBMITTED:
        raise Conflict(_l("你核对之后草稿又被保存过，请重新核对"), code="stale")
    _check_still_public(plan)
    content = from_json(plan.content)
    errors = list(submission_complaints(content, facts_about(ctx, plan.achievement)))
    rules = rules_in_force(ctx, plan.holder_id)
    if rules is not None:
        errors += route_complaints(content, rules_from_json(rules.content))
    if errors:
        raise Invalid(errors)
    digest = digest_of(document_of(plan))
    data: JSONObject = {"version": plan.version, "content": digest, "price_fen": content.price_fen}
    PLAN.move(ctx, plan, "submit", data)
    plan.digest, plan.note = digest, ""
    plan.submitted_at, plan.submitted_by = ctx.now, ctx.actor.person
    return plan


def recall_plan(ctx: Context, plan_id: str) -> Plan:
    """Take a submission back before it is decided."""
    plan = plan_for(ctx, plan_id, SUBMIT)
    PLAN.move(ctx, plan, "recall", {"version": plan.version})
    return _open_again(plan)


def return_plan(ctx: Context, plan_id: str, note: str) -> Plan:
    """The unit's administrator gives it back to be changed; the note is for its authors and stays out of the journal."""
    plan = plan_for(ctx, plan_id, RETURN)
    words = checked_note(note)
    PLAN.move(ctx, plan, "return", {"version": plan.version})
    plan.note = words
    return _open_again(plan)


def decide_plan(ctx: Context, plan_id: str, given: DecisionRecord) -> Plan:
    """Record the collective decision about a submitted plan, by somebody else than its submitter.

    The body must be that of the tier that the unit's rules in force set for the price, or of a higher one. Approved,
    the plan is frozen: its document is kept by its digest. Raises Invalid with complaints named after the record's
    fields, and Conflict without rules, by the submitter, or when the plan does not wait for a decision.
    """
    plan = plan_for(ctx, plan_id, DECIDE)
    if plan.state != SUBMITTED:
        raise Conflict(_l("当前状态不允许这一操作，页面内容可能已过时"), code="wrong_state")
    move = PLAN.transition("decide" if given.result == APPROVED else "reject")
    move.guard(ctx, plan)  # before the decision is written down, so that nobody records their own
    _check_still_public(plan)
    rules = rules_to_decide_by(ctx, plan.holder_id)
    errors = list(_tier_complaints(plan, given, rules))
    if errors:
        raise Invalid(errors)
    decision = record_decision(ctx, KIND, plan.id, plan.holder_id, plan.zone_id, given)
    data: JSONObject = {
        "decision": decision.id,
        "content": plan.digest,
        "rules": rules.id,
        "price_fen": from_json(plan.content).price_fen,
        "resolution": decision.resolution,
    }
    PLAN.move(ctx, plan, move.name, data)
    plan.decision_id, plan.rules_id, plan.decided_at = decision.id, rules.id, ctx.now
    if plan.state == DECIDED:
        keep_document(document_of(plan))
        _supersede(ctx, plan)
    return plan


def withdraw_plan(ctx: Context, plan_id: str, note: str) -> Plan:
    """The unit gives a decided plan up, and with it what rests on it; the note says why and stays out of the journal."""
    plan = plan_for(ctx, plan_id, WITHDRAW)
    words = checked_note(note)
    PLAN.move(ctx, plan, "withdraw", {"content": plan.digest, "decision": plan.decision_id})
    plan.note, plan.ended_at = words, ctx.now
    happened(ctx, PlanEnded(plan.id))
    return plan


def _tier_complaints(plan: Plan, given: DecisionRecord, rules: UnitRules) -> list[FieldError]:
    content, text = from_json(plan.content), rules_from_json(rules.content)
    errors = []
    bodies = bodies_for(content, text)
    if given.body and given.body not in bodies:
        known = given.body in {tier.body for tier in text.tiers}
        message = (
            _l("该价格应由%(body)s或更高层级决定", body=bodies[0])
            if known
            else _l("本单位制度中没有这一决策机构")
        )
        errors.append(FieldError("body", "lower_tier" if known else "unknown_body", message))
    if given.result == APPROVED:
        errors += [
            FieldError("result", error.code, error.message) for error in route_complaints(content, text)
        ]
    if given.held_on is not None and text.adopted_on is not None and given.held_on < text.adopted_on:
        message = _l("会议日期早于现行制度的通过日期")
        errors.append(FieldError("held_on", "before_rules", message))
    return errors


def _supersede(ctx: Context, plan: Plan) -> None:
    """The plan takes the place of the one it was drafted for, unless that has ended otherwise."""
    before = ctx.session.get(Plan, plan.replaces_id) if plan.replaces_id else None
    if before is not None and before.state == DECIDED:
        PLAN.move(ctx, before, "supersede", {"by": plan.id})
        before.ended_at = ctx.now
        happened(ctx, PlanEnded(before.id, by=plan.id))


def _check_still_public(plan: Plan) -> None:
    if plan.achievement.state != PUBLISHED:
        raise Conflict(_l("成果已下架，方案不能继续"), code="not_published")


def _open_again(plan: Plan) -> Plan:
    plan.digest, plan.submitted_at, plan.submitted_by = "", None, None
    return plan
