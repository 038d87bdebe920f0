"""Recording the collective decision about a plan."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from listings.decisions.basis import COLLECTIVE, MAJORITY
from listings.decisions.forms import DecisionForm
from listings.decisions.minutes import ACCEPTED, as_claim
from listings.decisions.record import Minutes
from listings.decisions.sending import sent_file
from listings.plans.content import from_json
from listings.plans.labels import buyer_words, price_words
from listings.plans.lifecycle import PLAN
from listings.plans.models import DECIDED, SUBMITTED, Plan
from listings.plans.policy import DECIDE
from listings.plans.queries import plan_for
from listings.plans.related import bodies_for
from listings.plans.services import decide_plan
from listings.unit_rules.content import from_json as rules_from_json
from listings.unit_rules.models import UnitRules
from listings.unit_rules.queries import rules_to_decide_by
from marketplace.core.context import Context
from marketplace.core.errors import Invalid
from marketplace.core.i18n import current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.runtime import runtime
from marketplace.core.uow import once, unit_of_work
from marketplace.web.context import current, current_actor
from marketplace.web.forms import request_key
from marketplace.web.guard import requires
from marketplace.web.panels import panels_of

decision = Blueprint("plan_decision", __name__, url_prefix="/work/plans/<plan_id>/decision")


@decision.get("")
@requires(DECIDE)
def form(plan_id: str) -> ResponseReturnValue:
    """The record to be filled in. Raises Conflict for the submitter, and where no rules say who decides."""
    ctx = current()
    plan = plan_for(ctx, plan_id, DECIDE)
    if plan.state != SUBMITTED:
        return redirect(url_for("plans.page", plan_id=plan_id), 303)
    PLAN.transition("decide").guard(ctx, plan)
    rules = rules_to_decide_by(ctx, plan.holder_id)
    empty = DecisionForm(_bodies(plan, rules))
    empty.recusals.offer_more()
    return _page(plan, rules, empty, None)


@decision.post("")
@requires(DECIDE)
def decide(plan_id: str) -> ResponseReturnValue:
    """Record it. With a complaint the page comes back with all that was typed, the file included."""
    ctx = current()
    plan = plan_for(ctx, plan_id, DECIDE)
    rules = rules_to_decide_by(ctx, plan.holder_id)
    sent = DecisionForm(_bodies(plan, rules))
    sent.submitted()
    minutes = sent_file(sent, "minutes")
    if not sent.errors and "more" not in request.form:
        try:
            state = _record(plan_id, sent, minutes)
        except Invalid as invalid:
            sent.complain(invalid)
        else:
            said = _("决策已登记，方案通过并固定") if state == DECIDED else _("决策已登记，方案未通过")
            flash(said, "success")
            return redirect(url_for("plans.page", plan_id=plan_id), 303)
    sent.recusals.offer_more()
    ctx = current()
    plan = plan_for(ctx, plan_id, DECIDE)
    return _page(plan, rules_to_decide_by(ctx, plan.holder_id), sent, minutes), 422 if sent.errors else 200


def _record(plan_id: str, sent: DecisionForm, minutes: Minutes | None) -> str:
    with unit_of_work(current_actor()) as ctx:
        once(
            ctx,
            request_key(),
            "plan.decide",
            lambda: decide_plan(ctx, plan_id, sent.to_record(minutes)).id,
        )
        return plan_for(ctx, plan_id, DECIDE).state


def _bodies(plan: Plan, rules: UnitRules) -> tuple[str, ...]:
    return bodies_for(from_json(plan.content), rules_from_json(rules.content))


def _page(plan: Plan, rules: UnitRules, shown: DecisionForm, minutes: Minutes | None) -> str:
    ctx: Context = current()
    content, language = from_json(plan.content), current_language()
    shown.kept_minutes.data = as_claim(ctx.actor, minutes) if minutes else ""
    return render_template(
        "listings/plans/decision.html",
        plan=plan,
        form=shown,
        rules=rules,
        bodies=_bodies(plan, rules),
        price=price_words(content),
        buyer=buyer_words(content),
        related=content.related.related == "yes",
        panels=panels_of(ctx, "achievement", plan.achievement_id),
        accepted=ACCEPTED,
        most=runtime().settings.upload_max_bytes,
        kept=minutes.name if minutes else "",
        basis=[(one.cited(language), one.said(language)) for one in (COLLECTIVE, MAJORITY)],
    )
