"""The way of an intent: registered, looked at by the host, answered by the seller, qualified, paid for, eligible.

An opinion that the seller does not answer in time stands: silence is consent. Who has qualified pays the deposit by the
cut-off, or is out; a payment that was declared in time waits for the desk, which goes by the bank's value date.
"""

from datetime import datetime
from typing import Any

from auctions.intents import models as m
from auctions.intents.events import IntentLeft, IntentQualified
from auctions.intents.policy import EDIT, REPLY, REVIEW
from auctions.terms import law
from auctions.terms.sale import chosen
from auctions.trades.kinds import procedure_of, terms_from
from marketplace.core.calendar import Calendar
from marketplace.core.context import Context
from marketplace.core.db import JSONObject
from marketplace.core.events import happened
from marketplace.core.lifecycle import Appointment, Consequence, Lifecycle, Transition

UNDECIDED = frozenset({m.REGISTERED, m.SUPPLEMENT, m.OPINED, m.DISPUTED})


def _silence(intent: Any, calendar: Calendar) -> datetime | None:
    """When the seller's time to answer is over; not while the trade is suspended."""
    if intent.trade.suspended_at is not None:
        return None
    return law.SELLER_REPLY.run(intent.clock_from, calendar).end


def _cut_off(intent: Any, _calendar: Calendar) -> datetime | None:
    """When the deposit had to be there, if nothing was declared that the desk still has to look at."""
    if intent.trade.suspended_at is not None or intent.payment_pending:
        return None
    due: datetime | None = intent.deposit_due
    return due


def deposit_due(intent: Any, moment: datetime, calendar: Calendar) -> datetime:
    """The cut-off for who qualifies at `moment`: the end of the days that the announcement gives."""
    terms = terms_from(procedure_of(intent.trade.kind), intent.trade.terms)
    days = getattr(terms, "deposit_wd", 0)
    return chosen(law.DEPOSIT_PAYMENT, days).run(moment, calendar).end


def qualify(ctx: Context, intent: Any, moment: datetime) -> None:
    """What follows when an intent has qualified as of `moment`: its cut-off is fixed, and the deposit is asked for."""
    intent.qualified_at = intent.clock_from = moment
    intent.deposit_due = deposit_due(intent, moment, ctx.calendar)
    INTENT.arm(ctx, intent)
    happened(ctx, IntentQualified(intent, moment))


def start_anew(ctx: Context, intent: Any, moment: datetime) -> None:
    """Begin the time of the present step again, after a suspension: nobody's time is cut short."""
    intent.clock_from = moment
    if intent.state == m.QUALIFIED:
        intent.deposit_due = deposit_due(intent, moment, ctx.calendar)
    INTENT.arm(ctx, intent)


def leave(ctx: Context, intent: Any, moment: datetime) -> None:
    """What follows when an intent is out as of `moment`."""
    intent.settled_at = moment
    intent.payment_pending = False
    happened(ctx, IntentLeft(intent, moment))


def _code(intent: Any) -> JSONObject:
    return {"intent": intent.id, "code": intent.code}


INTENT = Lifecycle(
    noun="intent",
    states=(
        *(m.REGISTERED, m.SUPPLEMENT, m.OPINED, m.DISPUTED, m.QUALIFIED, m.ELIGIBLE),
        *(m.REJECTED, m.WITHDRAWN, m.UNPAID, m.LAPSED),
    ),
    initial=m.REGISTERED,
    final=frozenset({m.ELIGIBLE, m.REJECTED, m.WITHDRAWN, m.UNPAID, m.LAPSED}),
    transitions=(
        Transition("ask", frozenset({m.REGISTERED}), m.SUPPLEMENT, REVIEW),
        Transition("supplement", frozenset({m.SUPPLEMENT}), m.REGISTERED, EDIT),
        Transition("opine", frozenset({m.REGISTERED, m.SUPPLEMENT}), m.OPINED, REVIEW),
        Transition("reject", frozenset({m.REGISTERED, m.SUPPLEMENT, m.DISPUTED}), m.REJECTED, REVIEW),
        Transition("agree", frozenset({m.OPINED}), m.QUALIFIED, REPLY),
        Transition("object", frozenset({m.OPINED}), m.DISPUTED, REPLY),
        Transition("overrule", frozenset({m.DISPUTED}), m.QUALIFIED, REVIEW),
        Transition("withdraw", UNDECIDED | {m.QUALIFIED}, m.WITHDRAWN, EDIT),
    ),
    consequences=(
        Consequence("pay", frozenset({m.QUALIFIED}), m.ELIGIBLE),
        Consequence("lapse", UNDECIDED | {m.QUALIFIED}, m.LAPSED),
    ),
    deadlines=(
        Appointment(
            "fall_silent", frozenset({m.OPINED}), m.QUALIFIED, _silence, (law.SELLER_REPLY,), qualify
        ),
        Appointment("miss", frozenset({m.QUALIFIED}), m.UNPAID, _cut_off, (law.DEPOSIT_PAYMENT,), leave),
    ),
    events={
        "ask": "supplement_asked",
        "supplement": "supplemented",
        "opine": "found_qualified",
        "reject": "rejected",
        "agree": "accepted",
        "object": "disputed",
        "overrule": "dispute_overruled",
        "withdraw": "withdrawn",
        "pay": "eligible",
        "fall_silent": "silently_accepted",
        "miss": "unpaid",
    },
    about=lambda intent: str(intent.trade_id),
    said=_code,
)
