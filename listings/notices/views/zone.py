"""Pages for the zone: the certificate, lapses of the platform itself, longer periods than the law's."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from listings.notices import words
from listings.notices.certificates import issue_certificate
from listings.notices.channels import record_outage
from listings.notices.forms.notices import OutageForm, ZoneTermForm
from listings.notices.policy import CERTIFY, RECORD_OUTAGE, SET_TERMS
from listings.notices.profiles import profiles
from listings.notices.zone_terms import rules_of, set_zone_term
from marketplace.core.errors import Invalid
from marketplace.core.i18n import gettext as _
from marketplace.core.uow import once, unit_of_work
from marketplace.web.context import current, current_actor
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


@zone.route("/work/notice-terms", methods=["GET", "POST"])
@requires(SET_TERMS)
def terms() -> ResponseReturnValue:
    """How long notices last in the zone, where that is longer than the law asks."""
    form = ZoneTermForm()
    if form.submitted():
        given = form.to_input()
        try:
            with unit_of_work(current_actor()) as ctx:
                once(ctx, request_key(), "notice.set_terms", lambda: set_zone_term(ctx, given).id)
        except Invalid as invalid:
            form.complain(invalid)
        else:
            flash(_("已设定，生效前提交的公示不受影响"), "success")
            return redirect(url_for("notice_zone.terms"), 303)
    ctx = current()
    rules = rules_of(ctx, ctx.actor.zone_id or "")
    return form_page("listings/notices/terms.html", form, rules=rules, profiles=profiles(), words=words)
