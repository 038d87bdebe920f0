"""Pages for the zone: the certificate, and lapses of the platform itself."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from listings.notices.certificates import issue_certificate
from listings.notices.channels import record_outage
from listings.notices.forms.notices import OutageForm
from listings.notices.policy import CERTIFY, RECORD_OUTAGE
from marketplace.core.errors import Invalid
from marketplace.core.i18n import gettext as _
from marketplace.core.uow import once, unit_of_work
from marketplace.web.context import current_actor
from marketplace.web.forms import form_page, request_key
from marketplace.web.guard import requires

zone = Blueprint("notice_zone", __name__)


@zone.post("/notices/<notice_id>/certificate")
@requires(CERTIFY)
def certify(notice_id: str) -> ResponseReturnValue:
    """Issue the certificate; pressed twice, there is one."""
    with unit_of_work(current_actor()) as ctx:
        code = issue_certificate(ctx, notice_id).code
    flash(_("公示完成证明已出具"), "success")
    return redirect(url_for("verification.certificate", code=code), 303)


@zone.route("/work/outages", methods=["GET", "POST"])
@requires(RECORD_OUTAGE)
def outage() -> ResponseReturnValue:
    """The platform did not show its notices for a while: their periods are lengthened, and each page says so."""
    form = OutageForm()
    if form.submitted():
        given = form.to_input()
        try:
            with unit_of_work(current_actor()) as ctx:
                touched = once(ctx, request_key(), "notice.outage", lambda: str(record_outage(ctx, given)))
        except Invalid as invalid:
            form.complain(invalid)
        else:
            flash(_("已顺延 %(n)s 项公示", n=touched), "success")
            return redirect(url_for("notice_zone.outage"), 303)
    return form_page("listings/notices/outage.html", form)
