"""Questions about deposits. Every list is filtered by the right to see the desk."""

from sqlalchemy import Select, func, select

from auctions.deposits import models as d
from auctions.deposits.models import Deposit
from auctions.deposits.policy import DESK
from marketplace.core.context import Context

#: What the desk has to do, in the order of its tabs.
TABS = {
    "to_record": frozenset({d.REQUIRED, d.DECLARED, d.REJECTED}),
    "to_check": frozenset({d.RECORDED}),
    "held": frozenset({d.LOCKED}),
    "refunds": frozenset({d.REFUND_DUE, d.REFUND_RECORDED}),
    "forfeits": frozenset({d.FORFEIT_PROPOSED}),
    "ended": frozenset({d.UNPAID, d.REFUNDED, d.APPLIED, d.FORFEITED}),
}


def on_the_desk(ctx: Context, tab: str) -> Select[Deposit]:
    """The deposits of a tab, those with the nearest date first."""
    seen = (DESK.clause(ctx.actor, Deposit), Deposit.state.in_(sorted(TABS[tab])))
    when = func.coalesce(Deposit.refund_by, Deposit.due_at)
    return select(Deposit).where(*seen).order_by(when, Deposit.id)


def tab_counts(ctx: Context) -> dict[str, int]:
    """How many there are in each tab."""
    counted = select(Deposit.state, func.count()).where(DESK.clause(ctx.actor, Deposit))
    states = dict(ctx.session.execute(counted.group_by(Deposit.state)).all())
    return {tab: sum(states.get(state, 0) for state in held) for tab, held in TABS.items()}


def awaiting_money(ctx: Context) -> list[Deposit]:
    """The deposits that a line of a bank's statement may belong to."""
    return list(ctx.session.scalars(on_the_desk(ctx, "to_record")).unique())
