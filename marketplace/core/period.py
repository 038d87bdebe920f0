"""A counted period: when it ends, and everything needed to explain why."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum, unique

from marketplace.core.calendar.days import DayReason
from marketplace.core.clock import as_utc
from marketplace.core.legal_basis import LegalBasis


@unique
class Unit(StrEnum):
    """What is counted. 日 and 工作日 are different things in law and never stand for each other."""

    DAY = "day"
    WORKDAY = "workday"
    HOUR = "hour"
    SECOND = "second"
    MONTH = "month"
    YEAR = "year"


@unique
class Rule(StrEnum):
    """How it is counted."""

    FORWARD = "forward"  # from the start to the end of the last day
    BEFORE = "before"  # back from a deadline: at least so many days before it
    EVENT_STRICT = "event_strict"  # so many full days lie between announcement and event
    EVENT_PLAIN = "event_plain"  # the event is so many days after the announcement


@unique
class Origin(StrEnum):
    """Which calculation fixed the end."""

    COUNTED = "counted"
    REMAINING = "remaining"  # what was left when the period was suspended, counted from the resumption
    MINIMUM_REST = "minimum_rest"  # the least that must remain after a resumption
    PROMISED = "promised"  # announced before the calendar was known; a newer calendar may not shorten it


@unique
class Effect(StrEnum):
    """What an unusual day did to the count."""

    SKIPPED = "skipped"  # no working day, so not counted
    MOVED = "moved"  # the last day fell on it and moved on
    COUNTED_MAKEUP = "counted_makeup"  # a weekend day that counts, because it is a make-up working day


@dataclass(frozen=True, slots=True)
class DayNote:
    """A day that changed the count, and why."""

    day: date
    effect: Effect
    reason: DayReason


class PeriodError(ValueError):
    """A period that cannot be counted: no amount, too long, a time without zone, or a start that is no date."""


@dataclass(frozen=True, slots=True)
class Period:
    """A counted period. Dates are Beijing dates, instants are UTC.

    `end` is the first instant after the period: 24:00 of `last_date`, or the exact instant for hours. What arrives at or
    after `end` is late. `raw_last_date` is the last day before it was moved off a day off. `next_date` is the day from
    which the next act is possible (for a period before an event: the first day the event may take place).
    `edition` names the calendar used, None where the count needs none; `provisional` says that days without a published
    notice had a part in it. `own` is what remained of the period itself, where a later end was chosen for it.
    """

    unit: Unit
    amount: int
    rule: Rule
    start: date
    end: datetime
    last_date: date
    raw_last_date: date
    next_date: date
    basis: tuple[LegalBasis, ...]
    notes: tuple[DayNote, ...] = ()
    edition: str | None = None
    provisional: bool = False
    origin: Origin = Origin.COUNTED
    start_at: datetime | None = None
    own: "Period | None" = None

    @property
    def skipped(self) -> tuple[DayNote, ...]:
        """The days that were passed over, in the count or after its last day, with the reason of each."""
        return tuple(note for note in self.notes if note.effect is not Effect.COUNTED_MAKEUP)

    @property
    def moved(self) -> bool:
        """Was the end moved off a day off?"""
        return self.last_date != self.raw_last_date

    def ended(self, at: datetime) -> bool:
        """Is it over at this instant? Raises ValueError for a time without a zone."""
        return as_utc(at) >= self.end
