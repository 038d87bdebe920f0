"""Questions about offers. Nobody gets an amount out of here that was not opened, but whoever handed it in."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import lazyload

from auctions.intents.models import ELIGIBLE, Intent
from auctions.offers.commitments import Said, committed
from auctions.offers.models import TradeOffer
from auctions.procedure import Facts
from auctions.trades.facts import runs_of
from auctions.trades.kinds import procedure_of, terms_from
from auctions.trades.models import Trade
from marketplace.core.context import Context
from marketplace.core.period import Period

#: An intent without the trade and the party that come with it: the hot path needs neither.
_ALONE = (lazyload(Intent.trade), lazyload(Intent.bidder))


@dataclass(frozen=True)
class OpenedOffer:
    """A line of the table that everybody may read once the offers were opened."""

    code: str
    position: int
    amount_fen: int
    at: datetime


@dataclass(frozen=True)
class Receipt:
    """What the party itself gets for its offer. `text` is what was hashed to `commitment`."""

    number: str
    code: str
    position: int
    stage: str
    amount_fen: int
    at: datetime
    commitment: str
    salt: str
    text: str


def opened_offers(ctx: Context, trade_id: str) -> list[OpenedOffer]:
    """In the order of the log; nothing before the opening, not even how many there are."""
    query = (
        select(Intent.code, TradeOffer.position, TradeOffer.amount_fen, TradeOffer.at)
        .join(Intent, Intent.id == TradeOffer.intent_id)
        .where(TradeOffer.trade_id == trade_id, TradeOffer.opened_at.is_not(None))
        .order_by(TradeOffer.position)
    )
    return [OpenedOffer(*row) for row in ctx.session.execute(query).all()]


def own_intent(ctx: Context, trade_id: str) -> Intent | None:
    """The intent of the acting organisation in the trade."""
    if ctx.actor.org_id is None:
        return None
    query = select(Intent).where(Intent.trade_id == trade_id, Intent.bidder_id == ctx.actor.org_id)
    return ctx.session.scalars(query.options(*_ALONE)).one_or_none()


def own_offer(ctx: Context, intent: Intent) -> TradeOffer | None:
    """The newest offer that was made by this intent. The caller has made sure that it is the actor's own."""
    query = select(TradeOffer).where(TradeOffer.intent_id == intent.id).order_by(TradeOffer.position.desc())
    return ctx.session.scalars(query.limit(1)).unique().first()


def receipt_of(offer: TradeOffer) -> Receipt:
    """The receipt of an offer of one's own."""
    intent = offer.intent
    said = Said(offer.trade_id, intent.code, offer.stage, offer.amount_fen, offer.position)
    return Receipt(
        number=receipt_number(intent.trade, offer.position),
        code=intent.code,
        position=offer.position,
        stage=offer.stage,
        amount_fen=offer.amount_fen,
        at=offer.at,
        commitment=offer.commitment,
        salt=offer.salt,
        text=committed(said, offer.salt).decode(),
    )


def receipt_number(trade: Trade, position: int) -> str:
    """The human number of an offer."""
    return f"{trade.number}-{position:03d}"


def takes_offers(ctx: Context, trade: Trade) -> bool:
    """Is this, as far as a reader can tell, a moment in which the trade takes offers?"""
    procedure = procedure_of(trade.kind)
    late = trade.next_deadline is not None and trade.next_deadline <= ctx.now
    return trade.state in procedure.offering and trade.suspended_at is None and not late


def running(ctx: Context, trade: Trade) -> Period | None:
    """The period that runs, worked out without a look at what was offered in it."""
    procedure = procedure_of(trade.kind)
    facts = Facts(trade.state, terms_from(procedure, trade.terms), runs_of(trade))
    return procedure.running(facts, ctx.calendar)


def may_offer(ctx: Context, trade: Trade, intent: Intent) -> bool:
    """Can this party hand in an offer now?"""
    return intent.state == ELIGIBLE and takes_offers(ctx, trade) and not _offered_in(ctx, intent, trade.state)


def _offered_in(ctx: Context, intent: Intent, stage: str) -> bool:
    query = select(TradeOffer.id).where(TradeOffer.intent_id == intent.id, TradeOffer.stage == stage)
    return ctx.session.scalar(query.limit(1)) is not None
