"""Keeping hands apart: who ran a trade does not settle its money, and who settles does not run it."""

from sqlalchemy import or_, select

from auctions.deposits.models import Deposit
from auctions.intents.models import Intent
from auctions.trades.models import Trade
from marketplace.core.context import Context


def settled_here(ctx: Context, trade_id: str, person: str | None) -> bool:
    """Did this person record or check money in this trade?"""
    query = select(Deposit.id).where(
        Deposit.trade_id == trade_id, or_(Deposit.recorded_by == person, Deposit.checked_by == person)
    )
    return ctx.session.scalars(query.limit(1)).first() is not None


def hosted(ctx: Context, trade_id: str, person: str | None) -> bool:
    """Did this person announce the trade, or decide about a party in it?"""
    trade = ctx.session.get_one(Trade, trade_id)
    if person in {trade.announced_by, trade.submitted_by}:
        return True
    rows = ctx.session.execute(
        select(Intent.opined_by, Intent.opinion).where(Intent.trade_id == trade_id)
    ).all()
    return any(person in {by, opinion.get("overruled_by")} for by, opinion in rows)
