"""Commands about messages. Reading is no fact of the market and leaves no entry in the journal."""

from sqlalchemy import update

from marketplace.core.context import Context
from marketplace.core.lookup import get
from marketplace.notifications.models import Message


def read_message(ctx: Context, message_id: str) -> str:
    """Mark one of the actor's messages as read. Returns the path it leads to, which may be empty. Raises NotFound."""
    message = get(ctx.session, Message, message_id, user_id=ctx.actor.user_id)
    message.read_at = message.read_at or ctx.now
    return message.url


def read_all(ctx: Context) -> None:
    """Mark all of the actor's messages as read."""
    unread = update(Message).where(Message.user_id == ctx.actor.user_id, Message.read_at.is_(None))
    ctx.session.execute(unread.values(read_at=ctx.now))
