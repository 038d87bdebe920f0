"""What a trading procedure is: states, moves, clocks and the rule that finds the buyer, declared as data and pure functions.

A procedure sees `Facts` and nothing else: no database, no actor, no clock of its own. So the same code runs a trade on
the platform and recomputes it from its public protocol. A procedure is one file in `auctions.procedures`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from auctions.regimes import Regime
from marketplace.core.calendar import Calendar
from marketplace.core.errors import FieldError
from marketplace.core.period import Period
from marketplace.core.phrases import Phrase
from marketplace.core.spells import Spell, period_of
from marketplace.core.terms import Term

SUSPEND, RESUME, RESTART = "suspend", "resume", "restart"
SELLER, HOST, PUBLIC = "seller", "host", "public"
PENDING, ELIGIBLE, OUT = "pending", "eligible", "out"
WAIVED, EXERCISED, SILENT = "waived", "exercised", ""


@dataclass(frozen=True)
class Bidder:
    """An intent: `code` hides who it is, `position` is its place in the order of registration, from 1.

    `state` is pending, eligible or out; `settled_at` is when it left pending for good.
    """

    code: str
    position: int
    state: str = PENDING
    settled_at: datetime | None = None


@dataclass(frozen=True)
class Offer:
    """A price in integer fen by a bidder; `position` is its place in the log of offers, from 1, which decides ties."""

    bidder: str
    amount_fen: int
    position: int
    at: datetime


@dataclass(frozen=True)
class Holder:
    """A holder of the right of first refusal; `rank` decides between several, 1 first. `answer` empty: silent so far."""

    code: str
    rank: int
    notified_at: datetime | None = None
    answer: str = SILENT
    answered_at: datetime | None = None


@dataclass(frozen=True)
class Run:
    """One running of a named period: its spells, in order."""

    period: str
    spells: tuple[Spell, ...]

    @property
    def cut(self) -> bool:
        """Did it stop for good before its end, because the period began anew?"""
        return self.spells[-1].stopped is not None


@dataclass(frozen=True)
class Facts:
    """All that a procedure may decide by. `terms` is the procedure's own dataclass, fixed at the announcement."""

    state: str
    terms: Any
    runs: tuple[Run, ...] = ()
    suspended_at: datetime | None = None
    bidders: tuple[Bidder, ...] = ()
    offers: tuple[Offer, ...] = ()
    holders: tuple[Holder, ...] = ()
    objections: int = 0
    gates_open: bool = True
    today: date | None = None

    def runs_of(self, period: str) -> tuple[Run, ...]:
        return tuple(run for run in self.runs if run.period == period)

    def among(self, state: str) -> tuple[Bidder, ...]:
        return tuple(bidder for bidder in self.bidders if bidder.state == state)

    @property
    def eligible(self) -> tuple[Bidder, ...]:
        return self.among(ELIGIBLE)


#: Why a move is not possible now: a code and a sentence. None: it is possible.
Refusal = tuple[str, Phrase]
Guard = Callable[[Facts], Refusal | None]


def allowed(_facts: Facts) -> Refusal | None:
    """Every moment is right."""
    return None


@dataclass(frozen=True)
class Stage:
    """A state. `period` names what runs in it (empty: nothing), for the longest of `terms`; `rest` at least remains
    after a suspension. `seen` says who sees a trade in it: its seller, the host as well, or everybody."""

    state: str
    words: Phrase
    period: str = ""
    terms: Callable[[Any], Sequence[Term]] = lambda _terms: ()
    rest: Term | None = None
    seen: str = PUBLIC


@dataclass(frozen=True)
class Move:
    """A move that somebody with `permission` makes. Without a `target` it changes no state.

    `effect` is what it does to the clock: `suspend`, `resume`, or `restart`, which begins the running period anew.
    """

    name: str
    source: frozenset[str]
    target: str | None
    permission: str
    event: str
    words: Phrase
    guard: Guard = allowed
    effect: str = ""


@dataclass(frozen=True)
class Clock:
    """A move that the clock makes at the instant `due` reads from the facts; None: not (yet).

    `terms` are those it may be counted by. A trade that is suspended stands still but for clocks that say `suspended`.
    """

    name: str
    source: frozenset[str]
    target: str | None
    event: str
    words: Phrase
    due: Callable[["Procedure", Facts, Calendar], datetime | None]
    terms: tuple[Term, ...] = ()
    suspended: bool = False
    effect: str = ""


@dataclass(frozen=True)
class Result:
    """Who buys at what price, and by which rule (`how`). `offer` is the position of the offer that decided."""

    buyer: str
    price_fen: int
    how: str
    offer: int | None = None


@dataclass(frozen=True)
class Setting:
    """What terms are held against: the regime of the deal, the mode of transfer, the day, and what went before.

    `before_fen` is the price of the trade that this one lists anew, `first_listed` the day of the first of them.
    """

    regime: Regime
    mode: str
    today: date
    before_fen: int | None = None
    first_listed: date | None = None


@dataclass(frozen=True)
class Milestone:
    """A step with the earliest day on which it can lawfully be over: `period` explains the day, where one was counted."""

    words: Phrase
    on: date
    period: Period | None = None


@dataclass(frozen=True)
class Procedure:
    """A trading procedure. `letters` begin its numbers; `terms` is a frozen dataclass that is stored as JSON.

    `check` complains about terms that a setting does not allow, `price` reads the floor from terms (integer fen),
    `foresee` gives the earliest lawful days before anybody chooses, `accept` says whether a bidder's price (by code, in
    fen) is taken now, `result` finds the buyer once all is known.
    Intents are taken in the states `registering`, offers in `offering`; while `sealed`, nobody reads them.
    """

    kind: str
    letters: str
    words: Phrase
    about: Phrase
    terms: type[Any]
    stages: tuple[Stage, ...]
    initial: str
    final: frozenset[str]
    moves: tuple[Move, ...]
    clocks: tuple[Clock, ...]
    check: Callable[[Any, Setting], Iterator[FieldError]]
    price: Callable[[Any], int | None]
    foresee: Callable[[Any, date, Calendar], tuple[Milestone, ...]]
    accept: Callable[[Facts, str, int], Refusal | None]
    result: Callable[[Facts], Result | None]
    registering: frozenset[str] = frozenset()
    offering: frozenset[str] = frozenset()
    sealed: frozenset[str] = frozenset()
    succeeded: frozenset[str] = frozenset()

    def stage(self, state: str) -> Stage:
        return next(stage for stage in self.stages if stage.state == state)

    @property
    def states(self) -> tuple[str, ...]:
        return tuple(stage.state for stage in self.stages)

    def running(self, facts: Facts, calendar: Calendar) -> Period | None:
        """The period of the present state, as it stands; None where none runs."""
        stage = self.stage(facts.state)
        runs = facts.runs_of(stage.period) if stage.period else ()
        if not runs or not runs[-1].spells:
            return None
        return period_of(stage.terms(facts.terms), runs[-1].spells, calendar, stage.rest)

    def next_clock(self, facts: Facts, calendar: Calendar) -> tuple[datetime, Clock] | None:
        """The first move the clock will make, if nothing else happens."""
        stopped = facts.suspended_at is not None
        dues = [
            (due, place, clock)
            for place, clock in enumerate(self.clocks)
            if facts.state in clock.source
            and clock.suspended == stopped
            and (due := clock.due(self, facts, calendar)) is not None
        ]
        first = min(dues, key=lambda found: found[:2], default=None)
        return None if first is None else (first[0], first[2])


def at_the_end(holds: Callable[[Facts], bool]) -> Callable[[Procedure, Facts, Calendar], datetime | None]:
    """Due when the period of the present state is over, if `holds`."""

    def due(procedure: Procedure, facts: Facts, calendar: Calendar) -> datetime | None:
        period = procedure.running(facts, calendar) if holds(facts) else None
        return None if period is None else period.end

    return due
