"""Questions about intents. Every list is filtered by the permission to read."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select

from auctions.deposits.shared_accounts import shared_codes
from auctions.intents import models as m
from auctions.intents.hindrances import principal_related
from auctions.intents.models import OUT_OF_IT, Intent
from auctions.intents.policy import EDIT, READ, REVIEW
from auctions.intents.statement import YES, statement_from
from auctions.trades.engine import period_now
from auctions.trades.facts import intents_of
from auctions.trades.kinds import procedure_of
from auctions.trades.models import Trade
from marketplace.core.context import Context

#: What waits for the host.
FOR_HOST = (m.REGISTERED, m.DISPUTED)
REVIEWING = "reviewing"


@dataclass(frozen=True)
class Counts:
    """What everybody may know: how many have registered, and how many of them declared a relation."""

    alive: int
    related: int


@dataclass(frozen=True)
class Flags:
    """What seller and host are told about a party besides its own words."""

    related: bool
    principal_related: bool
    shared_account: bool


def own_intents(ctx: Context) -> Select[Intent]:
    """Those of the acting organisation, the newest first."""
    mine = (READ.clause(ctx.actor, Intent), Intent.bidder_id == ctx.actor.org_id)
    return select(Intent).where(*mine).order_by(Intent.registered_at.desc(), Intent.id.desc())


def readable_intents(ctx: Context, state: str = "") -> Select[Intent]:
    """Those the actor may read, the newest first."""
    query = (
        select(Intent)
        .where(READ.clause(ctx.actor, Intent))
        .order_by(Intent.registered_at.desc(), Intent.id.desc())
    )
    return query.where(Intent.state == state) if state else query


def to_review(ctx: Context) -> Select[Intent]:
    """What waits for the host, the oldest first."""
    waiting = (REVIEW.clause(ctx.actor, Intent), Intent.state.in_(FOR_HOST))
    return select(Intent).where(*waiting).order_by(Intent.clock_from, Intent.id)


def own_in_state(ctx: Context, *states: str) -> Select[Intent]:
    """Those of the acting organisation in one of these states."""
    mine = (EDIT.clause(ctx.actor, Intent), Intent.state.in_(states))
    return select(Intent).where(*mine).order_by(Intent.clock_from, Intent.id)


def intents_seen(ctx: Context, trade: Trade) -> list[Intent]:
    """The intents of a trade that the actor may read, in the order of registration."""
    return [intent for intent in intents_of(ctx, trade) if READ.allows(ctx.actor, intent)]


def counts_of(ctx: Context, trade_id: str) -> Counts:
    """For the public: numbers without names."""
    query = select(Intent.statement).where(Intent.trade_id == trade_id, Intent.state.not_in(OUT_OF_IT))
    said = [statement_from(stored) for stored in ctx.session.scalars(query)]
    return Counts(len(said), sum(one.related == YES for one in said))


def number_of(ctx: Context, trade_id: str) -> int:
    """How many intents of a trade are alive."""
    query = select(func.count()).where(Intent.trade_id == trade_id, Intent.state.not_in(OUT_OF_IT))
    return int(ctx.session.scalar(query) or 0)


def flags_of(ctx: Context, intent: Intent) -> Flags:
    """What stands out about a party."""
    return Flags(
        related=statement_from(intent.statement).related == YES,
        principal_related=principal_related(intents_of_holder(ctx, intent.holder_id), intent),
        shared_account=intent.code in shared_codes(ctx, intent.trade_id),
    )


def intents_of_holder(ctx: Context, holder_id: str) -> list[Intent]:
    """Every intent that was ever registered for something of this seller."""
    query = select(Intent).where(Intent.holder_id == holder_id)
    return list(ctx.session.scalars(query).unique())


def is_open(ctx: Context, trade: Trade) -> bool:
    """Does a trade take intents at this moment?"""
    registering = trade.state in procedure_of(trade.kind).registering and trade.suspended_at is None
    return registering and (trade.next_deadline is None or trade.next_deadline > ctx.now)


def opinion_due(ctx: Context, intent: Intent) -> datetime | None:
    """Until when the host gives its opinion: the end of the review, once the listing is over."""
    trade = intent.trade
    if trade.state != REVIEWING or trade.suspended_at is not None:
        return None
    period = period_now(ctx, trade)
    return period.end if period is not None else None
