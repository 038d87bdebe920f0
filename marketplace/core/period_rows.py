"""A period day by day, as data: every date from the start to the end appears in exactly one row.

Periods of months, years, hours and seconds are not sums of days; their run is one row over a range of dates.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, unique

from marketplace.core.calendar.days import DayReason
from marketplace.core.period import Effect, Period, Rule, Unit

_DAY = timedelta(days=1)


@unique
class RowCode(StrEnum):
    """What a row says about its days."""

    START = "start"  # the start day, not counted
    DEADLINE = "deadline"  # the day counted back from, not counted
    COUNTED = "counted"
    SKIPPED = "skipped"  # no working day, not counted
    RAN = "ran"  # a run of months, years, hours or seconds
    LAST_IS_REST = "last_is_rest"  # the last day by number, a day off, so the end moves on
    PASSED_OVER = "passed_over"  # a further day off on the way
    LAST = "last"  # the last day, by number
    LAST_MOVED = "last_moved"  # the working day the end moved to
    EVENT = "event"  # the first day on which the event may take place


@dataclass(frozen=True, slots=True)
class Row:
    """`number` counts days (or working days) from 1; None for a row that does not count. `reason`: an unusual day's."""

    first: date
    last: date
    code: RowCode
    number: int | None = None
    reason: DayReason | None = None

    @property
    def dates(self) -> tuple[date, ...]:
        """Every date the row stands for."""
        return tuple(self.first + n * _DAY for n in range((self.last - self.first).days + 1))


def explain(period: Period) -> tuple[Row, ...]:
    """The rows of `period`, in order of dates. Rows with a number are 1…amount for days and working days."""
    if period.rule is Rule.BEFORE:
        return tuple(_back(period))
    if period.rule is not Rule.FORWARD:
        return tuple(_towards_event(period))
    if period.unit in {Unit.HOUR, Unit.SECOND}:
        return (Row(period.start, period.last_date, RowCode.RAN),)
    return (Row(period.start, period.start, RowCode.START), *_run(period), *_tail(period))


def _run(period: Period) -> Iterator[Row]:
    """From the day after the start to the last day before any moving, that day excluded unless it is a mere run."""
    if period.unit in {Unit.MONTH, Unit.YEAR}:
        before_last = period.raw_last_date - _DAY
        if before_last > period.start:
            yield Row(period.start + _DAY, before_last, RowCode.RAN)
        return
    notes = {note.day: note for note in period.notes}
    number, day = 0, period.start + _DAY
    while day < period.raw_last_date:
        note = notes.get(day)
        reason = note.reason if note else None
        if note and note.effect is Effect.SKIPPED:
            yield Row(day, day, RowCode.SKIPPED, None, reason)
        else:
            number += 1
            yield Row(day, day, RowCode.COUNTED, number, reason)
        day += _DAY


def _tail(period: Period) -> Iterator[Row]:
    """The last day by number and, if that is a day off, the days up to the working day the end moved to."""
    number = period.amount if period.unit in {Unit.DAY, Unit.WORKDAY} else None
    reasons = {note.day: note.reason for note in period.notes}
    raw, last = period.raw_last_date, period.last_date
    if raw == last:
        yield Row(last, last, RowCode.LAST, number, reasons.get(last))
        return
    yield Row(raw, raw, RowCode.LAST_IS_REST, number, reasons.get(raw))
    day = raw + _DAY
    while day < last:
        yield Row(day, day, RowCode.PASSED_OVER, None, reasons.get(day))
        day += _DAY
    yield Row(last, last, RowCode.LAST_MOVED, None, reasons.get(last))


def _back(period: Period) -> Iterator[Row]:
    """Counted back from the deadline, shown in order of dates: the largest number first."""
    yield Row(period.last_date, period.last_date, RowCode.LAST, period.amount)
    for number in range(period.amount - 1, 0, -1):
        day = period.start - number * _DAY
        yield Row(day, day, RowCode.COUNTED, number)
    yield Row(period.start, period.start, RowCode.DEADLINE)


def _towards_event(period: Period) -> Iterator[Row]:
    """Full days between announcement and event. In the common reading the day of the event is the last one counted."""
    yield Row(period.start, period.start, RowCode.START)
    day, number = period.start + _DAY, 1
    while day < period.next_date:
        yield Row(day, day, RowCode.COUNTED, number)
        day, number = day + _DAY, number + 1
    counted = period.amount if period.rule is Rule.EVENT_PLAIN else None
    yield Row(period.next_date, period.next_date, RowCode.EVENT, counted)
