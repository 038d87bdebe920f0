"""What intents do when their trade ends: those still undecided lapse with it."""

from auctions.intents.lifecycle import INTENT, UNDECIDED, leave
from auctions.intents.models import QUALIFIED
from auctions.trades.events import TradeMoved
from auctions.trades.facts import intents_of
from auctions.trades.kinds import procedure_of
from marketplace.core.context import Context


def lapse_with_trade(ctx: Context, moved: TradeMoved) -> None:
    """Let the undecided intents of a trade that is over lapse, as of the same moment."""
    if moved.trade.state not in procedure_of(moved.trade.kind).final:
        return
    for intent in intents_of(ctx, moved.trade):
        if intent.state in UNDECIDED | {QUALIFIED}:
            INTENT.follow(ctx, intent, "lapse")
            leave(ctx, intent, moved.moment)
