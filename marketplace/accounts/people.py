"""Questions about people."""

from marketplace.accounts.models import User
from marketplace.core.context import Context


def name_of(ctx: Context, user_id: str) -> str:
    """A person's name, for colleagues; empty for nobody."""
    user = ctx.session.get(User, user_id)
    return user.name if user else ""
