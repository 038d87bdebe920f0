"""On the trade's page: the way to one's own offer, and after the opening what everybody offered."""

from flask import render_template

from auctions.offers.policy import MAKE
from auctions.offers.queries import may_offer, opened_offers, own_intent, own_offer, running
from auctions.trades.models import Trade
from marketplace.core.context import Context
from marketplace.core.lookup import find


def offers_panel(ctx: Context, trade_id: str) -> str:
    """A card, or nothing while there is nothing to offer and nothing was opened."""
    trade = find(ctx.session, Trade, trade_id)
    if trade is None:
        return ""
    intent = own_intent(ctx, trade_id)
    mine = intent is not None and MAKE.allows(ctx.actor, intent)
    can = intent is not None and mine and may_offer(ctx, trade, intent)
    offered = own_offer(ctx, intent) is not None if intent is not None and mine else False
    opened = opened_offers(ctx, trade_id)
    if not (can or offered or opened):
        return ""
    return render_template(
        "auctions/offers/_panel.html",
        trade=trade,
        can=can,
        offered=offered,
        opened=opened,
        own_code=intent.code if intent is not None and mine else "",
        period=running(ctx, trade) if can else None,
    )
