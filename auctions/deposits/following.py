"""What deposits do when something else happens: they are asked for, expire, and are due back."""

from datetime import datetime

from sqlalchemy import select

from auctions.deposits.lifecycle import DEPOSIT, UNSETTLED
from auctions.deposits.models import LOCKED, RECORDED, Deposit
from auctions.intents.events import IntentLeft, IntentQualified
from auctions.intents.lifecycle import INTENT
from auctions.intents.models import Intent
from auctions.terms import law
from auctions.trades.events import TradeMoved
from auctions.trades.facts import facts_of
from auctions.trades.kinds import procedure_of, terms_from
from auctions.trades.models import Trade
from marketplace.core.context import Context
from marketplace.core.db import JSONObject
from marketplace.core.ids import new_id, next_number
from marketplace.core.journal import record

DECIDED, DEFAULTED = "decided", "defaulted"
PRIORITY_BUYER = "first_refusal"


def ask_for_deposit(ctx: Context, qualified: IntentQualified) -> None:
    """A party that has qualified owes its deposit; where none is asked for, it is eligible at once."""
    intent = qualified.intent
    due_fen = getattr(terms_from(procedure_of(intent.trade.kind), intent.trade.terms), "deposit_fen", 0)
    if not due_fen:
        INTENT.follow(ctx, intent, "pay")
        intent.settled_at = qualified.moment
        return
    made = Deposit(
        id=new_id("dep", ctx.now),
        number=next_number(ctx, "BZ"),
        trade_id=intent.trade_id,
        intent_id=intent.id,
        intent=intent,
        bidder_id=intent.bidder_id,
        zone_id=intent.zone_id,
        due_fen=due_fen,
        due_at=intent.deposit_due,
    )
    DEPOSIT.begin(ctx, made)
    ctx.session.add(made)
    ctx.session.flush()
    told: JSONObject = {"deposit": made.id, "code": intent.code, "due_fen": due_fen}
    record(ctx, "deposit.required", intent.trade_id, told)


def let_go(ctx: Context, left: IntentLeft) -> None:
    """The deposit of a party that is out expires, or is due back."""
    deposit = deposit_of(ctx, left.intent)
    if deposit is None:
        return
    if deposit.state in UNSETTLED:
        DEPOSIT.follow(ctx, deposit, "expire")
    else:
        release(ctx, deposit, left.moment)


def settle_with_trade(ctx: Context, moved: TradeMoved) -> None:
    """Cut-offs move with a suspension; once the buyer is known the others get their money back, at the end everybody."""
    trade = moved.trade
    for deposit in deposits_in(ctx, trade.id):
        if deposit.state in UNSETTLED and deposit.intent.deposit_due is not None:
            deposit.due_at = deposit.intent.deposit_due
    if not buyer_known(trade):
        return
    buyer = buyer_code(ctx, trade)
    for deposit in deposits_in(ctx, trade.id):
        if deposit.intent.code != buyer:
            release(ctx, deposit, moved.moment)


def release(ctx: Context, deposit: Deposit, moment: datetime) -> None:
    """Money that came in is due back, from this moment on."""
    if deposit.state not in {RECORDED, LOCKED}:
        return
    deposit.refund_from = moment
    deposit.refund_by = law.DEPOSIT_REFUND.run(moment, ctx.calendar).end
    DEPOSIT.follow(ctx, deposit, "release")


def buyer_known(trade: Trade) -> bool:
    """Is it decided who buys, or that nobody does?"""
    return trade.state == DECIDED or trade.state in procedure_of(trade.kind).final


def buyer_code(ctx: Context, trade: Trade) -> str:
    """The code of the party that buys, or bought and defaulted; empty when no party does."""
    procedure = procedure_of(trade.kind)
    if trade.state not in procedure.succeeded | {DECIDED, DEFAULTED}:
        return ""
    found = procedure.result(facts_of(ctx, trade))
    return "" if found is None or found.how == PRIORITY_BUYER else found.buyer


def deposit_of(ctx: Context, intent: Intent) -> Deposit | None:
    query = select(Deposit).where(Deposit.intent_id == intent.id)
    return ctx.session.scalars(query).unique().one_or_none()


def deposits_in(ctx: Context, trade_id: str) -> list[Deposit]:
    """The deposits of a trade, by the parties' codes."""
    query = select(Deposit).where(Deposit.trade_id == trade_id).order_by(Deposit.id)
    return list(ctx.session.scalars(query).unique())
