"""The facts about a trade that its procedure decides by, read from the tables of the concepts around it."""

from itertools import groupby

from sqlalchemy import select

from auctions.gates.standing import gates_open
from auctions.intents.models import ELIGIBLE as INTENT_ELIGIBLE
from auctions.intents.models import OUT_OF_IT, Intent
from auctions.offers.models import TradeOffer
from auctions.priority.models import PriorityHolder
from auctions.procedure import ELIGIBLE, OUT, PENDING, Bidder, Facts, Holder, Offer, Run
from auctions.trades.kinds import procedure_of, terms_from
from auctions.trades.models import Trade
from marketplace.core.clock import local_date
from marketplace.core.context import Context
from marketplace.core.spells import Spell


def facts_of(ctx: Context, trade: Trade) -> Facts:
    """Everything the trade's procedure may look at, as it stands."""
    ctx.session.flush()
    procedure = procedure_of(trade.kind)
    return Facts(
        state=trade.state,
        terms=terms_from(procedure, trade.terms),
        runs=runs_of(trade),
        suspended_at=trade.suspended_at,
        bidders=tuple(_bidder(intent) for intent in intents_of(ctx, trade)),
        offers=tuple(
            Offer(offer.intent.code, offer.amount_fen, offer.position, offer.at)
            for offer in offers_of(ctx, trade)
        ),
        holders=tuple(
            Holder(holder.code, holder.rank, holder.notified_at, holder.answer, holder.answered_at)
            for holder in holders_of(ctx, trade)
        ),
        gates_open=gates_open(ctx, trade),
        today=local_date(ctx.now),
    )


def runs_of(trade: Trade) -> tuple[Run, ...]:
    """The running of each period, in order."""
    spells = sorted(trade.spells, key=lambda spell: (spell.run, spell.n))
    return tuple(
        Run(
            rows[0].period,
            tuple(Spell(row.started_at, row.stopped_at, row.extended, row.promised) for row in rows),
        )
        for _, group in groupby(spells, key=lambda spell: spell.run)
        if (rows := list(group))
    )


def intents_of(ctx: Context, trade: Trade) -> list[Intent]:
    """In the order of registration."""
    query = select(Intent).where(Intent.trade_id == trade.id).order_by(Intent.position)
    return list(ctx.session.scalars(query).unique())


def offers_of(ctx: Context, trade: Trade) -> list[TradeOffer]:
    """In the order of the log. Whoever calls this must not show amounts while they are sealed."""
    query = select(TradeOffer).where(TradeOffer.trade_id == trade.id).order_by(TradeOffer.position)
    return list(ctx.session.scalars(query).unique())


def holders_of(ctx: Context, trade: Trade) -> list[PriorityHolder]:
    """In the order of rank."""
    query = select(PriorityHolder).where(PriorityHolder.trade_id == trade.id)
    return list(ctx.session.scalars(query.order_by(PriorityHolder.rank, PriorityHolder.code)).unique())


def _bidder(intent: Intent) -> Bidder:
    state = ELIGIBLE if intent.state == INTENT_ELIGIBLE else OUT if intent.state in OUT_OF_IT else PENDING
    return Bidder(intent.code, intent.position, state, intent.settled_at)
