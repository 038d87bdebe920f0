"""Files of a notice: its text, the captures, the evidence bundle and its explanation."""

import io

from flask import Blueprint, Response, send_file
from flask.typing import ResponseReturnValue

from listings.notices.models import Capture, Notice
from listings.notices.policy import READ
from listings.notices.queries import kept_text, shown_edition
from listings.notices.reach import notice_for
from marketplace.core.context import Context
from marketplace.core.errors import NotFound
from marketplace.core.runtime import runtime
from marketplace.core.uploads.downloads import download_headers
from marketplace.evidence.bundle import UnsealedError, write_bundle
from marketplace.evidence.queries import NotSealedYet, bundle_for_people, bundle_of
from marketplace.evidence.trust import published_policy
from marketplace.evidence.verifier import EXPLANATION
from marketplace.web.context import current
from marketplace.web.guard import requires

files = Blueprint("notice_files", __name__, url_prefix="/notices/<notice_id>")
explanations = Blueprint("notice_explanations", __name__)


@files.get("/text")
@requires(READ)
def text(notice_id: str) -> ResponseReturnValue:
    """The text of the notice as a file: what the unit shows too, and what watchers compare."""
    notice = notice_for(current(), notice_id)
    edition = shown_edition(notice)
    if not edition.text:
        raise NotFound
    return Response(kept_text(edition), mimetype="text/plain", headers={"Cache-Control": "no-cache"})


@files.get("/captures/<digest>/<name>")
@requires(READ)
def capture(notice_id: str, digest: str, name: str) -> Response:  # noqa: ARG001 - the name is for people
    """A capture of the unit's page or board, to be saved."""
    found = _capture(notice_for(current(), notice_id), digest)
    path = runtime().files.path(found.digest)
    response = send_file(path, mimetype="application/octet-stream", etag=found.digest, conditional=True)
    response.headers.update(download_headers(found.name, found.media))
    return response


@files.get("/bundle.zip")
@requires(READ)
def bundle(notice_id: str) -> ResponseReturnValue:
    """The evidence bundle (公示存证包): everything an outsider needs to verify the notice without this platform."""
    ctx = current()
    notice = _public(ctx, notice_id)
    packed = io.BytesIO()
    write_bundle(_bundle(ctx, notice), packed)
    packed.seek(0)
    response = send_file(
        packed, mimetype="application/zip", as_attachment=True, download_name=f"{notice.number}.zip"
    )
    response.headers["Cache-Control"] = "no-store"
    return response


@explanations.get("/notices/<notice_id>.pdf")
@requires(READ)
def explanation(notice_id: str) -> ResponseReturnValue:
    """The explanation of the evidence bundle, as it lies in it, for reading at once."""
    ctx = current()
    notice = _public(ctx, notice_id)
    made = _bundle(ctx, notice)[EXPLANATION]
    response = Response(made, mimetype="application/pdf", headers={"Cache-Control": "no-store"})
    response.headers.set("Content-Disposition", "inline", filename=f"{notice.number}.pdf")
    return response


def _public(ctx: Context, notice_id: str) -> Notice:
    notice = notice_for(ctx, notice_id)
    if not notice.public:
        raise NotFound
    return notice


def _bundle(ctx: Context, notice: Notice) -> dict[str, bytes]:
    """Raises NotSealedYet in the moment between a record and its checkpoint."""
    try:
        members = bundle_of(ctx.session, notice.id, runtime().files, published_policy())
    except UnsealedError as unsealed:
        raise NotSealedYet from unsealed
    return bundle_for_people(ctx, notice.id, members)


def _capture(notice: Notice, digest: str) -> Capture:
    for found in notice.captures:
        if found.digest == digest:
            return found
    raise NotFound
