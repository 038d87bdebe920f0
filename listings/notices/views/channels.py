"""Pages for the captures of the unit's page or board: one starts the period, the others keep it."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from listings.notices import words
from listings.notices.channels import record_capture, start_notice
from listings.notices.forms.notices import CaptureForm, StartForm
from listings.notices.models import RUNNING, SCHEDULED, Notice
from listings.notices.policy import RUN
from listings.notices.queries import fresh
from listings.notices.reach import notice_for
from listings.notices.wording import is_page
from marketplace.core.context import Context
from marketplace.core.errors import Conflict, FieldError, Invalid
from marketplace.core.i18n import gettext as _
from marketplace.core.uow import once, unit_of_work
from marketplace.core.uploads.gate import UploadRefused
from marketplace.core.uploads.keeping import Kept, keep_unchanged
from marketplace.web.context import current, current_actor
from marketplace.web.forms import form_page, request_key
from marketplace.web.guard import requires

channels = Blueprint("notice_channels", __name__, url_prefix="/notices/<notice_id>")


@channels.route("/start", methods=["GET", "POST"])
@requires(RUN)
def start(notice_id: str) -> ResponseReturnValue:
    """The unit shows the notice; its capture starts the period on both channels."""
    notice = notice_for(current(), notice_id, RUN)
    if notice.state == RUNNING and request.method == "POST":
        return _to_page(notice_id)  # pressed twice
    if notice.state != SCHEDULED:
        raise Conflict(_("当前状态不允许这一操作，页面内容可能已过时"), code="wrong_state")
    form = StartForm()

    def carry_out(ctx: Context, file: Kept) -> str:
        return start_notice(ctx, notice_id, form.to_input(), file).id

    if form.submitted() and _taken(form, "notice.start", carry_out):
        flash(_("公示已经开始"), "success")
        return _to_page(notice_id)
    return _form_page("listings/notices/start.html", notice_for(current(), notice_id, RUN), form)


@channels.route("/capture", methods=["GET", "POST"])
@requires(RUN)
def capture(notice_id: str) -> ResponseReturnValue:
    """Keep what was seen in the unit."""
    if request.method == "GET":
        fresh(current(), notice_id)
    notice = notice_for(current(), notice_id, RUN)
    form = CaptureForm()

    def carry_out(ctx: Context, file: Kept) -> str:
        return record_capture(ctx, notice_id, form.to_input(), file).id

    if form.submitted() and _taken(form, "notice.capture", carry_out):
        flash(_("取证已记录"), "success")
        return _to_page(notice_id)
    return _form_page("listings/notices/capture.html", notice_for(current(), notice.id, RUN), form)


def _taken(form: CaptureForm, purpose: str, carry_out: Callable[[Context, Kept], str]) -> bool:
    """Keep the file and carry the act out; complaints go to the form, which keeps what was typed."""
    try:
        file = _kept()
        with unit_of_work(current_actor()) as ctx:
            once(ctx, request_key(), purpose, lambda: carry_out(ctx, file))
    except Invalid as invalid:
        form.complain(invalid)
        return False
    return True


def _kept() -> Kept:
    given = request.files.get("file")
    if given is None or not given.filename:
        raise Invalid([FieldError("file", "required", _("选择截图、打印件或照片"))])
    try:
        return keep_unchanged(given.filename, given.stream)
    except UploadRefused as refused:
        message = _("“%(name)s”未保存：%(why)s", name=given.filename, why=str(refused.message))
        raise Invalid([FieldError("file", refused.code, message)]) from refused


def _form_page(template: str, notice: Notice, form: CaptureForm) -> ResponseReturnValue:
    return form_page(
        template,
        form,
        notice=notice,
        edition=notice.edition,
        on_page=is_page(notice.edition.unit_url),
        words=words,
    )


def _to_page(notice_id: str) -> ResponseReturnValue:
    return redirect(url_for("notices.page", notice_id=notice_id), 303)
