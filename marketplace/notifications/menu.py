"""The way to one's messages, with how many are new."""

from collections.abc import Sequence

from flask import url_for

from marketplace.core.context import Context
from marketplace.core.i18n import gettext as _
from marketplace.notifications.queries import unread


def links(ctx: Context) -> Sequence[tuple[str, str]]:
    """For the registry."""
    new = unread(ctx)
    return [(url_for("notifications.listed"), _("消息（%(new)s 条未读）", new=new) if new else _("消息"))]
