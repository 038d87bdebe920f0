"""Files of an achievement: uploaded through the guards, served as attachments that cannot run."""

from flask import Blueprint, Response, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue

from listings.achievements.content import Attachment
from listings.achievements.files import add_file, remove_file
from listings.achievements.forms.acts import UploadForm
from listings.achievements.forms.sections import MaterialsForm
from listings.achievements.policy import EDIT, READ
from listings.achievements.queries import PUBLIC, file_of
from listings.achievements.reach import achievement_for
from listings.achievements.views.sections import section_page
from marketplace.core.errors import FieldError, Invalid
from marketplace.core.i18n import gettext as _
from marketplace.core.runtime import runtime
from marketplace.core.uow import unit_of_work
from marketplace.core.uploads.downloads import download_headers, picture_headers
from marketplace.core.uploads.gate import UploadRefused
from marketplace.core.uploads.kinds import kind_of
from marketplace.web.context import current, current_actor
from marketplace.web.guard import requires

MATERIALS = "materials"

files = Blueprint("achievement_files", __name__, url_prefix="/achievements/<achievement_id>/files")


@files.get("/<digest>/<name>")
@requires(READ)
def file(achievement_id: str, digest: str, name: str) -> Response:  # noqa: ARG001 - the name is for people
    """A file of the text the reader may see, or its thumbnail."""
    return as_download(file_of(current(), achievement_id, digest), digest)


def as_download(found: Attachment, digest: str) -> Response:
    """The stored file (or thumbnail) with headers under which it cannot run: pictures in place, the rest to be saved."""
    response = send_file(
        runtime().files.path(digest), mimetype="application/octet-stream", etag=digest, conditional=True
    )
    kind = kind_of("thumbnail.webp" if digest == found.thumbnail else found.name)
    if found.role == "image" and kind is not None:
        response.headers.update(picture_headers(kind))
    else:
        response.headers.update(download_headers(found.name, found.media))
    return response


@files.post("")
@requires(EDIT)
def upload(achievement_id: str) -> ResponseReturnValue:
    """Take a file in through the guards; a refused one is named beside the control."""
    form = UploadForm()
    try:
        name = _take(achievement_id, form)
    except Invalid as invalid:
        form.complain(invalid)
        achievement = achievement_for(current(), achievement_id, EDIT)
        return section_page(achievement, MATERIALS, MaterialsForm(), upload=form), 422
    flash(_("“%(name)s”已上传", name=name), "success")
    return redirect(url_for("draft_sections.section", achievement_id=achievement_id, name=MATERIALS), 303)


def _take(achievement_id: str, form: UploadForm) -> str:
    """Put the sent file into the draft; its name. Raises Invalid with complaints about the form's two controls."""
    given = request.files.get("file")
    if given is None or not given.filename:
        raise Invalid([FieldError("file", "required", _("选择要上传的文件"))])
    name, level = given.filename, form.level.data or PUBLIC
    try:
        add_file(current_actor(), achievement_id, name, given.stream, level)
    except UploadRefused as refused:
        message = _("“%(name)s”未保存：%(why)s", name=name, why=str(refused.message))
        raise Invalid([FieldError("file", refused.code, message)]) from refused
    except Invalid as invalid:
        # The rules speak of the list of files; here the complaint belongs to a control.
        errors = (
            FieldError("level" if e.field == "level" else "file", e.code, e.message) for e in invalid.errors
        )
        raise Invalid(errors) from invalid
    return name


@files.post("/<digest>/remove")
@requires(EDIT)
def remove(achievement_id: str, digest: str) -> ResponseReturnValue:
    with unit_of_work(current_actor()) as ctx:
        remove_file(ctx, achievement_id, digest)
    flash(_("文件已移除"), "success")
    return redirect(url_for("draft_sections.section", achievement_id=achievement_id, name=MATERIALS), 303)
