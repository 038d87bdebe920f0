"""Replaying a trade: every move of its file again, by the procedure, against the calendar and terms of the file.

Nothing is believed but what people did and when. Where periods ran and ended, what the clock did and when, is worked
out anew; the first difference is told.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from auctions.procedure import (
    PENDING,
    RESTART,
    RESUME,
    SILENT,
    SUSPEND,
    Bidder,
    Clock,
    Facts,
    Holder,
    Move,
    Offer,
    Procedure,
    Run,
)
from auctions.protocols.disagreement import Disagreement
from auctions.protocols.file import MoveLine, Protocol
from marketplace.core.calendar import Calendar
from marketplace.core.clock import local_date
from marketplace.core.phrases import Phrase
from marketplace.core.spells import Spell


@dataclass(frozen=True)
class Segment:
    """A stretch of time in one state. `end` is that of the period that ran in it, as it stood then."""

    state: str
    start: datetime
    stop: datetime | None
    suspended: bool
    end: datetime | None


@dataclass
class Replay:
    """A trade on its way through its file."""

    file: Protocol
    procedure: Procedure
    terms: Any
    calendar: Calendar
    state: str = ""
    runs: list[Run] = field(default_factory=list)
    suspended_at: datetime | None = None
    segments: list[Segment] = field(default_factory=list)

    def run(self) -> Iterator[Disagreement]:
        """Make every move, in order; whatever does not follow is told, and what comes after it is not looked at."""
        self.state = next(iter(self._announcement().source))
        moment: datetime | None = None
        for place, line in enumerate(self.file.moves):
            problem = self._step(f"moves.{place}", line, moment)
            if problem is not None:
                yield problem
                return
            moment = line.at
        yield from self._end(moment)

    def facts(self, moment: datetime) -> Facts:
        """What was known at an instant."""
        given = self.file
        return Facts(
            state=self.state,
            terms=self.terms,
            runs=tuple(self.runs),
            suspended_at=self.suspended_at,
            bidders=tuple(
                Bidder(b.code, b.position, b.state, b.settled_at)
                if b.settled_at is not None and b.settled_at <= moment
                else Bidder(b.code, b.position, PENDING)
                for b in given.bidders
                if b.registered_at <= moment
            ),
            offers=tuple(
                Offer(o.code, o.amount_fen, o.position, o.at)
                for o in given.offers
                if o.at <= moment and o.amount_fen is not None
            ),
            holders=tuple(
                Holder(h.code, h.rank, h.notified_at, h.answer, h.answered_at)
                if h.answered_at is not None and h.answered_at <= moment
                else Holder(h.code, h.rank, h.notified_at, SILENT)
                for h in given.holders
            ),
            today=local_date(moment),
        )

    def _announcement(self) -> Move:
        """The move that makes a trade public is the first of a file."""
        return next(move for move in self.procedure.moves if move.name == "announce")

    def _step(self, place: str, line: MoveLine, before: datetime | None) -> Disagreement | None:
        if before is not None and line.at < before:
            return Disagreement(f"{place}.at", _ORDER, line.at, before)
        if line.by == "clock":
            problem = self._clock(place, line)
        else:
            problem = self._person(place, line, first=before is None)
        return problem

    def _clock(self, place: str, line: MoveLine) -> Disagreement | None:
        found = self.procedure.next_clock(self.facts(line.at), self.calendar) if self.segments else None
        if found is None:
            return Disagreement(f"{place}.move", _NO_CLOCK, line.move, "")
        due, clock = found
        if clock.name != line.move:
            return Disagreement(f"{place}.move", _OTHER_CLOCK, line.move, clock.name)
        if due != line.at:
            return Disagreement(f"{place}.at", _OTHER_TIME, line.at, due)
        return self._carry_out(place, line, clock)

    def _person(self, place: str, line: MoveLine, *, first: bool) -> Disagreement | None:
        move = next((one for one in self.procedure.moves if one.name == line.move), None)
        if move is None or self.state not in move.source or (first and move != self._announcement()):
            return Disagreement(f"{place}.move", _NO_MOVE, line.move, "")
        late = self._overdue(line.at) if not first else None
        if late is not None:
            return Disagreement(place, _CLOCK_FIRST, line.move, f"{late[1].name} {late[0].isoformat()}")
        refusal = move.guard(self.facts(line.at))
        if refusal is not None:
            return Disagreement(f"{place}.at", refusal[1], line.at, "")
        return self._carry_out(place, line, move)

    def _overdue(self, moment: datetime) -> tuple[datetime, Clock] | None:
        found = self.procedure.next_clock(self.facts(moment), self.calendar)
        return found if found is not None and found[0] <= moment else None

    def _carry_out(self, place: str, line: MoveLine, step: Move | Clock) -> Disagreement | None:
        target = step.target or self.state
        if line.state != target:
            return Disagreement(f"{place}.state", _OTHER_STATE, line.state, target)
        self._leave(line.at)
        if step.effect == SUSPEND:
            self._stop(line.at)
        elif step.effect == RESUME:
            self._go_on(line.at)
        elif step.effect == RESTART:
            self._begin_anew(line.at)
        if step.target is not None:
            self._enter(step.target, line.at)
        end = self._end_now()
        self.segments.append(Segment(self.state, line.at, None, self.suspended_at is not None, end))
        return None

    def _leave(self, moment: datetime) -> None:
        if self.segments:
            self.segments[-1] = replace(self.segments[-1], stop=moment)

    def _enter(self, state: str, moment: datetime) -> None:
        self.state, self.suspended_at = state, None
        period = self.procedure.stage(state).period
        if period:
            self.runs.append(Run(period, (Spell(moment),)))
            self._promise()

    def _stop(self, moment: datetime) -> None:
        self.suspended_at = moment
        if self.runs and self.runs[-1].spells[-1].stopped is None:
            *spells, last = self.runs[-1].spells
            self.runs[-1] = replace(self.runs[-1], spells=(*spells, replace(last, stopped=moment)))

    def _go_on(self, moment: datetime) -> None:
        self.suspended_at = None
        stopped = self.runs[-1].spells[-1].stopped if self.runs else None
        if stopped is not None:
            fresh = Spell(max(moment, stopped))
            self.runs[-1] = replace(self.runs[-1], spells=(*self.runs[-1].spells, fresh))
            self._promise()

    def _begin_anew(self, moment: datetime) -> None:
        """What has run does not count: the run is cut off, and another one of its period begins."""
        *spells, last = self.runs[-1].spells
        self.runs[-1] = replace(self.runs[-1], spells=(*spells, replace(last, stopped=moment)))
        self.runs.append(Run(self.runs[-1].period, (Spell(moment),)))
        self._promise()

    def _promise(self) -> None:
        """The end that has to have been published for the spell that began."""
        *spells, last = self.runs[-1].spells
        promised = self._end_now()
        self.runs[-1] = replace(self.runs[-1], spells=(*spells, replace(last, promised=promised)))

    def _end_now(self) -> datetime | None:
        """When the period of the present state ends."""
        stage = self.procedure.stage(self.state)
        if not stage.period or not self.runs or self.runs[-1].period != stage.period:
            return None
        facts = Facts(self.state, self.terms, (self.runs[-1],))
        period = self.procedure.running(facts, self.calendar)
        return None if period is None else period.end

    def _end(self, moment: datetime | None) -> Iterator[Disagreement]:
        """Does the file end where the trade stands?"""
        given = self.file
        if moment is None:
            yield Disagreement("moves", _NO_MOVE, "", self._announcement().name)
            return
        if given.state != self.state:
            yield Disagreement("state", _OTHER_STATE, given.state, self.state)
        if given.suspended_at != self.suspended_at:
            yield Disagreement("suspended_at", _OTHER_TIME, given.suspended_at, self.suspended_at)
        if given.as_of < moment:
            yield Disagreement("as_of", _ORDER, given.as_of, moment)
        late = self._overdue(given.as_of)
        if late is not None:
            yield Disagreement("moves", _CLOCK_FIRST, given.state, f"{late[1].name} {late[0].isoformat()}")


_ORDER = Phrase("时间早于前一步", "earlier than the step before")
_NO_CLOCK = Phrase("这一步不会自动发生", "the clock does not make this move")
_OTHER_CLOCK = Phrase("此时应当自动发生的是另一步", "the clock makes another move now")
_OTHER_TIME = Phrase("时间与按期限计算的不符", "not the time that the periods give")
_NO_MOVE = Phrase("当前状态没有这一步", "no such move in this state")
_CLOCK_FIRST = Phrase("此前已到期的一步没有发生", "a move that was due before did not happen")
_OTHER_STATE = Phrase("状态不符", "not the state that follows")
