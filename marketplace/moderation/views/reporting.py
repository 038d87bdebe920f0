"""Pages for those who report: the form, and the receipt under which they follow their report."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.accounts.addresses import remote_address
from marketplace.core.errors import Invalid
from marketplace.core.i18n import current_language
from marketplace.core.uow import once, unit_of_work
from marketplace.moderation import words
from marketplace.moderation.age import how_counted
from marketplace.moderation.forms import ReportForm
from marketplace.moderation.lifecycle import REPORT_TERM
from marketplace.moderation.policy import REPORT
from marketplace.moderation.queries import report_age
from marketplace.moderation.reports import count_report, receipt_of, report_abuse
from marketplace.moderation.subjects import public_subject, subject_of
from marketplace.web.context import current, current_actor
from marketplace.web.forms import form_page, request_key
from marketplace.web.guard import requires

reporting = Blueprint("reporting", __name__, url_prefix="/report")


@reporting.route("", methods=["GET", "POST"])
@requires(REPORT)
def form() -> ResponseReturnValue:
    """Report what `kind` and `subject` name."""
    kind, subject = request.args.get("kind", ""), request.args.get("subject", "")
    public = public_subject(current(), kind, subject)
    asked = ReportForm.for_subject(subject_of(kind))
    if asked.submitted():
        given = asked.to_input(kind, subject)
        count_report(current(), remote_address())
        try:
            with unit_of_work(current_actor()) as ctx:
                report_id = once(ctx, request_key(), "report.send", lambda: report_abuse(ctx, given).id)
        except Invalid as invalid:
            asked.complain(invalid)
        else:
            return redirect(url_for("reporting.receipt", report_id=report_id), 303)
    owner = subject_of(kind)
    return form_page(
        "moderation/report_form.html",
        asked,
        public=public,
        label=owner.label,
        url=owner.url(subject),
        days=REPORT_TERM.amount,
    )


@reporting.get("/<report_id>")
@requires(REPORT)
def receipt(report_id: str) -> ResponseReturnValue:
    """The receipt, and later the answer. Its address is known to the reporter alone."""
    ctx = current()
    report = receipt_of(ctx, report_id)
    age = report_age(ctx, report)
    return render_template(
        "moderation/receipt.html",
        report=report,
        owner=subject_of(report.kind),
        age=age,
        how=how_counted(age.period, current_language()),
        words=words,
    )
