"""Pages for whoever objects: the form, the receipt under which they follow, the confirmation, the appeal. No account."""

from collections.abc import Sequence

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from listings.notices import words
from listings.notices.forms.objections import AppealForm, ObjectionForm, SupplementForm
from listings.notices.lifecycle import GOING
from listings.notices.objections.appeals import appeal as ask_for_review
from listings.notices.objections.filing import (
    FOLLOWING,
    MOST_FILES,
    confirm_contact,
    count_filing,
    file_objection,
    followed,
    key_of,
    to_confirm,
    uncount_filing,
)
from listings.notices.objections.models import DECIDED, REFUSED, Objection
from listings.notices.objections.periods import due_of
from listings.notices.objections.supplements import may_supplement, supplement
from listings.notices.policy import OBJECT
from listings.notices.queries import fresh
from listings.notices.sources import basis_from
from marketplace.accounts.addresses import remote_address
from marketplace.core.errors import Conflict, FieldError, Invalid, NotFound
from marketplace.core.i18n import current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.uow import once, unit_of_work
from marketplace.core.uploads.gate import UploadRefused
from marketplace.core.uploads.keeping import Kept, keep_unchanged
from marketplace.web.context import current, current_actor
from marketplace.web.forms import Form, form_page, request_key
from marketplace.web.guard import requires

objecting = Blueprint("objecting", __name__)


@objecting.route("/notices/<notice_id>/objection", methods=["GET", "POST"])
@requires(OBJECT)
def form(notice_id: str) -> ResponseReturnValue:
    """Object to a notice while it runs."""
    notice = fresh(current(), notice_id)
    asked = ObjectionForm()
    if asked.submitted():
        count_filing(current(), remote_address())
        try:
            files = _kept(asked.files.data or ())
            given = asked.to_input()
            with unit_of_work(current_actor()) as ctx:
                made = once(
                    ctx,
                    request_key(),
                    "objection.file",
                    lambda: file_objection(ctx, notice_id, given, files, current_language()).id,
                )
        except Invalid as invalid:
            uncount_filing(current(), remote_address())
            asked.complain(invalid)
        else:
            return redirect(url_for("objecting.receipt", objection_id=made, key=key_of(made, FOLLOWING)), 303)
    rules = basis_from(notice.edition.basis).rules
    return form_page(
        "listings/notices/objection_form.html",
        asked,
        notice=notice,
        open=notice.state in GOING,
        procedure=rules.procedure if rules else "",
        words=words,
    )


@objecting.get("/objections/<objection_id>/<key>")
@requires(OBJECT)
def receipt(objection_id: str, key: str) -> ResponseReturnValue:
    """The receipt, and later the decision. Its address is known to the objector alone."""
    objection = followed(current(), objection_id, key)
    fresh(current(), objection.notice_id)
    return _follow_page(followed(current(), objection_id, key), key, AppealForm())


@objecting.get("/objections/<objection_id>/<key>/receipt.txt")
@requires(OBJECT)
def receipt_file(objection_id: str, key: str) -> ResponseReturnValue:
    """The signed receipt as a file, to be kept and given to the verifier."""
    objection = followed(current(), objection_id, key)
    headers = {"Content-Disposition": f'attachment; filename="{objection.number}.receipt.txt"'}
    return Response(objection.receipt, mimetype="text/plain", headers=headers)


@objecting.post("/objections/<objection_id>/<key>")
@requires(OBJECT)
def appeal(objection_id: str, key: str) -> ResponseReturnValue:
    """Ask the zone to review the decision."""
    form = AppealForm()
    if form.submitted():
        try:
            with unit_of_work(current_actor()) as ctx:
                once(
                    ctx,
                    request_key(),
                    "objection.appeal",
                    lambda: ask_for_review(ctx, objection_id, key, str(form.appeal.data or "")).id,
                )
        except Invalid as invalid:
            form.complain(invalid)
        else:
            flash(_("复核申请已收到"), "success")
            return redirect(url_for("objecting.receipt", objection_id=objection_id, key=key), 303)
    return _follow_page(followed(current(), objection_id, key), key, form)


@objecting.post("/objections/<objection_id>/<key>/evidence")
@requires(OBJECT)
def add_evidence(objection_id: str, key: str) -> ResponseReturnValue:
    """Hand in further evidence while the objection is open."""
    followed(current(), objection_id, key)
    form = SupplementForm()
    if form.submitted():
        count_filing(current(), remote_address())
        try:
            files = _kept(form.files.data or ())
            with unit_of_work(current_actor()) as ctx:
                once(
                    ctx,
                    request_key(),
                    "objection.supplement",
                    lambda: supplement(ctx, objection_id, key, files).objection_id,
                )
        except Invalid as invalid:
            uncount_filing(current(), remote_address())
            form.complain(invalid)
        else:
            flash(_("补充的证据已收到，回执在本页下载"), "success")
            return redirect(url_for("objecting.receipt", objection_id=objection_id, key=key), 303)
    return _follow_page(followed(current(), objection_id, key), key, AppealForm(formdata=None), form)


@objecting.get("/objections/<objection_id>/<key>/receipt-<int:n>.txt")
@requires(OBJECT)
def supplement_receipt(objection_id: str, key: str, n: int) -> ResponseReturnValue:
    """The signed receipt of what was added later."""
    objection = followed(current(), objection_id, key)
    found = next((one for one in objection.supplements if one.n == n), None)
    if found is None:
        raise NotFound
    headers = {"Content-Disposition": f'attachment; filename="{objection.number}.receipt-{n}.txt"'}
    return Response(found.receipt, mimetype="text/plain", headers=headers)


@objecting.get("/objections/<objection_id>/confirm/<key>")
@requires(OBJECT)
def confirming(objection_id: str, key: str) -> ResponseReturnValue:
    """Asked once more: a program that looks into mail confirms nothing."""
    objection = to_confirm(current(), objection_id, key)
    return render_template(
        "listings/notices/objection_confirm.html", objection=objection, key=key, notice=objection.notice
    )


@objecting.post("/objections/<objection_id>/confirm/<key>")
@requires(OBJECT)
def confirm(objection_id: str, key: str) -> ResponseReturnValue:
    with unit_of_work(current_actor()) as ctx:
        confirm_contact(ctx, objection_id, key)
    flash(_("联系方式已确认"), "success")
    return redirect(
        url_for("objecting.receipt", objection_id=objection_id, key=key_of(objection_id, FOLLOWING)), 303
    )


def _kept(given: Sequence[FileStorage]) -> list[Kept]:
    """Take the evidence in through the guards, each file named in its complaint."""
    chosen = [file for file in given if getattr(file, "filename", "")]
    if len(chosen) > MOST_FILES:
        raise Invalid([FieldError("files", "too_many", _("最多 %(most)s 个文件", most=MOST_FILES))])
    kept, wrong = [], []
    for file in chosen:
        try:
            kept.append(keep_unchanged(file.filename or "", file.stream))
        except UploadRefused as refused:
            message = _("“%(name)s”未保存：%(why)s", name=file.filename, why=str(refused.message))
            wrong.append(FieldError("files", refused.code, message))
    if wrong:
        raise Invalid(wrong)
    return kept


def _follow_page(
    objection: Objection, key: str, form: AppealForm, adding: SupplementForm | None = None
) -> ResponseReturnValue:
    shown: Form = form if adding is None else adding
    if request.method == "POST" and not shown.errors and not shown.form_errors:
        raise Conflict
    return form_page(
        "listings/notices/objection_receipt.html",
        shown,
        appealing=form,
        adding=adding or SupplementForm(formdata=None),
        objection=objection,
        notice=objection.notice,
        key=key,
        position=objection.receipt.split("\n")[4] if objection.receipt else "",
        due=due_of(current(), objection),
        may_appeal=objection.state in {REFUSED, DECIDED},
        may_add=may_supplement(objection),
        words=words,
    )
