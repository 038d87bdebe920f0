"""Questions about tokens."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from marketplace.accounts.models import ApiToken
from marketplace.core.context import Context


@dataclass(frozen=True)
class Token:
    """A token as its owner sees it: everything but the secret. `last_used_on` is a day in Beijing."""

    id: str
    label: str
    scopes: tuple[str, ...]
    org_id: str | None
    created_at: datetime
    expires_at: datetime
    last_used_on: date | None


def tokens_in_force(ctx: Context) -> list[Token]:
    """The actor's tokens that are neither revoked nor expired, newest first."""
    mine = select(ApiToken).where(
        ApiToken.user_id == ctx.actor.user_id, ApiToken.revoked_at.is_(None), ApiToken.expires_at > ctx.now
    )
    rows = ctx.session.scalars(mine.order_by(ApiToken.id.desc()))
    return [
        Token(
            row.id, row.label, tuple(row.scopes), row.org_id, row.created_at, row.expires_at, row.last_used_on
        )
        for row in rows
    ]
