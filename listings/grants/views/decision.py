"""Recording the collective decision about a grant."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from listings.decisions.basis import COLLECTIVE, MAJORITY
from listings.decisions.forms import DecisionForm
from listings.decisions.minutes import ACCEPTED, as_claim
from listings.decisions.record import Minutes
from listings.decisions.sending import sent_file
from listings.grants.content import from_json
from listings.grants.labels import option_words
from listings.grants.lifecycle import GRANT
from listings.grants.models import DECIDED, UNIT_REVIEW, RightsGrant
from listings.grants.policy import DECIDE
from listings.grants.reach import grant_for
from listings.grants.services import bodies_for, decide_grant
from listings.grants.terms import PLAN_128
from listings.unit_rules.content import from_json as rules_from_json
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

decision = Blueprint("grant_decision", __name__, url_prefix="/work/grants/<grant_id>/decision")


@decision.get("")
@requires(DECIDE)
def form(grant_id: str) -> ResponseReturnValue:
    """The record to be filled in. Raises Conflict for those concerned, and where no rules say who decides."""
    ctx = current()
    grant = grant_for(ctx, grant_id, DECIDE)
    if grant.state != UNIT_REVIEW:
        return redirect(url_for("grants.page", grant_id=grant_id), 303)
    GRANT.transition("decide").guard(ctx, grant)
    empty = DecisionForm(_bodies(ctx, grant))
    empty.recusals.offer_more()
    return _page(grant_id, empty, None)


@decision.post("")
@requires(DECIDE)
def decide(grant_id: str) -> ResponseReturnValue:
    """Record it. With a complaint the page comes back with all that was typed, the file included."""
    ctx = current()
    sent = DecisionForm(_bodies(ctx, grant_for(ctx, grant_id, DECIDE)))
    sent.submitted()
    minutes = sent_file(sent, "minutes")
    if not sent.errors and "more" not in request.form:
        try:
            state = _record(grant_id, sent, minutes)
        except Invalid as invalid:
            sent.complain(invalid)
        else:
            said = _("决策已登记，可以开始公示") if state == DECIDED else _("决策已登记，赋权未通过")
            flash(said, "success")
            return redirect(url_for("grants.page", grant_id=grant_id), 303)
    sent.recusals.offer_more()
    return _page(grant_id, sent, minutes), 422 if sent.errors else 200


def _record(grant_id: str, sent: DecisionForm, minutes: Minutes | None) -> str:
    with unit_of_work(current_actor()) as ctx:
        once(
            ctx,
            request_key(),
            "grant.decide",
            lambda: decide_grant(ctx, grant_id, sent.to_record(minutes)).id,
        )
        return grant_for(ctx, grant_id, DECIDE).state


def _bodies(ctx: Context, grant: RightsGrant) -> tuple[str, ...]:
    return bodies_for(rules_from_json(rules_to_decide_by(ctx, grant.holder_id).content))


def _page(grant_id: str, shown: DecisionForm, minutes: Minutes | None) -> str:
    ctx, language = current(), current_language()
    grant = grant_for(ctx, grant_id, DECIDE)
    shown.kept_minutes.data = as_claim(ctx.actor, minutes) if minutes else ""
    return render_template(
        "listings/grants/decision.html",
        grant=grant,
        form=shown,
        bodies=_bodies(ctx, grant),
        option=option_words(from_json(grant.content)),
        accepted=ACCEPTED,
        most=runtime().settings.upload_max_bytes,
        kept=minutes.name if minutes else "",
        basis=[(one.cited(language), one.said(language)) for one in (PLAN_128, COLLECTIVE, MAJORITY)],
    )
