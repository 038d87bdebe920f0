"""Which gates a trade has passed: a record holds for the text it was made for, until it expires."""

from sqlalchemy import select

from auctions.gates.models import GATES, REFUSED, GateRecord
from auctions.trades.models import Trade
from listings.achievements.models import PUBLISHED
from marketplace.core.clock import local_date
from marketplace.core.context import Context


def records_of(ctx: Context, trade: Trade) -> list[GateRecord]:
    """Every assessment of the trade, the oldest first."""
    query = select(GateRecord).where(GateRecord.trade_id == trade.id)
    return list(ctx.session.scalars(query.order_by(GateRecord.n)))


def standing_records(ctx: Context, trade: Trade) -> dict[str, GateRecord]:
    """The last record of each gate that holds for the trade's text today."""
    today = local_date(ctx.now)
    return {
        record.gate: record
        for record in records_of(ctx, trade)
        if record.subject == trade.digest and (record.expires_on is None or record.expires_on >= today)
    }


def gates_open(ctx: Context, trade: Trade) -> bool:
    """Has every gate been passed for the text as it is, and is the achievement still public?"""
    standing = standing_records(ctx, trade)
    return trade.achievement.state == PUBLISHED and all(
        gate in standing and standing[gate].result != REFUSED for gate in GATES
    )
