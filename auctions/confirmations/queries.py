"""Questions about confirmations: the one of a trade, the one that bears a code, who buys."""

from dataclasses import dataclass

from sqlalchemy import select

from auctions.confirmations.models import Confirmation
from auctions.priority.models import COMPLETER
from auctions.procedure import Move, Refusal, Result
from auctions.trades.facts import facts_of, holders_of, intents_of
from auctions.trades.kinds import procedure_of
from auctions.trades.models import Trade
from marketplace.core.context import Context
from marketplace.core.errors import NotFound
from marketplace.core.paper_codes import typed_code


@dataclass(frozen=True)
class Buyer:
    """Who buys. `public_name` is empty where it is a person's."""

    name: str
    public_name: str
    org_id: str | None = None
    priority_id: str | None = None
    user_id: str | None = None


def confirmation_of(ctx: Context, trade_id: str) -> Confirmation | None:
    """The confirmation of a trade, if its deal was confirmed."""
    return (
        ctx.session.scalars(select(Confirmation).where(Confirmation.trade_id == trade_id))
        .unique()
        .one_or_none()
    )


def confirmation_by(ctx: Context, code: str) -> Confirmation | None:
    """The confirmation that a reader's code names, however it was typed."""
    typed = typed_code(code)
    if typed is None:
        return None
    return ctx.session.scalars(select(Confirmation).where(Confirmation.code == typed)).unique().one_or_none()


def buyer_of(ctx: Context, trade: Trade, result: Result) -> Buyer:
    """Whom the code of a result stands for. Raises NotFound for nobody's."""
    for intent in intents_of(ctx, trade):
        if intent.code == result.buyer:
            return Buyer(intent.bidder.name, intent.bidder.name, org_id=intent.bidder_id)
    for holder in holders_of(ctx, trade):
        if holder.code == result.buyer:
            public = "" if holder.kind == COMPLETER else holder.name
            return Buyer(holder.name, public, priority_id=holder.id, user_id=holder.user_id)
    raise NotFound


def confirming(trade: Trade) -> Move | None:
    """The move that would confirm the deal, if this is the state for it."""
    procedure = procedure_of(trade.kind)
    moves = (move for move in procedure.moves if move.target in procedure.succeeded)
    return next((move for move in moves if trade.state in move.source), None)


def in_the_way(ctx: Context, trade: Trade, move: Move) -> Refusal | None:
    """Why the deal cannot be confirmed now."""
    return move.guard(facts_of(ctx, trade))
