"""Reaching one's own intent in a trade: an offer is made, and its receipt read, as a party to it."""

from auctions.intents.models import Intent
from auctions.offers.queries import own_intent
from auctions.trades.models import Trade
from auctions.trades.policy import READ as READ_TRADE
from marketplace.core.context import Context
from marketplace.core.errors import Forbidden, NotFound
from marketplace.core.lookup import get
from marketplace.core.policy import Permission, require


def party(ctx: Context, trade_id: str, permission: Permission) -> tuple[Trade, Intent]:
    """The trade and the acting organisation's intent. Raises NotFound or Forbidden."""
    trade = get(ctx.session, Trade, trade_id)
    intent = own_intent(ctx, trade.id)
    if intent is None:
        raise Forbidden(permission.name) if READ_TRADE.allows(ctx.actor, trade) else NotFound
    require(ctx, permission, intent)
    return trade, intent
