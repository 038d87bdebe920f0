"""The page of one's messages."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.accounts.addresses import way_back
from marketplace.core.i18n import current_language
from marketplace.core.policy import ACCOUNT
from marketplace.core.uow import unit_of_work
from marketplace.notifications import queries, services
from marketplace.web.context import current
from marketplace.web.guard import requires
from marketplace.web.login import current_actor
from marketplace.web.paging import paged

blueprint = Blueprint("notifications", __name__, url_prefix="/account/messages")


@blueprint.get("")
@requires(ACCOUNT)
def listed() -> ResponseReturnValue:
    ctx = current()
    found = paged(ctx.session, queries.messages(ctx))
    english = current_language() == "en"
    return render_template(
        "notifications/messages.html", found=found, unread=queries.unread(ctx), english=english
    )


@blueprint.post("/<message_id>/read")
@requires(ACCOUNT)
def read(message_id: str) -> ResponseReturnValue:
    """Mark as read and go where the message leads."""
    with unit_of_work(current_actor()) as ctx:
        url = services.read_message(ctx, message_id)
    return redirect(way_back(url, url_for("notifications.listed")), 303)


@blueprint.post("/read")
@requires(ACCOUNT)
def read_all() -> ResponseReturnValue:
    with unit_of_work(current_actor()) as ctx:
        services.read_all(ctx)
    return redirect(way_back(request.form.get("next"), url_for("notifications.listed")), 303)
