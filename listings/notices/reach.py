"""Reaching a notice by its id: what the actor may not see is not there."""

from listings.notices.models import Notice
from listings.notices.policy import READ
from marketplace.core.context import Context
from marketplace.core.lookup import get
from marketplace.core.policy import Permission, require


def notice_for(ctx: Context, notice_id: str, permission: Permission = READ) -> Notice:
    """The notice, if the actor may do `permission` to it. Raises NotFound, Forbidden or SignInRequired."""
    notice = get(ctx.session, Notice, notice_id)
    require(ctx, permission, notice, see=READ)
    return notice
