"""Reaching an intent by its id: what the actor may not see is not there."""

from auctions.intents.models import Intent
from auctions.intents.policy import READ
from marketplace.core.context import Context
from marketplace.core.lookup import get_for
from marketplace.core.policy import Permission


def intent_for(ctx: Context, intent_id: str | None, permission: Permission = READ) -> Intent:
    """The intent, if the actor may do `permission` to it. Raises NotFound or Forbidden."""
    return get_for(ctx, Intent, intent_id, permission, READ)
