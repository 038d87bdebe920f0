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
class Deadline:
    """A move the clock makes, `term` after the instant that `starts` reads from the row.

    While `unless` holds, the clock stands still. A deadline without a `target` changes no state: it only writes its
    due time into the column that `stamps` names, once, so that a lateness can be seen while the matter goes on.
    """

    name: str
    source: frozenset[str]
    target: str | None
    term: Term
    starts: Callable[[Any], datetime | None]
    unless: Callable[[Any], bool] = field(default=lambda _row: False)
    stamps: str = ""

    def __post_init__(self) -> None:
        if (self.target is None) != bool(self.stamps):
            raise ValueError(f"{self.name}: a deadline leads to a state or stamps a column, one of the two")

    def due(self, row: Any, calendar: Calendar) -> datetime | None:
        start = self.starts(row)
        if start is None or row.state not in self.source or self.unless(row):
            return None
        if self.stamps and getattr(row, self.stamps) is not None:
            return None
        return self.term.run(start, calendar).end


@dataclass(frozen=True)
class Lifecycle:
    """A declared state machine. `noun` prefixes its journal kinds; `events` maps move names to past-tense verbs.

    `about` gives the public id under which a row's moves are journalled: its own, unless it is part of something.
    """

    noun: str
    states: tuple[str, ...]
    initial: str
    final: frozenset[str]
    transitions: tuple[Transition, ...]
    events: Mapping[str, str]
    deadlines: tuple[Deadline, ...] = ()
    about: Callable[[Any], str] = lambda row: row.id

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
        record(ctx, f"{self.noun}.{self.events[name]}", self.about(row), data)

    def catch_up(self, ctx: Context, row: Any) -> None:
        """Apply every deadline that has passed, in order, as of its due time."""
        if not self.deadlines:
            return
        while due := self._next_due(ctx, row):
            moment, deadline = due
            late = Context(SYSTEM, ctx.now, ctx.session, ctx.calendar)
            if deadline.target is None:
                setattr(row, deadline.stamps, moment)
            self._settle(late, row, deadline.target or row.state)
            record(
                late,
                f"{self.noun}.{self.events[deadline.name]}",
                self.about(row),
                {"due": moment.isoformat()},
            )
        if row.next_deadline is not None and row.next_deadline <= ctx.now:
            self.arm(ctx, row)  # a clock that was stopped since it was armed

    def _next_due(self, ctx: Context, row: Any) -> tuple[datetime, Deadline] | None:
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
