"""Stopping a running period and letting it run on.

The clock of a notice stops while an objection is open. What was used and what remains is stored as a number in the
period's own unit (a month or year counts on in days, an hour in seconds), so that a later calendar can be applied to it:
end = max(resumption + remaining, resumption + minimum rest), and never before the end the period had. Where the minimum
rest decided, what remained in the own unit is not forgotten: two working days can be more than three days, once they are
stopped before a weekend.

The day on which a period stops was not whole and is not used; the day on which it resumes is a start day and is not
counted (民法典 art. 201). So nobody's time is ever cut short by a stop.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from math import ceil

from marketplace.core.calendar.workdays import Calendar
from marketplace.core.clock import as_utc, local_date
from marketplace.core.period import Effect, Origin, Period, PeriodError, Rule, Unit
from marketplace.core.periods import (
    end_of_days,
    end_of_hours,
    end_of_months,
    end_of_seconds,
    end_of_workdays,
    end_of_years,
)


@dataclass(frozen=True, slots=True)
class Length:
    """So many of a unit."""

    amount: int
    unit: Unit

    def run(self, start: datetime | date, calendar: Calendar) -> Period:
        """The period of this length from `start`: an instant, or a Beijing date where no hours are counted.

        Raises PeriodError if it cannot be counted (hours from a date, a time without zone, an amount out of reason).
        """
        match self.unit:
            case Unit.HOUR:
                return end_of_hours(_instant(start), self.amount)
            case Unit.SECOND:
                return end_of_seconds(_instant(start), self.amount)
            case Unit.DAY:
                return end_of_days(_day(start), self.amount, calendar)
            case Unit.WORKDAY:
                return end_of_workdays(_day(start), self.amount, calendar)
            case Unit.MONTH:
                return end_of_months(_day(start), self.amount, calendar)
            case Unit.YEAR:
                return end_of_years(_day(start), self.amount, calendar)


@dataclass(frozen=True, slots=True)
class Suspension:
    """A stopped period: `used` and `remaining` are in the same unit and make up the whole."""

    period: Period
    at: datetime
    used: Length
    remaining: Length


def suspend(period: Period, at: datetime) -> Suspension:
    """Stop `period` at the instant `at`.

    Raises PeriodError if it has ended or not begun by then, or if it is counted towards an event and cannot stop.
    """
    if period.rule is not Rule.FORWARD:
        raise PeriodError(f"a period counted {period.rule} cannot be suspended")
    if period.ended(at):
        raise PeriodError("a period that has ended cannot be suspended")
    if local_date(at) < period.start or (period.start_at is not None and as_utc(at) < period.start_at):
        raise PeriodError("a period that has not begun cannot be suspended")
    own = period.own
    unit, whole, used = _used(own if own is not None and not own.ended(at) else period, at)
    return Suspension(period, as_utc(at), Length(used, unit), Length(whole - used, unit))


def resume(
    suspension: Suspension, at: datetime, calendar: Calendar, minimum_rest: Length | None = None
) -> Period:
    """Let a stopped period run on from the instant `at`; at least `minimum_rest` remains.

    The result starts at the resumption; its `origin` says which calculation fixed the end. Raises PeriodError for a
    resumption before the stop.
    """
    if as_utc(at) < suspension.at:
        raise PeriodError("a period cannot resume before it was suspended")
    ends = [replace(suspension.remaining.run(at, calendar), origin=Origin.REMAINING)]
    if minimum_rest is not None:
        ends.append(replace(minimum_rest.run(at, calendar), origin=Origin.MINIMUM_REST))
    # later than both only if the calendar changed meanwhile
    ends.append(replace(suspension.period, origin=Origin.PROMISED))
    chosen = max(ends, key=lambda period: period.end)  # the first of equals
    return chosen if chosen is ends[0] else replace(chosen, own=ends[0])


def _used(period: Period, at: datetime) -> tuple[Unit, int, int]:
    """The unit to count on in, the whole length in it, and how much of it is used up at `at`; something always remains."""
    if period.start_at is not None:
        whole = ceil((period.end - period.start_at).total_seconds())
        return Unit.SECOND, whole, int((as_utc(at) - period.start_at).total_seconds())
    stopped = local_date(at)
    whole_days = max(0, (stopped - period.start).days - 1)
    if period.unit is Unit.WORKDAY:
        skipped = sum(note.effect is Effect.SKIPPED and note.day < stopped for note in period.notes)
        return Unit.WORKDAY, period.amount, max(0, whole_days - skipped)
    whole = (period.raw_last_date - period.start).days
    return Unit.DAY, whole, min(whole_days, whole - 1)


def _instant(start: datetime | date) -> datetime:
    if isinstance(start, datetime):
        return start
    raise PeriodError("hours are counted from an instant, not from a date")


def _day(start: datetime | date) -> date:
    if not isinstance(start, datetime):
        return start
    if start.utcoffset() is None:
        raise PeriodError(f"{start.isoformat()} has no time zone, so its date in Beijing is unknown")
    return local_date(start)
