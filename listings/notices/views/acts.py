"""Acts on a notice that need a reason: correct and show anew, withdraw. Each has a page that asks."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from listings.notices import words
from listings.notices.forms.notices import AmendForm, EndForm
from listings.notices.lifecycle import AMENDABLE
from listings.notices.models import CORRECTING, Notice
from listings.notices.policy import RUN
from listings.notices.queries import fresh
from listings.notices.reach import notice_for
from listings.notices.services import amend, withdraw_notice
from listings.notices.sources import source_of
from marketplace.core.errors import Conflict, Invalid
from marketplace.core.i18n import gettext as _
from marketplace.core.uow import once, unit_of_work
from marketplace.web.context import current, current_actor
from marketplace.web.forms import form_page, request_key
from marketplace.web.guard import requires

acts = Blueprint("notice_acts", __name__, url_prefix="/notices/<notice_id>")


@acts.get("/amend")
@requires(RUN)
def amending(notice_id: str) -> ResponseReturnValue:
    fresh(current(), notice_id)
    notice = _in_state(notice_id, AMENDABLE)
    return form_page("listings/notices/amend.html", _amend_form(notice), notice=notice, words=words)


@acts.post("/amend")
@requires(RUN)
def amend_now(notice_id: str) -> ResponseReturnValue:
    """Give up the edition that is shown; the next one's period starts from zero."""
    notice = notice_for(current(), notice_id, RUN)
    form = _amend_form(notice)
    if form.submitted():
        given = form.to_input()
        try:
            with unit_of_work(current_actor()) as ctx:
                once(ctx, request_key(), "notice.amend", lambda: amend(ctx, notice_id, given).id)
        except Invalid as invalid:
            form.complain(invalid)
        else:
            flash(_("本版公示已停止，更正后提交核验，公示期从头计算"), "success")
            return redirect(url_for("notice_drafts.edit", notice_id=notice_id), 303)
    return form_page(
        "listings/notices/amend.html", form, notice=notice_for(current(), notice_id, RUN), words=words
    )


@acts.get("/withdraw")
@requires(RUN)
def withdrawing(notice_id: str) -> ResponseReturnValue:
    fresh(current(), notice_id)
    notice = _in_state(notice_id, AMENDABLE | {CORRECTING})
    return form_page("listings/notices/withdraw.html", EndForm(), notice=notice)


@acts.post("/withdraw")
@requires(RUN)
def withdraw_now(notice_id: str) -> ResponseReturnValue:
    """Give the notice up for good."""
    notice_for(current(), notice_id, RUN)
    form = EndForm()
    if form.submitted():
        given = form.to_input()
        try:
            with unit_of_work(current_actor()) as ctx:
                once(ctx, request_key(), "notice.withdraw", lambda: withdraw_notice(ctx, notice_id, given).id)
        except Invalid as invalid:
            form.complain(invalid)
        else:
            flash(_("公示已终止"), "success")
            return redirect(url_for("notices.page", notice_id=notice_id), 303)
    return form_page("listings/notices/withdraw.html", form, notice=notice_for(current(), notice_id, RUN))


def _in_state(notice_id: str, states: frozenset[str]) -> Notice:
    notice = notice_for(current(), notice_id, RUN)
    if notice.state not in states:
        raise Conflict(_("当前状态不允许这一操作，页面内容可能已过时"), code="wrong_state")
    return notice


def _amend_form(notice: Notice) -> AmendForm:
    """The unit may rest the next edition on another decided thing, such as another plan for the achievement."""
    choices = source_of(notice.kind).choices(current())
    offered = {
        notice.subject: _("不变"),
        **{c.subject: c.label for c in choices if c.subject != notice.subject},
    }
    return AmendForm.offering(list(offered.items()), notice.subject)
