"""Questions about messages."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select

from marketplace.core.context import Context
from marketplace.notifications.models import Message


@dataclass(frozen=True)
class Notice:
    """A message as data, in both languages. `url` is a path on this site."""

    id: str
    kind: str
    title: str
    title_en: str
    body: str
    body_en: str
    url: str
    at: datetime
    read_at: datetime | None


def messages(ctx: Context) -> Select[Message]:
    """The actor's messages, newest first."""
    return (
        select(Message)
        .where(Message.user_id == ctx.actor.user_id)
        .order_by(Message.position.desc(), Message.id)
    )


def unread(ctx: Context) -> int:
    """How many messages the actor has not read."""
    mine = select(func.count()).where(Message.user_id == ctx.actor.user_id, Message.read_at.is_(None))
    return ctx.session.scalar(mine) or 0


def shown(message: Message) -> Notice:
    return Notice(
        message.id,
        message.kind,
        message.title,
        message.title_en,
        message.body,
        message.body_en,
        message.url,
        message.at,
        message.read_at,
    )
