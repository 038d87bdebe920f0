"""What the page of a trade shows, gathered from what is kept: the period, the gates, the record, what went before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from auctions.gates.models import GATES, GateRecord
from auctions.gates.standing import records_of, standing_records
from auctions.procedure import Facts
from auctions.terms import law
from auctions.trades.facts import facts_of
from auctions.trades.kinds import procedure_of
from auctions.trades.labels import EVENTS, RESULTS, deadline_words
from auctions.trades.labels import GATES as GATE_WORDS
from auctions.trades.models import Trade
from auctions.trades.policy import HOST, SUBMIT
from auctions.trades.queries import intents_in, relisted_as
from auctions.trades.timeline import timeline_of
from listings.plans.models import Plan
from listings.plans.policy import READ as READ_PLAN
from listings.timeline import Node
from marketplace.core.context import Context
from marketplace.core.i18n import current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.journal import Entry, entries_of
from marketplace.core.period import Period
from marketplace.core.period_text import Explanation, explanation

#: Entries from here on are everybody's.
ANNOUNCED = "trade.announced"
#: Of what everybody may see, these say something of people who are not named.
INSIDE = frozenset({"holder_added", "holder_notified", "holder_waived", "holder_exercised", "question_asked"})


@dataclass(frozen=True)
class Clock:
    """The running period as a reader sees it. `stopped`: since when it stands still; `latest`: by when it goes on."""

    period: Period
    told: Explanation
    label: str
    end: str
    left: str
    stopped: datetime | None = None
    latest: str = ""


@dataclass(frozen=True)
class Event:
    """An entry of the trade's chain, in words."""

    entry: Entry
    words: str
    note: str


@dataclass(frozen=True)
class Gate:
    """A gate and the assessment of it that stands, if one does. `expired`: it stood when the trade was announced."""

    code: str
    name: str
    result: tuple[str, str] | None
    record: GateRecord | None
    expired: bool = False


@dataclass(frozen=True)
class Shown:
    """Everything on the page that is the trade's own."""

    trade: Trade
    facts: Facts
    clock: Clock | None
    nodes: Sequence[Node]
    gates: Sequence[Gate]
    events: Sequence[Event]
    intents: int
    plan: Plan | None
    before: Trade | None
    after: Trade | None


def shown(ctx: Context, trade: Trade) -> Shown:
    """The page of a trade, for whoever may read it."""
    facts = facts_of(ctx, trade)
    period = procedure_of(trade.kind).running(facts, ctx.calendar)
    plan = ctx.session.get(Plan, trade.plan_id) if trade.plan_id else None
    return Shown(
        trade=trade,
        facts=facts,
        clock=_clock(ctx, trade, period),
        nodes=timeline_of(trade, facts, period),
        gates=gates_of(ctx, trade),
        events=list(_events(ctx, trade)),
        intents=intents_in(ctx, [trade.id]).get(trade.id, 0),
        plan=plan if plan is not None and READ_PLAN.allows(ctx.actor, plan) else None,
        before=ctx.session.get(Trade, trade.before_id) if trade.before_id else None,
        after=relisted_as(ctx, trade),
    )


def gates_of(ctx: Context, trade: Trade) -> list[Gate]:
    """Every gate in order, with what stands for the text as it is."""
    standing = standing_records(ctx, trade)
    before = _announced_with(ctx, trade)
    found = []
    for code in GATES:
        record = standing.get(code) or before.get(code)
        result = RESULTS[record.result] if record is not None else None
        words = (str(result[0]), result[1]) if result is not None else None
        found.append(
            Gate(
                code,
                str(GATE_WORDS[code]),
                words,
                record,
                expired=record is not None and code not in standing,
            )
        )
    return found


def _announced_with(ctx: Context, trade: Trade) -> dict[str, GateRecord]:
    """The last record of each gate for the text that was announced, though its time may be over."""
    if trade.announced_at is None:
        return {}
    return {record.gate: record for record in records_of(ctx, trade) if record.subject == trade.digest}


def insider(ctx: Context, trade: Trade) -> bool:
    """Is the actor one of the seller's or the host's people?"""
    return SUBMIT.allows(ctx.actor, trade) or HOST.allows(ctx.actor, trade)


def left_words(end: datetime, now: datetime) -> str:
    days = (end - now).days
    return _("%(n)s 天", n=days) if days > 0 else _("今天截止")


def _clock(ctx: Context, trade: Trade, period: Period | None) -> Clock | None:
    if period is None:
        return None
    stopped = trade.suspended_at
    latest = law.SUSPENSION.run(stopped, ctx.calendar).end if stopped is not None else None
    words = procedure_of(trade.kind).stage(trade.state).words.text(current_language())
    return Clock(
        period=period,
        told=explanation(period, current_language()),
        label=_("%(stage)s，截止", stage=words),
        end=deadline_words(period.end),
        left=_("已中止") if stopped is not None else left_words(period.end, ctx.now),
        stopped=stopped,
        latest=deadline_words(latest),
    )


def _events(ctx: Context, trade: Trade) -> Iterator[Event]:
    """The public part for everybody, all of it for the seller and the host."""
    entries, inside = entries_of(ctx.session, trade.id), insider(ctx, trade)
    known = _move_words(trade)
    public = inside
    for entry in entries:
        public = public or entry.kind == ANNOUNCED
        name = entry.kind.removeprefix("trade.")
        if public and name in known and entry.kind != name and (inside or name not in INSIDE):
            yield Event(entry, _clock_words(trade, entry) or known[name], _note(entry))


def _move_words(trade: Trade) -> dict[str, str]:
    """By event: moves of people and of the clock, and what happens beside them."""
    procedure, language = procedure_of(trade.kind), current_language()
    moves = {move.event: move.words.text(language) for move in procedure.moves}
    clocks = {clock.event: clock.words.text(language) for clock in procedure.clocks}
    return {**clocks, **moves, **{name: str(words) for name, words in EVENTS.items()}}


def _clock_words(trade: Trade, entry: Entry) -> str:
    """Several clocks may say the same event: which of them struck is in the entry."""
    name, language = entry.data.get("move"), current_language()
    said = [clock.words.text(language) for clock in procedure_of(trade.kind).clocks if clock.name == name]
    return said[0] if said else ""


def _note(entry: Entry) -> str:
    """What an entry says in public, short: which gate with which result, who by their code, which supplement."""
    data = entry.data
    said = []
    gate, result = data.get("gate"), data.get("result")
    if gate in GATE_WORDS and result in RESULTS:
        said += [str(GATE_WORDS[str(gate)]), str(RESULTS[str(result)][0])]
    if "holder" in data:
        said.append(str(data["holder"]))
    return " · ".join(said)
