"""Opening the minutes of a decision: an act, not a look, because it is recorded."""

from flask import Blueprint, Response, send_file

from listings.decisions.policy import READ_MINUTES
from listings.decisions.record import from_json
from listings.decisions.services import view_minutes
from marketplace.core.errors import NotFound
from marketplace.core.runtime import runtime
from marketplace.core.uow import unit_of_work
from marketplace.core.uploads.downloads import download_headers
from marketplace.web.context import current_actor
from marketplace.web.guard import requires

decisions = Blueprint("decisions", __name__, url_prefix="/decisions")


@decisions.post("/<decision_id>/minutes")
@requires(READ_MINUTES)
def minutes(decision_id: str) -> Response:
    """The file, to be saved; it never opens in place."""
    with unit_of_work(current_actor()) as ctx:
        found = from_json(view_minutes(ctx, decision_id).record).minutes
    if found is None:
        raise NotFound
    response = send_file(runtime().files.path(found.digest), mimetype="application/octet-stream")
    response.headers.update(download_headers(found.name, found.media))
    return response
