"""The confidential description: opened by an act that is recorded, written, and furnished with files."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from listings.achievements.labels import size_words
from listings.achievements.views.files import as_download
from listings.disclosures.confidential import (
    add_confidential_file,
    open_confidential,
    open_file,
    remove_confidential_file,
    write_confidential,
)
from listings.disclosures.content import Confidential
from listings.disclosures.forms.acts import DescriptionForm, UploadForm
from listings.disclosures.labels import name_to_show
from listings.disclosures.models import EDITABLE, Disclosure
from listings.disclosures.policy import EDIT, READ_CONFIDENTIAL
from listings.disclosures.reach import disclosure_for
from listings.secrecy import DRAFTABLE
from marketplace.core.errors import Conflict, FieldError, Invalid
from marketplace.core.i18n import gettext as _
from marketplace.core.runtime import runtime
from marketplace.core.uow import unit_of_work
from marketplace.core.uploads.gate import UploadRefused
from marketplace.web.context import current, current_actor
from marketplace.web.guard import requires

description = Blueprint(
    "disclosure_description", __name__, url_prefix="/disclosures/<disclosure_id>/confidential"
)


@description.get("")
@requires(READ_CONFIDENTIAL)
def question(disclosure_id: str) -> ResponseReturnValue:
    """What opening it means. A look at this page shows nothing and is not recorded."""
    return _page(_readable(disclosure_id))


@description.post("")
@requires(READ_CONFIDENTIAL)
def opened(disclosure_id: str) -> ResponseReturnValue:
    """Open it: an act, not a look, because it is recorded."""
    with unit_of_work(current_actor()) as ctx:
        shown = open_confidential(ctx, disclosure_id)
    form = DescriptionForm(formdata=None, data={"text": shown.text})
    return _page(_readable(disclosure_id), shown=shown, form=form)


@description.post("/text")
@requires(EDIT)
def write(disclosure_id: str) -> ResponseReturnValue:
    form = DescriptionForm()
    version = request.form.get("version", 0, type=int)
    try:
        with unit_of_work(current_actor()) as ctx:
            write_confidential(ctx, disclosure_id, form.text.data or "", version=version)
    except Invalid as invalid:
        form.complain(invalid)
        return _page(disclosure_for(current(), disclosure_id, EDIT), form=form, typed=True), 422
    except Conflict as conflict:
        if conflict.code != "stale":
            raise
        page = _page(disclosure_for(current(), disclosure_id, EDIT), form=form, conflict=conflict, typed=True)
        return page, 409
    flash(_("保密说明已保存"), "success")
    return redirect(url_for("disclosure_drafts.tasks", disclosure_id=disclosure_id), 303)


@description.post("/files")
@requires(EDIT)
def upload(disclosure_id: str) -> ResponseReturnValue:
    form = UploadForm()
    try:
        name = _take(disclosure_id)
    except Invalid as invalid:
        form.complain(invalid)
        return _page(disclosure_for(current(), disclosure_id, EDIT), upload=form), 422
    flash(_("“%(name)s”已上传", name=name), "success")
    return redirect(url_for(".question", disclosure_id=disclosure_id), 303)


@description.post("/files/<digest>")
@requires(READ_CONFIDENTIAL)
def download(disclosure_id: str, digest: str) -> Response:
    """One file of it, or a signed confirmation; recorded with its digest."""
    with unit_of_work(current_actor()) as ctx:
        found = open_file(ctx, disclosure_id, digest)
    return as_download(found, digest)


@description.post("/files/<digest>/remove")
@requires(EDIT)
def remove(disclosure_id: str, digest: str) -> ResponseReturnValue:
    with unit_of_work(current_actor()) as ctx:
        remove_confidential_file(ctx, disclosure_id, digest)
    flash(_("文件已移除"), "success")
    return redirect(url_for(".question", disclosure_id=disclosure_id), 303)


def _take(disclosure_id: str) -> str:
    given = request.files.get("file")
    if given is None or not given.filename:
        raise Invalid([FieldError("file", "required", _("选择要上传的文件"))])
    try:
        add_confidential_file(current_actor(), disclosure_id, given.filename, given.stream)
    except UploadRefused as refused:
        message = _("“%(name)s”未保存：%(why)s", name=given.filename, why=str(refused.message))
        raise Invalid([FieldError("file", refused.code, message)]) from refused
    return given.filename


def _readable(disclosure_id: str) -> Disclosure:
    return disclosure_for(current(), disclosure_id, READ_CONFIDENTIAL)


def _page(
    disclosure: Disclosure,
    *,
    shown: Confidential | None = None,
    form: DescriptionForm | None = None,
    upload: UploadForm | None = None,
    conflict: Conflict | None = None,
    typed: bool = False,
) -> str:
    """With `shown` the description itself; without it only what its reader typed, or the question whether to open it."""
    may_write = (
        EDIT.allows(current_actor(), disclosure)
        and disclosure.state in EDITABLE
        and disclosure.clearance in DRAFTABLE
    )
    return render_template(
        "listings/disclosures/description.html",
        disclosure=disclosure,
        title=name_to_show(disclosure),
        shown=shown,
        may_write=may_write,
        writing=may_write and (shown is not None or typed or not disclosure.described),
        form=form or DescriptionForm(formdata=None),
        upload=upload or UploadForm(formdata=None),
        upload_limit=runtime().settings.upload_max_bytes,
        conflict=conflict,
        has_errors=bool((form and form.errors) or (upload and upload.errors)),
        size_words=size_words,
    )
