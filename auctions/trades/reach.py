"""Reaching a trade by its id: what the actor may not see is not there."""

from auctions.trades.models import Trade
from auctions.trades.policy import READ
from marketplace.core.context import Context
from marketplace.core.lookup import get_for
from marketplace.core.policy import Permission


def trade_for(ctx: Context, trade_id: str | None, permission: Permission = READ) -> Trade:
    """The trade, if the actor may do `permission` to it. Raises NotFound or Forbidden."""
    return get_for(ctx, Trade, trade_id, permission, READ)
