"""State machines as declared data: transitions are moves a person makes, deadlines are moves the clock makes.

A clocked row stores `state` and `next_deadline`. Every command and page first *catches up*: missed deadlines are
applied in order and stamped with their due time, so a late worker never changes a result.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from marketplace.core.calendar import Calendar
from marketplace.core.context import SYSTEM, Context
from marketplace.core.db import JSONObject
from marketplace.core.errors import Conflict
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.journal import record
from marketplace.core.policy import Permission, require
from marketplace.core.terms import Term

Guard = Callable[[Context, Any], None]


def _no_guard(ctx: Context, row: Any) -> None:
    """Every moment is right."""


@dataclass(frozen=True)
class Transition:
    """A move a person makes. `guard` raises Conflict or Invalid when the moment is wrong."""

    name: str
    source: frozenset[str]
    target: str
    permission: Permission
    guard: Guard = _no_guard


@dataclass(frozen=True)
class Consequence:
    """A move that follows from another fact, whoever brought that about: nobody's right is asked for."""

    name: str
    source: frozenset[str]
    target: str


Then = Callable[[Context, Any, datetime], None]
Tells = Callable[[Context, Any, datetime], JSONObject]


def _no_more(ctx: Context, row: Any, moment: datetime) -> None:
    """Nothing else follows."""


def _nothing_more(ctx: Context, row: Any, moment: datetime) -> JSONObject:  # noqa: ARG001
    """The due time says it all."""
    return {}


@dataclass(frozen=True)
class Deadline:
    """A move the clock makes, `term` after the instant that `starts` reads from the row.

    While `unless` holds, the clock stands still. `then` is what else follows as of the due time it is given, and
    `tells` what the entry says besides that time. A deadline without a `target` changes no state: it only writes its
    due time into the column that `stamps` names, once, so that a lateness can be seen while the matter goes on.
    """

    name: str
    source: frozenset[str]
    target: str | None
    term: Term
    starts: Callable[[Any], datetime | None]
    unless: Callable[[Any], bool] = field(default=lambda _row: False)
    then: Then = _no_more
    tells: Tells = _nothing_more
    stamps: str = ""

    def __post_init__(self) -> None:
        if (self.target is None) != bool(self.stamps):
            raise ValueError(f"{self.name}: a deadline leads to a state or stamps a column, one of the two")

    @property
    def terms(self) -> tuple[Term, ...]:
        return (self.term,)

    def due(self, row: Any, calendar: Calendar) -> datetime | None:
        start = self.starts(row)
        if start is None or row.state not in self.source or self.unless(row):
            return None
        if self.stamps and getattr(row, self.stamps) is not None:
            return None
        return self.term.run(start, calendar).end


@dataclass(frozen=True)
class Appointment:
    """A move the clock makes at an instant that the row itself works out: the end of a period that stopped and ran on.

    `terms` are those such a period may be counted by.
    """

    name: str
    source: frozenset[str]
    target: str
    ends: Callable[[Any, Calendar], datetime | None]
    terms: tuple[Term, ...] = ()
    then: Then = _no_more
    tells: Tells = _nothing_more

    def due(self, row: Any, calendar: Calendar) -> datetime | None:
        return self.ends(row, calendar) if row.state in self.source else None


@dataclass(frozen=True)
class Lifecycle:
    """A declared state machine. `noun` prefixes its journal kinds; `events` maps move names to past-tense verbs.

    `about` gives the public id under which a row's moves are journalled: its own, unless it is part of something;
    `said` is then what every entry says besides, to tell which part it speaks of.
    """

    noun: str
    states: tuple[str, ...]
    initial: str
    final: frozenset[str]
    transitions: tuple[Transition, ...]
    events: Mapping[str, str]
    deadlines: tuple[Deadline | Appointment, ...] = ()
    consequences: tuple[Consequence, ...] = ()
    about: Callable[[Any], str] = lambda row: row.id
    said: Callable[[Any], JSONObject] = lambda _row: {}

    @property
    def terms(self) -> tuple[Term, ...]:
        """What its clock counts by."""
        return tuple(term for deadline in self.deadlines for term in deadline.terms)

    def transition(self, name: str) -> Transition:
        return next(t for t in self.transitions if t.name == name)

    def begin(self, ctx: Context, row: Any) -> None:
        """Put a new row into the initial state and arm its clock."""
        row.state = self.initial
        self.arm(ctx, row)

    def arm(self, ctx: Context, row: Any) -> None:
        """Store the row's next deadline. A lifecycle without deadlines needs no such column."""
        if not self.deadlines:
            return
        dues = [due for deadline in self.deadlines if (due := deadline.due(row, ctx.calendar))]
        row.next_deadline = min(dues, default=None)

    def state_now(self, ctx: Context, row: Any) -> str:
        """The state a reader is shown: as the clock has left it, whether or not a worker has noted that yet.

        One move of the clock is looked at; a lifecycle whose deadlines follow upon each other has to catch up.
        """
        due = self._next_due(ctx, row)
        return str(row.state if due is None else due[1].target or row.state)

    def move(
        self, ctx: Context, row: Any, name: str, data: JSONObject | None = None, *, subject: Any = None
    ) -> None:
        """Make a person's move: catch up with the clock, check right and moment, change state, journal.

        `subject` is what the permission is about, when it is not the row itself.
        """
        self.catch_up(ctx, row)
        move = self.transition(name)
        require(ctx, move.permission, row if subject is None else subject)
        if row.state not in move.source:
            raise Conflict(_l("当前状态不允许这一操作，页面内容可能已过时"), code="wrong_state")
        move.guard(ctx, row)
        self._settle(ctx, row, move.target)
        self._record(ctx, row, name, data)

    def follow(self, ctx: Context, row: Any, name: str, data: JSONObject | None = None) -> None:
        """Make a move that follows from another fact. Raises Conflict in a state from which it cannot follow.

        A consequence without an event is told by the entry of what it follows from.
        """
        move = next(c for c in self.consequences if c.name == name)
        if row.state not in move.source:
            raise Conflict(_l("当前状态不允许这一操作，页面内容可能已过时"), code="wrong_state")
        self._settle(ctx, row, move.target)
        if name in self.events:
            self._record(ctx, row, name, data)

    def catch_up(self, ctx: Context, row: Any) -> None:
        """Apply every deadline that has passed, in order, as of its due time."""
        if not self.deadlines:
            return
        while due := self._next_due(ctx, row):
            moment, deadline = due
            late = Context(SYSTEM, ctx.now, ctx.session, ctx.calendar)
            if isinstance(deadline, Deadline) and deadline.stamps:
                setattr(row, deadline.stamps, moment)
            self._settle(late, row, deadline.target or row.state)
            told = deadline.tells(late, row, moment)
            self._record(late, row, deadline.name, {"due": moment.isoformat(), **told})
            deadline.then(late, row, moment)
        if row.next_deadline is not None and row.next_deadline <= ctx.now:
            self.arm(ctx, row)  # a clock that was stopped since it was armed

    def _next_due(self, ctx: Context, row: Any) -> tuple[datetime, Deadline | Appointment] | None:
        if row.next_deadline is None or row.next_deadline > ctx.now:
            return None
        passed = [
            (due, deadline)
            for deadline in self.deadlines
            if (due := deadline.due(row, ctx.calendar)) is not None and due <= ctx.now
        ]
        return min(passed, key=lambda found: found[0], default=None)

    def _settle(self, ctx: Context, row: Any, target: str) -> None:
        row.state = target
        self.arm(ctx, row)

    def _record(self, ctx: Context, row: Any, name: str, data: JSONObject | None) -> None:
        record(ctx, f"{self.noun}.{self.events[name]}", self.about(row), {**self.said(row), **(data or {})})
