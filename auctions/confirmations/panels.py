"""On the trade's page: the confirmed deal, the host's way to it, and the protocol once there is one."""

from flask import render_template

from auctions.awards import how_words
from auctions.confirmations.policy import READ_PAPER
from auctions.confirmations.queries import confirmation_of, confirming
from auctions.protocols.moments import over
from auctions.trades.engine import words
from auctions.trades.kinds import procedure_of
from auctions.trades.models import Trade
from auctions.trades.policy import HOST
from marketplace.core.context import Context
from marketplace.core.lookup import find


def confirmation_panel(ctx: Context, trade_id: str) -> str:
    """A card, or nothing before anybody can know the outcome."""
    trade = find(ctx.session, Trade, trade_id)
    if trade is None or trade.announced_at is None:
        return ""
    procedure = procedure_of(trade.kind)
    if not over(procedure, trade.state):
        return ""
    confirmation = confirmation_of(ctx, trade_id)
    return render_template(
        "auctions/confirmations/_panel.html",
        trade=trade,
        confirmation=confirmation,
        how=words(how_words(confirmation.how)) if confirmation is not None else "",
        awaiting=confirming(trade) is not None,
        may_confirm=HOST.allows(ctx.actor, trade) and confirming(trade) is not None,
        paper=confirmation is not None and READ_PAPER.allows(ctx.actor, confirmation),
    )
