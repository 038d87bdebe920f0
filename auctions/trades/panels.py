"""On an achievement's page: the trade that runs, or that succeeded."""

from flask import render_template

from auctions.procedure import PUBLIC
from auctions.trades.drafting import trade_alive
from auctions.trades.kinds import procedure_of
from auctions.trades.labels import deadline_words, state_words
from marketplace.core.context import Context
from marketplace.core.i18n import current_language


def running_panel(ctx: Context, achievement_id: str) -> str:
    """A card; nothing before the announcement, or once a trade is over without a buyer."""
    trade = trade_alive(ctx, achievement_id)
    if trade is None or trade.seen != PUBLIC:
        return ""
    running = trade.ended_at is None
    return render_template(
        "auctions/trades/_running.html",
        trade=trade,
        running=running,
        procedure=procedure_of(trade.kind).words.text(current_language()),
        state=state_words(trade.kind, trade.state),
        end=deadline_words(trade.next_deadline) if running and trade.suspended_at is None else "",
    )
