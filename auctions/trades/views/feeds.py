"""Feeds: iCalendar for those who must not miss a closing time."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from auctions.procedure import PUBLIC
from auctions.trades.engine import period_now
from auctions.trades.models import Trade
from auctions.trades.policy import READ
from auctions.trades.queries import fresh, public_trades
from auctions.trades.views.hall import asked_for
from marketplace.accounts.addresses import path_to, public_address
from marketplace.core.context import Context
from marketplace.core.errors import NotFound
from marketplace.web.calendar_feed import Appointment, calendar_file
from marketplace.web.context import current
from marketplace.web.guard import requires

feeds = Blueprint("trade_feeds", __name__)

MOST = 200


@feeds.get("/trades.ics")
@requires(READ)
def calendar() -> ResponseReturnValue:
    """The ends of the periods that run, as a calendar (RFC 5545), narrowed as the hall is."""
    ctx = current()
    query = public_trades(asked_for()).where(Trade.next_deadline.is_not(None), Trade.suspended_at.is_(None))
    found = ctx.session.scalars(query.limit(MOST)).unique()
    return _answer(ctx, [event for trade in found if (event := _event(ctx, trade)) is not None])


@feeds.get("/trades/<trade_id>.ics")
@requires(READ)
def one(trade_id: str) -> ResponseReturnValue:
    """The end of the period that runs in one trade; an empty calendar while none does."""
    ctx = current()
    trade = fresh(ctx, trade_id)
    if trade.seen != PUBLIC:
        raise NotFound
    event = _event(ctx, trade) if trade.suspended_at is None else None
    return _answer(ctx, [event] if event is not None else [])


def _event(ctx: Context, trade: Trade) -> Appointment | None:
    period = period_now(ctx, trade)
    if period is None:
        return None
    address = public_address(path_to("trades.page", trade_id=trade.id))
    return Appointment(
        f"{trade.id}-{len(trade.spells)}", period.end, f"交易截止：{trade.title}（{trade.number}）", address
    )


def _answer(ctx: Context, events: list[Appointment]) -> Response:
    return Response(calendar_file("trades", events, ctx.now), mimetype="text/calendar")
