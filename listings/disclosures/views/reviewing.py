"""One page for every step of the unit: the content, and the one act that is due. And what may follow a decision."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from listings.achievements.labels import CLEARANCES
from listings.achievements.policy import CREATE as CREATE_ACHIEVEMENT
from listings.classification import codes
from listings.disclosures.content import from_json
from listings.disclosures.converting import begin_achievement
from listings.disclosures.forms.acts import opinion_of, review_form
from listings.disclosures.labels import DETAILS, name_to_show, state_label
from listings.disclosures.models import Disclosure
from listings.disclosures.policy import CONVERT, REVIEW
from listings.disclosures.reach import disclosure_for, recuse
from listings.disclosures.reviewing import give_opinion
from listings.disclosures.secrecy import last_assessment
from listings.disclosures.steps import STEPS, Step, outcome_words, step_due, step_name
from listings.disclosures.views.shown import answers
from listings.disclosures.views.warnings import warnings_about
from listings.secrecy import questions_hit
from listings.shares import percent
from listings.signatories import absent
from marketplace.accounts.people import name_of
from marketplace.core.errors import Conflict, Invalid
from marketplace.core.i18n import gettext as _
from marketplace.core.policy import require
from marketplace.core.uow import once, unit_of_work
from marketplace.web.context import current, current_actor
from marketplace.web.forms import request_key
from marketplace.web.guard import requires

reviews = Blueprint("disclosure_review", __name__, url_prefix="/disclosures/<disclosure_id>")


@reviews.get("/review")
@requires(REVIEW)
def form(disclosure_id: str) -> ResponseReturnValue:
    disclosure, step = _due(disclosure_id)
    return _page(disclosure, step, review_form(disclosure.state, step))


@reviews.post("/review")
@requires(REVIEW)
def speak(disclosure_id: str) -> ResponseReturnValue:
    """Take the step that the page was about. A second press of its button finds it taken and changes nothing."""
    state = request.form.get("step", "")
    if state not in STEPS:
        state = _due(disclosure_id)[0].state
    step = STEPS[state]
    given = review_form(state, step)
    if not given.submitted():  # a day of review that is none
        return _page(*_due(disclosure_id), given), 422
    opinion = opinion_of(given, step)
    try:
        with unit_of_work(current_actor()) as ctx:
            once(
                ctx,
                request_key(),
                "disclosure.review",
                lambda: give_opinion(ctx, disclosure_id, opinion).id,
            )
    except Invalid as invalid:
        given.complain(invalid)
        return _page(*_due(disclosure_id), given), 422
    flash(_("已记录：%(step)s", step=str(step.name)), "success")
    return redirect(url_for("disclosures.page", disclosure_id=disclosure_id), 303)


@reviews.post("/achievement")
@requires(CONVERT)
def convert(disclosure_id: str) -> ResponseReturnValue:
    """Make an achievement draft of what the disclosure says in public, or go to the one that was made."""
    with unit_of_work(current_actor()) as ctx:
        disclosure_for(ctx, disclosure_id, CONVERT)
        require(ctx, CREATE_ACHIEVEMENT, None)
        made = begin_achievement(ctx, disclosure_id)
    return redirect(url_for("drafts.tasks", achievement_id=made), 303)


def _due(disclosure_id: str) -> tuple[Disclosure, Step]:
    """The disclosure and the step this officer may take now. Raises Forbidden, NotFound or Conflict."""
    ctx = current()
    disclosure = disclosure_for(ctx, disclosure_id, REVIEW)
    recuse(ctx, disclosure)
    step = step_due(ctx, disclosure)
    if step is None:
        raise Conflict(_("这一环节已经办理或尚未到期，页面内容可能已过时"), code="wrong_state")
    return disclosure, step


def _page(disclosure: Disclosure, step: Step, given: Any) -> str:
    ctx = current()
    earlier = [
        (row, step_name(row.step), outcome_words(row.step, row.outcome), name_of(ctx, row.decided_by))
        for row in reversed(disclosure.decisions)
    ]
    last = last_assessment(ctx, disclosure)
    return render_template(
        "listings/disclosures/review.html",
        clearance=CLEARANCES[disclosure.clearance],
        assessment=last,
        assessor=name_of(ctx, last.assessed_by) if last else "",
        hit=questions_hit(last) if last else [],
        outcomes=codes("secrecy_outcomes"),
        disclosure=disclosure,
        title=name_to_show(disclosure),
        state=state_label(disclosure.state),
        step=step,
        form=given,
        sections=answers(disclosure, from_json(disclosure.content)),
        warnings=warnings_about(ctx, disclosure),
        decisions=earlier,
        details=DETAILS,
        percent=percent,
        absent=absent(ctx, disclosure.holder_id, disclosure.completers),
    )
