"""Counting periods: the agreed vectors, an independent count, and what must hold for every start and amount."""

import json
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.calendar import load_calendar
from marketplace.core.clock import SHANGHAI, end_of_day, start_of_day
from marketplace.core.period import Effect, PeriodError, Rule
from marketplace.core.periods import (
    earliest_event,
    end_of_days,
    end_of_hours,
    end_of_months,
    end_of_seconds,
    end_of_workdays,
    end_of_years,
    latest_notice_date,
)

CALENDAR = load_calendar(None)
DAY = timedelta(days=1)

any_starts = st.dates(date(2010, 1, 1), date(2035, 12, 31))
amounts = st.integers(1, 120)


class NaiveCalendar:
    """The rules written a second time, from the files, in the plainest way."""

    def __init__(self):
        self.off, self.makeup, self.years = set(), set(), set()
        for entry in (files("marketplace.core.calendar") / "data").iterdir():
            data = json.loads(entry.read_text(encoding="utf-8"))
            if data["days"]:
                self.years.add(data["year"])
            for day in data["days"]:
                (self.off if day["isOffDay"] else self.makeup).add(day["date"])

    def works(self, day):
        text = str(day)
        if day.year not in self.years and text not in self.off | self.makeup:
            fixed = ["-01-01", "-05-01", "-10-01", "-10-02", "-10-03"] + (
                ["-05-02"] if day.year >= 2025 else []
            )
            return day.isoweekday() <= 5 and text[4:] not in fixed
        return text in self.makeup or (day.isoweekday() <= 5 and text not in self.off)

    def after_days(self, start, n):
        day = date.fromordinal(start.toordinal() + n)
        while not self.works(day):
            day = date.fromordinal(day.toordinal() + 1)
        return day

    def after_workdays(self, start, n):
        ordinals = range(start.toordinal() + 1, start.toordinal() + 3 * n + 60)
        return [day for day in map(date.fromordinal, ordinals) if self.works(day)][n - 1]


NAIVE = NaiveCalendar()


@pytest.mark.parametrize(
    ("start", "days", "raw", "last"),
    [
        (date(2026, 3, 2), 15, date(2026, 3, 17), date(2026, 3, 17)),
        (date(2026, 9, 16), 15, date(2026, 10, 1), date(2026, 10, 8)),
        (date(2026, 4, 17), 15, date(2026, 5, 2), date(2026, 5, 6)),
        (date(2026, 1, 30), 15, date(2026, 2, 14), date(2026, 2, 14)),
        (date(2025, 9, 22), 15, date(2025, 10, 7), date(2025, 10, 9)),
        (date(2026, 9, 2), 30, date(2026, 10, 2), date(2026, 10, 8)),
        (date(2026, 9, 30), 3, date(2026, 10, 3), date(2026, 10, 8)),
        (date(2026, 11, 12), 15, date(2026, 11, 27), date(2026, 11, 27)),
    ],
)
def test_calendar_days_as_agreed(start, days, raw, last):
    period = end_of_days(start, days, CALENDAR)
    assert (period.raw_last_date, period.last_date) == (raw, last)
    assert period.end == datetime(last.year, last.month, last.day, 16, 0, tzinfo=UTC)
    assert period.next_date == last + DAY
    assert period.moved is (raw != last)
    assert (period.provisional, period.edition) == (False, CALENDAR.edition)


@pytest.mark.parametrize(
    ("start", "workdays", "last"),
    [
        (date(2026, 2, 2), 20, date(2026, 3, 6)),
        (date(2026, 9, 14), 20, date(2026, 10, 16)),
        (date(2026, 9, 14), 15, date(2026, 10, 10)),
        (date(2026, 4, 27), 10, date(2026, 5, 13)),
        (date(2026, 9, 25), 5, date(2026, 10, 9)),
    ],
)
def test_working_days_as_agreed(start, workdays, last):
    period = end_of_workdays(start, workdays, CALENDAR)
    assert period.last_date == period.raw_last_date == last
    assert period.end == end_of_day(last)
    assert period.next_date == last + DAY
    assert not period.provisional


def test_a_tender_issued_on_10_september_may_close_on_30_september():
    assert earliest_event(date(2026, 9, 10), 20, strict=False).next_date == date(2026, 9, 30)
    assert end_of_days(date(2026, 9, 10), 20, CALENDAR).last_date == date(2026, 9, 30)


def test_a_strict_event_leaves_that_many_full_days_between():
    period = earliest_event(date(2026, 3, 2), 7)
    assert (period.rule, period.last_date, period.next_date) == (
        Rule.EVENT_STRICT,
        date(2026, 3, 9),
        date(2026, 3, 10),
    )


def test_the_latest_notice_date_stays_on_a_day_off():
    period = latest_notice_date(date(2026, 10, 20), 15)
    assert period.last_date == date(2026, 10, 5)
    assert not CALENDAR.is_workday(period.last_date)
    assert period.end == end_of_day(date(2026, 10, 5))


def test_the_days_that_moved_an_end_are_told_with_their_reasons():
    period = end_of_days(date(2026, 4, 17), 15, CALENDAR)
    assert [(note.day.day, note.effect, note.reason.holiday) for note in period.skipped] == [
        (2, Effect.MOVED, "劳动节"),
        (3, Effect.MOVED, "劳动节"),
        (4, Effect.MOVED, "劳动节"),
        (5, Effect.MOVED, "劳动节"),
    ]


def test_a_make_up_saturday_is_told_as_the_reason_why_the_end_stays():
    period = end_of_days(date(2026, 1, 30), 15, CALENDAR)
    assert period.skipped == ()
    assert [(note.day, note.effect) for note in period.notes] == [(date(2026, 2, 14), Effect.COUNTED_MAKEUP)]


def test_every_day_passed_over_in_a_count_of_working_days_is_told():
    period = end_of_workdays(date(2026, 2, 2), 20, CALENDAR)
    assert [note.day for note in period.skipped] == [
        date(2026, 2, 7),
        date(2026, 2, 8),
        *(date(2026, 2, day) for day in range(15, 24)),
        date(2026, 3, 1),
    ]


@given(any_starts, amounts)
def test_calendar_days_agree_with_an_independent_count(start, n):
    assert end_of_days(start, n, CALENDAR).last_date == NAIVE.after_days(start, n)


@given(any_starts, amounts)
def test_working_days_agree_with_an_independent_count(start, n):
    assert end_of_workdays(start, n, CALENDAR).last_date == NAIVE.after_workdays(start, n)


@pytest.mark.parametrize("count", [end_of_days, end_of_workdays])
@given(start=any_starts, n=amounts, later=st.integers(0, 40), more=st.integers(0, 40))
def test_a_later_start_or_a_larger_amount_never_ends_earlier(count, start, n, later, more):
    end = count(start, n, CALENDAR).end
    assert count(start + later * DAY, n, CALENDAR).end >= end
    assert count(start, n + more, CALENDAR).end >= end


@given(any_starts, st.integers(1, 30), st.integers(0, 40), st.integers(0, 5))
def test_months_are_monotone_too(start, n, later, more):
    end = end_of_months(start, n, CALENDAR).end
    assert end_of_months(start + later * DAY, n, CALENDAR).end >= end
    assert end_of_months(start, n + more, CALENDAR).end >= end


@given(any_starts, amounts)
def test_the_working_days_within_the_period_are_as_many_as_asked(start, n):
    period = end_of_workdays(start, n, CALENDAR)
    days = [start + k * DAY for k in range(1, (period.last_date - start).days + 1)]
    assert sum(CALENDAR.is_workday(day) for day in days) == n


@pytest.mark.parametrize("count", [end_of_days, end_of_workdays, end_of_months])
@given(start=any_starts, n=st.integers(1, 48))
def test_no_period_ends_on_a_day_off(count, start, n):
    period = count(start, n, CALENDAR)
    assert CALENDAR.is_workday(period.last_date)
    assert period.end == end_of_day(period.last_date)
    assert period.raw_last_date <= period.last_date
    assert not any(
        CALENDAR.is_workday(period.raw_last_date + k * DAY)
        for k in range((period.last_date - period.raw_last_date).days)
    )


@given(any_starts, amounts)
def test_working_days_never_end_before_as_many_calendar_days(start, n):
    assert end_of_workdays(start, n, CALENDAR).last_date >= end_of_days(start, n, CALENDAR).raw_last_date


@given(any_starts, amounts)
def test_between_an_announcement_and_a_strict_event_lie_the_full_days(start, n):
    strict, plain = earliest_event(start, n), earliest_event(start, n, strict=False)
    assert (start_of_day(strict.next_date) - end_of_day(start)) == n * DAY
    assert strict.next_date - plain.next_date == DAY
    assert plain.next_date - start == n * DAY
    assert strict.end == start_of_day(strict.next_date)


@given(any_starts, amounts)
def test_notice_date_and_event_are_each_others_mirror(day, n):
    assert earliest_event(latest_notice_date(day, n).last_date, n, strict=False).next_date == day


@pytest.mark.parametrize(
    ("start", "months", "raw"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 12, 15), 1, date(2026, 1, 15)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2025, 6, 30), 12, date(2026, 6, 30)),
        (date(2025, 10, 15), 3, date(2026, 1, 15)),
    ],
)
def test_months_end_on_the_corresponding_day_or_the_months_last(start, months, raw):
    assert end_of_months(start, months, CALENDAR).raw_last_date == raw


def test_a_month_ending_on_a_holiday_moves_on():
    assert end_of_months(date(2026, 9, 1), 1, CALENDAR).last_date == date(2026, 10, 8)


def test_a_year_from_29_february_ends_on_28_february():
    assert end_of_years(date(2024, 2, 29), 1, CALENDAR).last_date == date(2025, 2, 28)
    assert end_of_years(date(2024, 2, 29), 4, CALENDAR).raw_last_date == date(2028, 2, 29)


@given(any_starts, st.integers(1, 10))
def test_a_year_is_twelve_months(start, n):
    assert end_of_years(start, n, CALENDAR).last_date == end_of_months(start, 12 * n, CALENDAR).last_date


@given(
    st.datetimes(datetime(2018, 1, 1), datetime(2030, 1, 1), timezones=st.just(SHANGHAI)),
    st.integers(1, 5000),
)
def test_hours_end_exactly_and_are_never_moved(start, n):
    period = end_of_hours(start, n)
    assert period.end - start == timedelta(hours=n)
    assert end_of_seconds(start, 3600 * n).end == period.end
    assert period.end <= end_of_day(period.last_date)
    assert start_of_day(period.last_date) < period.end
    assert (period.edition, period.provisional) == (None, False)


def test_hours_ending_at_midnight_end_at_24_00_of_the_day_before():
    period = end_of_hours(datetime(2026, 3, 2, 0, 0, tzinfo=SHANGHAI), 24)
    assert (period.last_date, period.next_date) == (date(2026, 3, 2), date(2026, 3, 3))


def test_what_arrives_at_the_deadline_is_late():
    period = end_of_days(date(2026, 3, 2), 15, CALENDAR)
    assert not period.ended(datetime(2026, 3, 17, 15, 59, 59, 999999, tzinfo=UTC))
    assert period.ended(datetime(2026, 3, 17, 16, 0, tzinfo=UTC))
    assert period.ended(datetime(2026, 3, 18, 0, 0, tzinfo=SHANGHAI))


@pytest.mark.parametrize("amount", [0, -1, 10**9])
def test_amounts_without_sense_are_refused(amount):
    start, at = date(2026, 3, 2), datetime(2026, 3, 2, tzinfo=UTC)
    for count in (end_of_days, end_of_workdays, end_of_months, end_of_years):
        with pytest.raises(PeriodError, match="must be between"):
            count(start, amount, CALENDAR)
    for event in (latest_notice_date, earliest_event):
        with pytest.raises(PeriodError, match="must be between"):
            event(start, amount)
    with pytest.raises(PeriodError, match="must be between"):
        end_of_hours(at, amount)


def test_days_are_not_counted_from_an_instant_and_hours_not_without_zone():
    with pytest.raises(PeriodError, match="local_date"):
        end_of_days(datetime(2026, 3, 2, tzinfo=UTC), 15, CALENDAR)
    with pytest.raises(PeriodError, match="no time zone"):
        end_of_hours(datetime(2026, 3, 2), 15)


def test_a_start_out_of_all_reason_is_refused():
    with pytest.raises(PeriodError, match="must start between"):
        end_of_days(date(9999, 12, 31), 1, CALENDAR)
