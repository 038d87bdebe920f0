"""Which gates a trade has passed: a record holds for the text it was made for, until it expires."""

from datetime import date, timedelta

from sqlalchemy import select

from auctions.gates.models import GATES, REFUSED, TITLE, GateRecord
from auctions.trades.models import Trade
from listings.achievements.models import PUBLISHED
from marketplace.core.clock import local_date
from marketplace.core.context import Context

#: How old a look at the register of rights may be when a trade is announced.
REGISTER_DAYS = 30


def records_of(ctx: Context, trade: Trade) -> list[GateRecord]:
    """Every assessment of the trade, the oldest first."""
    query = select(GateRecord).where(GateRecord.trade_id == trade.id)
    return list(ctx.session.scalars(query.order_by(GateRecord.n)))


def standing_records(ctx: Context, trade: Trade) -> dict[str, GateRecord]:
    """The last record of each gate that holds for the trade's text today."""
    today = local_date(ctx.now)
    return {record.gate: record for record in records_of(ctx, trade) if _holds(record, trade, today)}


def last_day_of(gate: str, checked_on: date | None) -> date | None:
    """Until when an assessment counts, if its assessor does not say."""
    return checked_on + timedelta(days=REGISTER_DAYS) if gate == TITLE and checked_on is not None else None


def _holds(record: GateRecord, trade: Trade, today: date) -> bool:
    """Whatever its assessor said: a trade is announced on a fresh look at the register."""
    fresh = last_day_of(record.gate, record.checked_on)
    stale = trade.announced_at is None and fresh is not None and fresh < today
    expired = record.expires_on is not None and record.expires_on < today
    return record.subject == trade.digest and not stale and not expired


def gates_open(ctx: Context, trade: Trade) -> bool:
    """Has every gate been passed for the text as it is, and is the achievement still public?"""
    standing = standing_records(ctx, trade)
    return trade.achievement.state == PUBLISHED and all(
        gate in standing and standing[gate].result != REFUSED for gate in GATES
    )
