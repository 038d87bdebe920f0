"""The public moderation log."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from marketplace.core.i18n import current_language
from marketplace.moderation import words
from marketplace.moderation.log import log_lines, logged
from marketplace.moderation.policy import READ_LOG
from marketplace.web.context import current
from marketplace.web.guard import requires
from marketplace.web.paging import paged

moderation_log = Blueprint("moderation_log", __name__)


@moderation_log.get("/transparency/moderation")
@requires(READ_LOG)
def log() -> ResponseReturnValue:
    ctx = current()
    page = paged(ctx.session, logged())
    lines = log_lines(ctx, page.rows, current_language())
    return render_template("moderation/log.html", page=page, lines=lines, words=words)
