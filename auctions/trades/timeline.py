"""The way of a trade as steps of a timeline, the same for every procedure: its stages, and when their periods ran."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from auctions.procedure import PUBLIC, Facts, Procedure, Run, Stage
from auctions.trades.kinds import procedure_of
from auctions.trades.labels import deadline_words, state_words
from auctions.trades.models import Trade
from listings.timeline import CURRENT, DONE, FAILED, SKIPPED, TODO, Node
from marketplace.core.i18n import current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.period import Period
from marketplace.web.filters import moment

SUSPENDED = "suspended"


def timeline_of(trade: Trade, facts: Facts, period: Period | None) -> list[Node]:
    """Submitted, announced, then every stage that concerns this trade, and how it ended."""
    procedure = procedure_of(trade.kind)
    announced = trade.announced_at
    return [
        _node(_("提交审核"), trade.submitted_at or announced, now=trade.submitted_at is None),
        _node(_("公告"), announced, now=trade.submitted_at is not None and trade.ended_at is None),
        *_stages(trade, procedure, facts, period),
        _ending(trade, procedure),
    ]


def _stages(trade: Trade, procedure: Procedure, facts: Facts, period: Period | None) -> Iterator[Node]:
    public = [stage for stage in procedure.stages if stage.seen == PUBLIC]
    reached = _reached(trade, public, facts)
    for place, stage in enumerate(public):
        if stage.state in procedure.final or not _concerns(stage, facts):
            continue
        runs = facts.runs_of(stage.period) if stage.period else ()
        if stage.state == trade.state:
            yield _current(trade, stage, runs, period)
        elif runs:
            yield Node(_words(stage), DONE, moment(runs[0].spells[0].started), _times(runs))
        elif trade.ended_at is not None and _ways_into(procedure, trade.state) == {stage.state}:
            yield Node(_words(stage), DONE)
        else:
            yield Node(_words(stage), SKIPPED if place < reached else TODO)


def _ways_into(procedure: Procedure, state: str) -> set[str]:
    """Out of which states one comes into this one."""
    moves = [move.source for move in procedure.moves if move.target == state]
    clocks = [clock.source for clock in procedure.clocks if clock.target == state]
    return set().union(*moves, *clocks)


def _reached(trade: Trade, public: list[Stage], facts: Facts) -> int:
    """The place of the last stage that was entered; behind all of them when the trade is over."""
    if trade.ended_at is not None:
        return len(public)
    entered = [
        place
        for place, stage in enumerate(public)
        if stage.state == trade.state or (stage.period and facts.runs_of(stage.period))
    ]
    return max(entered, default=-1)


def _concerns(stage: Stage, facts: Facts) -> bool:
    """Can it come to this stage at all? What was neither announced nor is asked for is left out."""
    if stage.state == facts.state or (stage.period and facts.runs_of(stage.period)):
        return True
    left_out = {
        "extended": not getattr(facts.terms, "extensions", True),
        "priority": not facts.holders,
    }
    return not left_out.get(stage.state, False)


def _current(trade: Trade, stage: Stage, runs: tuple[Run, ...], period: Period | None) -> Node:
    since = moment(runs[-1].spells[0].started) if runs else ""
    if trade.suspended_at is not None:
        reason = str(trade.suspension.get("reason") or "")
        at = _("自 %(at)s 起中止，之后的日期待恢复后计算", at=moment(trade.suspended_at))
        return Node(_words(stage), SUSPENDED, since, f"{at}{_('：') if reason else ''}{reason}")
    note = _("截止 %(end)s", end=deadline_words(period.end)) if period is not None else ""
    return Node(_words(stage), CURRENT, since, note)


def _ending(trade: Trade, procedure: Procedure) -> Node:
    if trade.ended_at is None:
        best = [stage for stage in procedure.stages if stage.state in procedure.succeeded]
        return Node(_words(best[0]) if best else _("结束"), TODO)
    state = DONE if trade.state in procedure.succeeded else FAILED
    return Node(state_words(trade.kind, trade.state), state, moment(trade.ended_at))


def _times(runs: tuple[Run, ...]) -> str:
    return _("共 %(n)s 次", n=len(runs)) if len(runs) > 1 else ""


def _words(stage: Any) -> str:
    return str(stage.words.text(current_language()))


def _node(label: str, at: datetime | None, *, now: bool) -> Node:
    return Node(label, DONE if at is not None else CURRENT if now else TODO, moment(at) if at else "")
