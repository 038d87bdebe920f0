"""Pages for officers about reports of abuse."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from marketplace.core.errors import Invalid
from marketplace.core.i18n import current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.uow import once, unit_of_work
from marketplace.moderation import words
from marketplace.moderation.age import age_words, how_counted
from marketplace.moderation.forms import AnswerForm
from marketplace.moderation.models import WAITING, AbuseReport
from marketplace.moderation.policy import ANSWER_REPORT, SEE_REPORTS
from marketplace.moderation.queries import REPORT_TABS, counts, report_age
from marketplace.moderation.queries import reports as reports_in
from marketplace.moderation.reports import answer_report, report_for
from marketplace.moderation.subjects import reason_labels, subject_of
from marketplace.moderation.views.tabs import chosen_tab, tabs
from marketplace.web.context import current, current_actor
from marketplace.web.forms import form_page, request_key
from marketplace.web.guard import requires
from marketplace.web.paging import paged

reports = Blueprint("reports", __name__, url_prefix="/moderation/reports")


@reports.get("")
@requires(SEE_REPORTS)
def listed() -> ResponseReturnValue:
    """The reports of the acting officer's zone."""
    ctx = current()
    state = chosen_tab(REPORT_TABS)
    page = paged(ctx.session, reports_in(ctx, state))
    return render_template(
        "moderation/reports.html",
        page=page,
        rows=[(report, report_age(ctx, report), _reason(report)) for report in page.rows],
        tabs=tabs("reports.listed", REPORT_TABS, state, counts(ctx, AbuseReport, SEE_REPORTS)),
        state=state,
        words=words,
        age_words=age_words,
    )


@reports.get("/<report_id>")
@requires(SEE_REPORTS)
def report(report_id: str) -> ResponseReturnValue:
    return _report_page(report_for(current(), report_id), AnswerForm())


@reports.post("/<report_id>")
@requires(ANSWER_REPORT)
def answer(report_id: str) -> ResponseReturnValue:
    form = AnswerForm()
    if form.submitted():
        given = form.to_input()
        try:
            with unit_of_work(current_actor()) as ctx:
                once(ctx, request_key(), "report.answer", lambda: answer_report(ctx, report_id, given).id)
        except Invalid as invalid:
            form.complain(invalid)
        else:
            flash(_("已答复举报"), "success")
            return redirect(url_for("reports.report", report_id=report_id), 303)
    return _report_page(report_for(current(), report_id), form)


def _report_page(found: AbuseReport, form: AnswerForm) -> ResponseReturnValue:
    ctx, owner = current(), subject_of(found.kind)
    age = report_age(ctx, found)
    may_answer = ANSWER_REPORT.allows(ctx.actor, found)
    public = owner.published(ctx, found.subject)
    return form_page(
        "moderation/report.html",
        form,
        report=found,
        owner=owner,
        url=owner.url(found.subject) if public else "",
        reason=_reason(found),
        age=age,
        left=age_words(age),
        how=how_counted(age.period, current_language()),
        sees_contact=may_answer,
        undecided=found.state in WAITING,
        may_answer=may_answer and found.state in WAITING,
        removable=bool(public and owner.take_down),
        words=words,
    )


def _reason(found: AbuseReport) -> str:
    labels = reason_labels(subject_of(found.kind).abuse_reasons, current_language())
    return labels.get(found.reason, found.reason)
