"""Putting a grant before the unit, taking it back, and the officer's opinion."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from listings.grants.content import from_json
from listings.grants.forms.acts import ReviewForm
from listings.grants.labels import sections_of
from listings.grants.lifecycle import no_part_in_it
from listings.grants.models import SUBMITTED
from listings.grants.policy import EDIT, REVIEW
from listings.grants.reach import grant_for
from listings.grants.services import recall_grant, review_grant, submit_grant
from marketplace.core.errors import Invalid
from marketplace.core.i18n import gettext as _
from marketplace.core.uow import once, unit_of_work
from marketplace.web.context import current, current_actor
from marketplace.web.forms import request_key
from marketplace.web.guard import requires

submission = Blueprint("grant_submission", __name__, url_prefix="/work/grants/<grant_id>")


@submission.post("/submit")
@requires(EDIT)
def submit(grant_id: str) -> ResponseReturnValue:
    """Submit what the team has signed; if the rules have changed since, the grant's page says what is wrong now."""
    version = request.form.get("version", 0, type=int)
    try:
        with unit_of_work(current_actor()) as ctx:
            once(ctx, request_key(), "grant.submit", lambda: submit_grant(ctx, grant_id, version=version).id)
    except Invalid as invalid:
        for error in invalid.errors:
            flash(str(error.message), "error")
        return redirect(url_for("grants.page", grant_id=grant_id), 303)
    flash(_("已提交单位审查"), "success")
    return redirect(url_for("grants.page", grant_id=grant_id), 303)


@submission.post("/recall")
@requires(EDIT)
def recall(grant_id: str) -> ResponseReturnValue:
    with unit_of_work(current_actor()) as ctx:
        recall_grant(ctx, grant_id)
    flash(_("已撤回提交"), "success")
    return redirect(url_for("grants.page", grant_id=grant_id), 303)


@submission.get("/review")
@requires(REVIEW)
def reviewing(grant_id: str) -> ResponseReturnValue:
    ctx = current()
    grant = grant_for(ctx, grant_id, REVIEW)
    if grant.state != SUBMITTED:
        return redirect(url_for("grants.page", grant_id=grant_id), 303)
    no_part_in_it(ctx, grant)
    return _page(grant_id, ReviewForm())


@submission.post("/review")
@requires(REVIEW)
def review(grant_id: str) -> ResponseReturnValue:
    form = ReviewForm()
    form.submitted()
    if not form.errors:
        try:
            with unit_of_work(current_actor()) as ctx:
                once(
                    ctx,
                    request_key(),
                    "grant.review",
                    lambda: review_grant(ctx, grant_id, form.to_input()).id,
                )
        except Invalid as invalid:
            form.complain(invalid)
        else:
            flash(_("审查意见已登记，等待集体决策"), "success")
            return redirect(url_for("grants.page", grant_id=grant_id), 303)
    return _page(grant_id, form), 422


def _page(grant_id: str, form: ReviewForm) -> str:
    grant = grant_for(current(), grant_id, REVIEW)
    sections = sections_of(from_json(grant.content))
    return render_template("listings/grants/review.html", grant=grant, form=form, sections=sections)
