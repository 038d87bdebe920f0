"""On the trade's page: how to take part, one's own intent and its next step, numbers for everybody."""

from flask import render_template

from auctions.intents.labels import NEXT, state_label
from auctions.intents.lifecycle import INTENT
from auctions.intents.policy import EDIT, REGISTER
from auctions.intents.queries import counts_of, flags_of, intents_seen, is_open
from auctions.intents.services import own_intent
from auctions.procedure import PUBLIC
from auctions.trades.kinds import procedure_of
from auctions.trades.models import Trade
from marketplace.core.context import Context
from marketplace.core.lookup import find


def register_panel(ctx: Context, trade_id: str) -> str:
    """A card, or nothing before the trade is announced."""
    trade = find(ctx.session, Trade, trade_id)
    if trade is None or trade.seen != PUBLIC:
        return ""
    mine = own_intent(ctx, trade.id) if ctx.actor.org_id else None
    mine = mine if mine is not None and EDIT.allows(ctx.actor, mine) else None
    state = INTENT.state_now(ctx, mine) if mine is not None else ""
    seller = ctx.actor.org_id == trade.holder_id
    others = [intent for intent in intents_seen(ctx, trade) if intent is not mine]
    return render_template(
        "auctions/intents/_panel.html",
        trade=trade,
        counts=counts_of(ctx, trade.id),
        mine=mine,
        state=state_label(state) if state else None,
        next_step=NEXT[state] if state else "",
        open=is_open(ctx, trade),
        paused=trade.suspended_at is not None and trade.state in procedure_of(trade.kind).registering,
        seller=seller,
        may_register=REGISTER.possible(ctx.actor) and not seller,
        rows=[(i, state_label(INTENT.state_now(ctx, i)), flags_of(ctx, i)) for i in others],
    )
