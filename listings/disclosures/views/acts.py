"""The completers' acts: ask for confirmations, confirm, decline, register signed paper."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from listings.disclosures.confirming import (
    ask_to_confirm,
    completer_without_account,
    confirm,
    decline,
    register_paper,
)
from listings.disclosures.content import from_json
from listings.disclosures.forms.acts import ConfirmForm
from listings.disclosures.labels import name_to_show
from listings.disclosures.models import EDITABLE
from listings.disclosures.policy import CONFIRM, EDIT
from listings.disclosures.reach import disclosure_for
from listings.disclosures.views.shown import answers
from listings.disclosures.views.warnings import warnings_about
from listings.shares import percent
from listings.signatories import absent, own_row
from listings.signatory_forms import DeclineForm, PaperForm
from marketplace.core.errors import Conflict, FieldError, Invalid
from marketplace.core.i18n import gettext as _
from marketplace.core.runtime import runtime
from marketplace.core.uow import once, unit_of_work
from marketplace.core.uploads.gate import UploadRefused
from marketplace.web.context import current, current_actor
from marketplace.web.forms import request_key
from marketplace.web.guard import requires

acts = Blueprint("disclosure_acts", __name__, url_prefix="/disclosures/<disclosure_id>")


@acts.post("/ask")
@requires(EDIT)
def ask(disclosure_id: str) -> ResponseReturnValue:
    """Ask the completers to confirm; while something is missing, go to the page that lists it."""
    try:
        with unit_of_work(current_actor()) as ctx:
            ask_to_confirm(ctx, disclosure_id)
    except Invalid:
        return redirect(url_for("disclosure_submission.check", disclosure_id=disclosure_id), 303)
    flash(_("已请完成人确认"), "success")
    return redirect(url_for("disclosure_drafts.tasks", disclosure_id=disclosure_id), 303)


@acts.get("/confirm")
@requires(CONFIRM)
def confirmation(disclosure_id: str) -> ResponseReturnValue:
    """The exact content with all shares, for one completer to confirm or decline."""
    disclosure = disclosure_for(current(), disclosure_id, CONFIRM)
    if disclosure.state not in EDITABLE or disclosure.asked_at is None:
        return redirect(url_for("disclosures.page", disclosure_id=disclosure_id), 303)
    return _confirm_page(disclosure_id, ConfirmForm(), DeclineForm())


@acts.post("/confirm")
@requires(CONFIRM)
def confirm_now(disclosure_id: str) -> ResponseReturnValue:
    form = ConfirmForm()
    given = form.to_input()
    try:
        with unit_of_work(current_actor()) as ctx:
            once(ctx, request_key(), "disclosure.confirm", lambda: confirm(ctx, disclosure_id, given).id)
    except Invalid as invalid:
        form.complain(invalid)
        return _confirm_page(disclosure_id, form, DeclineForm(formdata=None)), 422
    except Conflict as conflict:
        if conflict.code != "stale":
            raise
        return _confirm_page(
            disclosure_id, ConfirmForm(formdata=None), DeclineForm(formdata=None), conflict
        ), 409
    flash(_("已确认，时间和内容摘要已记入日志"), "success")
    return redirect(url_for("disclosures.page", disclosure_id=disclosure_id), 303)


@acts.post("/decline")
@requires(CONFIRM)
def decline_now(disclosure_id: str) -> ResponseReturnValue:
    form = DeclineForm()
    try:
        with unit_of_work(current_actor()) as ctx:
            decline(ctx, disclosure_id, form.reason.data or "")
    except Invalid as invalid:
        form.complain(invalid)
        return _confirm_page(disclosure_id, ConfirmForm(formdata=None), form), 422
    flash(_("已记录不同意，披露回到草稿"), "success")
    return redirect(url_for("disclosures.page", disclosure_id=disclosure_id), 303)


def _confirm_page(
    disclosure_id: str, form: ConfirmForm, declining: DeclineForm, conflict: Conflict | None = None
) -> str:
    ctx = current()
    disclosure = disclosure_for(ctx, disclosure_id, CONFIRM)
    form.digest.data = disclosure.digest
    return render_template(
        "listings/disclosures/confirm.html",
        disclosure=disclosure,
        title=name_to_show(disclosure),
        mine=own_row(disclosure.completers, ctx.actor),
        form=form,
        declining=declining,
        has_errors=bool(form.errors or declining.errors),
        conflict=conflict,
        sections=answers(disclosure, from_json(disclosure.content)),
        warnings=warnings_about(ctx, disclosure),
        percent=percent,
        absent=absent(ctx, disclosure.holder_id, disclosure.completers),
    )


@acts.get("/completers/<completer_id>/paper")
@requires(EDIT)
def paper(disclosure_id: str, completer_id: str) -> ResponseReturnValue:
    return _paper_page(disclosure_id, completer_id, PaperForm())


@acts.post("/completers/<completer_id>/paper")
@requires(EDIT)
def register(disclosure_id: str, completer_id: str) -> ResponseReturnValue:
    form = PaperForm()
    try:
        _register(disclosure_id, completer_id, form)
    except Invalid as invalid:
        form.complain(invalid)
        return _paper_page(disclosure_id, completer_id, form), 422
    flash(_("已登记签字文件"), "success")
    return redirect(url_for("disclosure_drafts.tasks", disclosure_id=disclosure_id), 303)


def _register(disclosure_id: str, completer_id: str, form: Any) -> None:
    given = request.files.get("file")
    document = form.document.data or ""
    if given is None or not given.filename:
        completer_without_account(current(), disclosure_id, completer_id)
        raise Invalid([FieldError("file", "required", _("选择要上传的文件"))])
    name = given.filename
    try:
        register_paper(current_actor(), disclosure_id, completer_id, document, name, given.stream)
    except UploadRefused as refused:
        message = _("“%(name)s”未保存：%(why)s", name=name, why=str(refused.message))
        raise Invalid([FieldError("file", refused.code, message)]) from refused


def _paper_page(disclosure_id: str, completer_id: str, form: PaperForm) -> str:
    ctx = current()
    row = completer_without_account(ctx, disclosure_id, completer_id)
    return render_template(
        "listings/disclosures/paper.html",
        disclosure=row.disclosure,
        title=name_to_show(row.disclosure),
        row=row,
        form=form,
        upload_limit=runtime().settings.upload_max_bytes,
    )
