"""Everything once more, what is missing, the submission, its receipt."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from listings.disclosures.confirming import ready
from listings.disclosures.content import from_json
from listings.disclosures.forms.acts import StatementsForm
from listings.disclosures.labels import name_to_show
from listings.disclosures.models import EDITABLE
from listings.disclosures.policy import EDIT
from listings.disclosures.queries import unconfirmed
from listings.disclosures.reach import disclosure_for
from listings.disclosures.services import submit
from listings.disclosures.terms import REPLY
from listings.disclosures.views.shown import answers, wrong_answers
from listings.disclosures.views.warnings import warnings_about
from listings.secrecy import DRAFTABLE
from marketplace.accounts.people import name_of
from marketplace.core.clock import local_date
from marketplace.core.errors import Invalid, NotFound
from marketplace.core.i18n import current_language
from marketplace.core.period_text import end_text
from marketplace.core.uow import once, unit_of_work
from marketplace.moderation.age import how_counted
from marketplace.web.context import current, current_actor
from marketplace.web.forms import request_key
from marketplace.web.guard import requires

submission = Blueprint("disclosure_submission", __name__, url_prefix="/disclosures/<disclosure_id>")


@submission.get("/check")
@requires(EDIT)
def check(disclosure_id: str) -> ResponseReturnValue:
    disclosure = disclosure_for(current(), disclosure_id, EDIT)
    if disclosure.state not in EDITABLE or disclosure.clearance not in DRAFTABLE:
        return redirect(url_for("disclosure_drafts.tasks", disclosure_id=disclosure_id), 303)
    return _page(disclosure_id, StatementsForm())


@submission.post("/check")
@requires(EDIT)
def hand_in(disclosure_id: str) -> ResponseReturnValue:
    """Submit what was looked at. A missing confirmation, or a save since, is a conflict that says so."""
    form = StatementsForm()
    version = request.form.get("version", 0, type=int)
    given = form.to_input()
    try:
        with unit_of_work(current_actor()) as ctx:
            once(
                ctx,
                request_key(),
                "disclosure.submit",
                lambda: submit(ctx, disclosure_id, given, version=version).id,
            )
    except Invalid as invalid:
        form.complain(Invalid(error for error in invalid.errors if error.field in form))
        return _page(disclosure_id, form), 422
    return redirect(url_for(".receipt", disclosure_id=disclosure_id), 303)


@submission.get("/receipt")
@requires(EDIT)
def receipt(disclosure_id: str) -> ResponseReturnValue:
    """What was submitted last, when, its digest, and until when the unit answers."""
    ctx = current()
    disclosure = disclosure_for(ctx, disclosure_id, EDIT)
    if disclosure.submitted_at is None:
        raise NotFound
    period = REPLY.run(local_date(disclosure.submitted_at), ctx.calendar)
    return render_template(
        "listings/disclosures/receipt.html",
        disclosure=disclosure,
        submitter=name_of(ctx, disclosure.submitted_by or ""),
        due=end_text(period, current_language()),
        how=how_counted(period, current_language()),
        period=period,
    )


def _page(disclosure_id: str, form: StatementsForm) -> str:
    ctx = current()
    disclosure = disclosure_for(ctx, disclosure_id, EDIT)
    sections = answers(disclosure, from_json(disclosure.content), changing=True)
    return render_template(
        "listings/disclosures/check.html",
        disclosure=disclosure,
        title=name_to_show(disclosure),
        sections=sections,
        wrong=wrong_answers(disclosure, sections),
        complete=ready(disclosure),
        lacking=unconfirmed(disclosure),
        warnings=warnings_about(ctx, disclosure),
        form=form,
    )
