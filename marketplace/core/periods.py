"""Counting periods, 民法典 arts. 200–204. Pure functions: no clock, no database.

A start is a Beijing date (see ``clock.local_date``) and is itself not counted. Every function raises PeriodError for an
amount below one or out of reason, and for a start that is not what its rule needs.
"""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from marketplace.core import legal_basis as law
from marketplace.core.calendar.days import DayKind
from marketplace.core.calendar.workdays import Calendar
from marketplace.core.clock import as_utc, end_of_day, local_date
from marketplace.core.legal_basis import LegalBasis
from marketplace.core.period import DayNote, Effect, Origin, Period, PeriodError, Rule, Unit

_DAY = timedelta(days=1)
_LEAST_INSTANT = timedelta(microseconds=1)
EARLIEST_YEAR, LATEST_YEAR = 1949, 2999
# a hundred years in each unit: no legal period is longer, and counting stays quick
MOST = {
    Unit.DAY: 36_525,
    Unit.WORKDAY: 26_100,
    Unit.HOUR: 876_600,
    Unit.SECOND: 3_155_760_000,
    Unit.MONTH: 1_200,
    Unit.YEAR: 100,
}


def end_of_days(start: date, days: int, calendar: Calendar) -> Period:
    """`days` calendar days after `start`; a last day that is a day off moves to the next working day (arts. 201, 203)."""
    _check(days, Unit.DAY, start)
    basis = (law.START_NOT_COUNTED, law.ENDS_AFTER_REST)
    return _ending_on_a_workday(_Span(start, days, Unit.DAY), start + timedelta(days=days), calendar, basis)


def end_of_workdays(start: date, workdays: int, calendar: Calendar) -> Period:
    """The end of the `workdays`-th working day after `start`."""
    _check(workdays, Unit.WORKDAY, start)
    notes: list[DayNote] = []
    counted, day, provisional = 0, start, False
    while counted < workdays:
        day += _DAY
        reason = calendar.reason(day)
        provisional = provisional or not calendar.covers(day)
        if not reason.is_workday:
            notes.append(DayNote(day, Effect.SKIPPED, reason))
            continue
        counted += 1
        if reason.kind is DayKind.MAKEUP_WORKDAY:
            notes.append(DayNote(day, Effect.COUNTED_MAKEUP, reason))
    return Period(
        unit=Unit.WORKDAY,
        amount=workdays,
        rule=Rule.FORWARD,
        start=start,
        end=end_of_day(day),
        last_date=day,
        raw_last_date=day,
        next_date=day + _DAY,
        basis=(law.START_NOT_COUNTED, law.WORKING_DAYS),
        notes=tuple(notes),
        edition=calendar.edition,
        provisional=provisional,
    )


def end_of_months(start: date, months: int, calendar: Calendar) -> Period:
    """The corresponding day `months` later, or the month's last day; moved off a day off (arts. 202, 203)."""
    _check(months, Unit.MONTH, start)
    return _end_of_months(_Span(start, months, Unit.MONTH), months, calendar)


def end_of_years(start: date, years: int, calendar: Calendar) -> Period:
    """The corresponding day `years` later, or the month's last day; moved off a day off (arts. 202, 203)."""
    _check(years, Unit.YEAR, start)
    return _end_of_months(_Span(start, years, Unit.YEAR), years * 12, calendar)


def end_of_hours(start_at: datetime, hours: int) -> Period:
    """Exactly `hours` after the instant `start_at`; begins at once and never moves (art. 201)."""
    return _end_of_instants(start_at, hours, Unit.HOUR, timedelta(hours=1))


def end_of_seconds(start_at: datetime, seconds: int) -> Period:
    """Exactly `seconds` after the instant `start_at`, as periods of hours are counted."""
    return _end_of_instants(start_at, seconds, Unit.SECOND, timedelta(seconds=1))


def latest_notice_date(deadline: date, days: int) -> Period:
    """The last day on which something due at least `days` before `deadline` may be done, until its 24:00.

    `deadline` is the `start` of the period and is not counted. The date is never moved: later would cut the days short,
    and online a day off is as good as any.
    """
    _check(days, Unit.DAY, deadline)
    last = deadline - timedelta(days=days)
    return _unmoved(_Span(deadline, days, Unit.DAY), Rule.BEFORE, last)


def earliest_event(announced: date, days: int, *, strict: bool = True) -> Period:
    """When an event may take place that is announced `days` before it; the answer is `next_date`.

    Strict (the default): `days` full days lie between the two, so the event is on ``announced + days + 1`` at the
    earliest. Otherwise the common reading, ``announced + days``. A day off is no hindrance.
    """
    _check(days, Unit.DAY, announced)
    span = _Span(announced, days, Unit.DAY)
    if strict:
        return _unmoved(span, Rule.EVENT_STRICT, announced + timedelta(days=days))
    return _unmoved(span, Rule.EVENT_PLAIN, announced + timedelta(days=days - 1))


def only_later(published: Period, recomputed: Period) -> Period:
    """The period to go by when a newer calendar gives `recomputed` for one `published` before: an end never comes earlier.

    Where the published end is the later one it stands, as a promise; it stops being provisional when the calendar has.
    """
    if recomputed.end >= published.end:
        return recomputed
    return replace(published, origin=Origin.PROMISED, provisional=recomputed.provisional)


@dataclass(frozen=True, slots=True)
class _Span:
    """From where, and how much."""

    start: date
    amount: int
    unit: Unit


def _check(amount: int, unit: Unit, start: date) -> None:
    if not 1 <= amount <= MOST[unit]:
        raise PeriodError(f"a period must be between 1 and {MOST[unit]} ({unit}), not {amount}")
    if isinstance(
        start, datetime
    ):  # a datetime is a date to Python, but which date it is depends on the zone
        raise PeriodError("days are counted from a date; take local_date() of an instant")
    if not EARLIEST_YEAR <= start.year <= LATEST_YEAR:
        raise PeriodError(
            f"a period must start between {EARLIEST_YEAR} and {LATEST_YEAR}, not in {start.year}"
        )


def _end_of_months(span: _Span, months: int, calendar: Calendar) -> Period:
    basis = (law.START_NOT_COUNTED, law.CORRESPONDING_DAY, law.ENDS_AFTER_REST)
    return _ending_on_a_workday(span, _corresponding_day(span.start, months), calendar, basis)


def _corresponding_day(start: date, months: int) -> date:
    index = start.month - 1 + months
    year, month = start.year + index // 12, index % 12 + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def _ending_on_a_workday(
    span: _Span, raw_last: date, calendar: Calendar, basis: tuple[LegalBasis, ...]
) -> Period:
    notes: list[DayNote] = []
    last, provisional = raw_last, not calendar.covers(raw_last)
    while not (reason := calendar.reason(last)).is_workday:
        notes.append(DayNote(last, Effect.MOVED, reason))
        last += _DAY
        provisional = provisional or not calendar.covers(last)
    if reason.kind is DayKind.MAKEUP_WORKDAY:
        notes.append(DayNote(last, Effect.COUNTED_MAKEUP, reason))
    return Period(
        unit=span.unit,
        amount=span.amount,
        rule=Rule.FORWARD,
        start=span.start,
        end=end_of_day(last),
        last_date=last,
        raw_last_date=raw_last,
        next_date=last + _DAY,
        basis=basis,
        notes=tuple(notes),
        edition=calendar.edition,
        provisional=provisional,
    )


def _unmoved(span: _Span, rule: Rule, last: date) -> Period:
    return Period(
        unit=span.unit,
        amount=span.amount,
        rule=rule,
        start=span.start,
        end=end_of_day(last),
        last_date=last,
        raw_last_date=last,
        next_date=last + _DAY,
        basis=(law.START_NOT_COUNTED, law.ANNOUNCED_OTHERWISE),
    )


def _end_of_instants(start_at: datetime, amount: int, unit: Unit, each: timedelta) -> Period:
    if start_at.utcoffset() is None:
        raise PeriodError(
            f"a period of {unit}s starts at an instant; {start_at.isoformat()} has no time zone"
        )
    start = local_date(start_at)
    _check(amount, unit, start)
    begin = as_utc(start_at)
    end = begin + amount * each
    # an end at 00:00 is the 24:00 of the day before, as everywhere else
    last = local_date(end - _LEAST_INSTANT)
    return Period(
        unit=unit,
        amount=amount,
        rule=Rule.FORWARD,
        start=start,
        end=end,
        last_date=last,
        raw_last_date=last,
        next_date=local_date(end),
        basis=(law.HOURS_AT_ONCE,),
        start_at=begin,
    )
