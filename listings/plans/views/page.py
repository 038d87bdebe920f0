"""The page of a plan: for the unit's people in every state, for the zone's officers once it is decided."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from listings.decisions.card import card_of
from listings.plans.content import from_json
from listings.plans.labels import sections_of, state_label
from listings.plans.models import DECIDED, DRAFT, SUBMITTED, Plan
from listings.plans.policy import CREATE, DECIDE, EDIT, READ, RETURN, SUBMIT, WITHDRAW
from listings.plans.queries import plan_for
from listings.plans.timeline import timeline_of
from listings.unit_rules.models import UnitRules
from marketplace.accounts.people import name_of
from marketplace.core.context import Context
from marketplace.web.context import current
from marketplace.web.guard import requires
from marketplace.web.panels import panels_of

pages = Blueprint("plans", __name__, url_prefix="/work/plans")


@pages.get("/<plan_id>")
@requires(READ)
def page(plan_id: str) -> ResponseReturnValue:
    """The text, how far it has come, and the decision about it."""
    ctx = current()
    plan = plan_for(ctx, plan_id)
    return render_template(
        "listings/plans/page.html",
        plan=plan,
        state=state_label(plan.state),
        nodes=timeline_of(plan),
        sections=sections_of(from_json(plan.content)),
        decided=card_of(ctx, plan.decision),
        rules=ctx.session.get(UnitRules, plan.rules_id) if plan.rules_id else None,
        replaced=ctx.session.get(Plan, plan.replaces_id) if plan.replaces_id else None,
        saved_by=name_of(ctx, plan.saved_by),
        submitted_by=name_of(ctx, plan.submitted_by or ""),
        may=_may(ctx, plan),
        panels=panels_of(ctx, "achievement", plan.achievement_id),
    )


def _may(ctx: Context, plan: Plan) -> dict[str, bool]:
    """What the reader can do now."""
    waiting, own = plan.state == SUBMITTED, plan.submitted_by == ctx.actor.user_id
    return {
        "edit": plan.state == DRAFT and EDIT.allows(ctx.actor, plan),
        "submit": plan.state == DRAFT and SUBMIT.allows(ctx.actor, plan),
        "recall": waiting and SUBMIT.allows(ctx.actor, plan),
        "return": waiting and RETURN.allows(ctx.actor, plan),
        "decide": waiting and not own and DECIDE.allows(ctx.actor, plan),
        "own": waiting and own,
        "replace": plan.state == DECIDED and CREATE.allows(ctx.actor) and EDIT.allows(ctx.actor, plan),
        "withdraw": plan.state == DECIDED and WITHDRAW.allows(ctx.actor, plan),
        "member": EDIT.allows(ctx.actor, plan),
    }
