"""The opening: at the end of the time for sealed quotations, all of them at once, into the journal."""

from auctions.offers.sealing import open_all
from auctions.procedure import Clock, Procedure
from auctions.trades.events import TradeMoved
from auctions.trades.kinds import procedure_of
from marketplace.core.context import Context
from marketplace.core.db import JSONValue
from marketplace.core.journal import record


def open_offers(ctx: Context, event: TradeMoved) -> None:
    """Follow a trade that the clock moved out of a sealed state: whatever was handed in is known to everybody.

    A trade that is ended by hand before that is never opened.
    """
    stages = _left(procedure_of(event.trade.kind), event.name)
    opened: list[JSONValue] = [
        {
            "code": offer.intent.code,
            "position": offer.position,
            "amount_fen": offer.amount_fen,
            "salt": offer.salt,
        }
        for stage in sorted(stages)
        for offer in open_all(ctx, event.trade.id, stage, event.moment)
    ]
    if opened:
        record(ctx, "trade.offers_opened", event.trade.id, {"offers": opened})


def _left(procedure: Procedure, move: str) -> frozenset[str]:
    """The sealed states that this move of the clock leads out of."""
    clock: Clock | None = next((one for one in procedure.clocks if one.name == move), None)
    if clock is None or clock.target is None or clock.target in procedure.sealed:
        return frozenset()
    return clock.source & procedure.sealed
