"""JSON operations about messages."""

from marketplace.notifications import queries
from marketplace.notifications.policy import READ_MESSAGES
from marketplace.notifications.queries import Notice
from marketplace.web.context import current
from marketplace.web.operations import Operations
from marketplace.web.paging import Page, paged

operations = Operations("messages")


@operations.add("GET", "/messages", READ_MESSAGES, "One's messages, newest first", returns=Notice, many=True)
def list_messages() -> Page[Notice]:
    ctx = current()
    found = paged(ctx.session, queries.messages(ctx))
    return Page([queries.shown(message) for message in found.rows], found.number, found.per_page, found.total)
