"""Who holds a right of first refusal in a trade: completers, co-owners; found from what is already known.

民法典 art. 847 gives it to the completers of a service achievement when the unit transfers it, art. 860 to co-owners.
A licence does not trigger it.
"""

from collections.abc import Iterator

from auctions.priority.models import CO_OWNER, COMPLETER, PriorityHolder
from auctions.trades.facts import holders_of
from auctions.trades.lot import lot_from
from auctions.trades.models import Trade
from listings.achievements.content import from_json
from listings.achievements.reach import public_revision
from listings.rights import co_owners
from marketplace.accounts.roles import UNIVERSITY
from marketplace.core.context import Context
from marketplace.core.ids import new_id

#: The only mode that moves the title: the right of first refusal stands against nothing else.
ASSIGNMENT = "assignment"


def find_holders(ctx: Context, trade: Trade) -> list[PriorityHolder]:
    """Put down the holders that are known and not yet down. In an order: co-owners before completers.

    Where the title no longer moves, nobody holds the right: who was put down is taken off.
    """
    if lot_from(trade.lot).mode != ASSIGNMENT:
        for holder in holders_of(ctx, trade):
            ctx.session.delete(holder)
    held = {(holder.kind, holder.name) for holder in holders_of(ctx, trade)}
    for kind, name in _known(trade):
        if (kind, name) not in held:
            held.add((kind, name))
            ctx.session.add(holder_row(ctx, trade, kind, name, len(held)))
    ctx.session.flush()
    return holders_of(ctx, trade)


def holder_row(ctx: Context, trade: Trade, kind: str, name: str, place: int) -> PriorityHolder:
    """A row for the holder in that place of the trade's list."""
    return PriorityHolder(
        id=new_id("prh", ctx.now),
        trade_id=trade.id,
        code=f"Y{place:02d}",
        kind=kind,
        name=name,
        rank=2 if kind == COMPLETER else 1,
    )


def _known(trade: Trade) -> Iterator[tuple[str, str]]:
    lot, holder = lot_from(trade.lot), trade.holder
    if lot.mode != ASSIGNMENT:
        return
    for name in co_owners(lot.rights, holder.name):
        yield CO_OWNER, name
    revision = public_revision(trade.achievement)
    if holder.kind == UNIVERSITY and revision is not None:
        for person in from_json(revision.content).completers:
            if person.name.strip():
                yield COMPLETER, person.name.strip()
