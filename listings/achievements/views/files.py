"""Files of an achievement: uploaded through the guards, served as attachments that cannot run."""

from flask import Blueprint, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue

from listings.achievements.files import add_file, remove_file
from listings.achievements.forms.acts import UploadForm
from listings.achievements.policy import EDIT, READ
from listings.achievements.queries import file_of
from marketplace.core.errors import DomainError
from marketplace.core.i18n import gettext as _
from marketplace.core.runtime import runtime
from marketplace.core.uow import unit_of_work
from marketplace.core.uploads.downloads import download_headers, picture_headers
from marketplace.core.uploads.kinds import kind_of
from marketplace.web.context import current, current_actor
from marketplace.web.guard import requires

files = Blueprint("achievement_files", __name__, url_prefix="/achievements/<achievement_id>/files")


@files.get("/<digest>/<name>")
@requires(READ)
def file(achievement_id: str, digest: str, name: str) -> ResponseReturnValue:  # noqa: ARG001 - the name is for people
    """A file of the text the reader may see, or its thumbnail."""
    found = file_of(current(), achievement_id, digest)
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
    form = UploadForm()
    given = request.files.get("file")
    try:
        if given is None or not given.filename:
            flash(_("选择要上传的文件"), "error")
        else:
            add_file(
                current_actor(), achievement_id, given.filename, given.stream, form.level.data or "public"
            )
            flash(_("“%(name)s”已上传", name=given.filename), "success")
    except DomainError as error:
        if error.status != 422:
            raise
        flash(f"{given.filename if given else ''}：{error.message}", "error")
    return redirect(url_for("drafts.section", achievement_id=achievement_id, name="materials"), 303)


@files.post("/<digest>/remove")
@requires(EDIT)
def remove(achievement_id: str, digest: str) -> ResponseReturnValue:
    with unit_of_work(current_actor()) as ctx:
        remove_file(ctx, achievement_id, digest)
    flash(_("文件已移除"), "success")
    return redirect(url_for("drafts.section", achievement_id=achievement_id, name="materials"), 303)
