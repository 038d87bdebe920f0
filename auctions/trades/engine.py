"""Moves a trade by its procedure: what people do, what the clock does, what suspensions do to the clock.

Like every lifecycle of the house a trade first catches up with the clock. Missed moves are applied in order and stamped
with their due time, so a worker that comes a week late changes nothing. The rules are the procedure's; only the rows, the
rights and the journal are handled here.
"""

from datetime import datetime

from sqlalchemy import select

from auctions.intents.lifecycle import INTENT, start_anew
from auctions.intents.models import Intent
from auctions.procedure import RESTART, RESUME, SUSPEND
from auctions.terms import law
from auctions.trades.events import TradeMoved
from auctions.trades.facts import facts_of, intents_of, runs_of
from auctions.trades.kinds import procedure_of
from auctions.trades.models import Trade, TradeSpell
from auctions.trades.policy import PERMISSIONS
from marketplace.core.context import SYSTEM, Context
from marketplace.core.db import JSONObject
from marketplace.core.errors import Conflict
from marketplace.core.events import happened
from marketplace.core.i18n import LazyString, current_language
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.journal import record
from marketplace.core.period import Period
from marketplace.core.phrases import Phrase
from marketplace.core.policy import require


def begin(trade: Trade) -> None:
    """Put a new trade into the initial state of its procedure."""
    procedure = procedure_of(trade.kind)
    trade.state = procedure.initial
    trade.seen = procedure.stage(trade.state).seen


def move(ctx: Context, trade: Trade, name: str, data: JSONObject | None = None) -> None:
    """Make a person's move: catch up with the clock, check right and moment, change state, journal.

    Raises Forbidden, and Conflict when state, suspension or the procedure's guard do not allow it.
    """
    catch_up(ctx, trade)
    procedure = procedure_of(trade.kind)
    wanted = next((one for one in procedure.moves if one.name == name), None)
    if wanted is None:
        raise Conflict(_l("这种交易方式没有这一步"), code="no_such_move")
    require(ctx, PERMISSIONS[wanted.permission], trade)
    if trade.state not in wanted.source:
        raise Conflict(_l("当前状态不允许这一操作，页面内容可能已过时"), code="wrong_state")
    refusal = wanted.guard(facts_of(ctx, trade))
    if refusal is not None:
        raise Conflict(words(refusal[1]), code=refusal[0])
    _carry_out(ctx, trade, wanted.target, wanted.effect, ctx.now)
    record(ctx, f"trade.{wanted.event}", trade.id, {"state": trade.state, **(data or {})})
    happened(ctx, TradeMoved(trade, name, ctx.now))
    catch_up(ctx, trade)


def catch_up(ctx: Context, trade: Trade) -> None:
    """Apply what the clock has done to the trade and its intents meanwhile, in order, each as of its due time."""
    late = Context(SYSTEM, ctx.now, ctx.session, ctx.calendar)
    procedure = procedure_of(trade.kind)
    for intent in intents_of(ctx, trade):
        INTENT.catch_up(ctx, intent)
    while True:
        found = procedure.next_clock(facts_of(ctx, trade), ctx.calendar)
        if found is None or found[0] > ctx.now:
            break
        due, clock = found
        _carry_out(late, trade, clock.target, clock.effect, due)
        told: JSONObject = {"state": trade.state, "due": due.isoformat(), "move": clock.name}
        record(late, f"trade.{clock.event}", trade.id, told)
        happened(late, TradeMoved(trade, clock.name, due))
    trade.next_deadline = None if found is None else found[0]


def period_now(ctx: Context, trade: Trade) -> Period | None:
    """The period that runs in the present state; None where none does."""
    return procedure_of(trade.kind).running(facts_of(ctx, trade), ctx.calendar)


def words(phrase: Phrase) -> LazyString:
    """A phrase in the language of whoever reads it."""
    return LazyString(lambda: phrase.text(current_language()))


def _carry_out(ctx: Context, trade: Trade, target: str | None, effect: str, moment: datetime) -> None:
    if effect == SUSPEND:
        _stop(trade, moment)
    elif effect == RESUME:
        _run_on(ctx, trade, moment)
    elif effect == RESTART:
        _begin_anew(ctx, trade, moment)
    if target is not None:
        _enter(ctx, trade, target, moment)


def _enter(ctx: Context, trade: Trade, state: str, moment: datetime) -> None:
    procedure = procedure_of(trade.kind)
    stage = procedure.stage(state)
    trade.state, trade.seen = state, stage.seen
    trade.suspended_at = None
    if state in procedure.final:
        trade.ended_at = moment
    if stage.period:
        _run(ctx, trade, stage.period, moment)


def _run(ctx: Context, trade: Trade, period: str, moment: datetime) -> None:
    run = len(runs_of(trade)) + 1
    trade.spells.append(TradeSpell(run=run, n=1, period=period, started_at=moment, extended=0))
    _promise(ctx, trade)


def _begin_anew(ctx: Context, trade: Trade, moment: datetime) -> None:
    """What has run of the present period does not count: it is cut off, and another run of it begins."""
    trade.spells[-1].stopped_at = moment
    _run(ctx, trade, trade.spells[-1].period, moment)


def _stop(trade: Trade, moment: datetime) -> None:
    trade.suspended_at = moment
    if trade.spells and trade.spells[-1].stopped_at is None:
        trade.spells[-1].stopped_at = moment


def _run_on(ctx: Context, trade: Trade, moment: datetime) -> None:
    """Let the period that was stopped run on, and the intents' clocks start anew: nobody's time is cut short."""
    trade.suspended_at = None
    last = trade.spells[-1] if trade.spells else None
    if last is not None and last.stopped_at is not None:
        trade.spells.append(
            TradeSpell(
                run=last.run,
                n=last.n + 1,
                period=last.period,
                started_at=max(moment, last.stopped_at),
                extended=0,
            )
        )
        _promise(ctx, trade)
    trade.suspension = {}
    for intent in intents_of(ctx, trade):
        start_anew(ctx, intent, moment)


def _promise(ctx: Context, trade: Trade) -> None:
    period = period_now(ctx, trade)
    if period is not None:
        trade.spells[-1].promised = period.end


class TradeClock:
    """What the ticker calls for a trade that is due, whatever its procedure."""

    terms = law.TERMS

    def catch_up(self, ctx: Context, row: Trade) -> None:
        catch_up(ctx, row)


class IntentClock:
    """What the ticker calls for an intent that is due: its trade goes on at once, should it have waited for this."""

    terms = INTENT.terms

    def catch_up(self, ctx: Context, row: Intent) -> None:
        catch_up(ctx, row.trade)


def every_trade_with(ctx: Context, achievement_id: str) -> list[Trade]:
    """The trades of an achievement, the newest first."""
    query = select(Trade).where(Trade.achievement_id == achievement_id).order_by(Trade.id.desc())
    return list(ctx.session.scalars(query).unique())
