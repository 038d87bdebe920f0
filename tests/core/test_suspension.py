"""Stopping and resuming periods: nobody's time is cut short."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from marketplace.core.calendar import Calendar, PublishedYear, SpecialDay, load_calendar
from marketplace.core.clock import SHANGHAI
from marketplace.core.period import Origin, PeriodError, Unit
from marketplace.core.periods import earliest_event, end_of_days, end_of_hours, end_of_months, end_of_workdays
from marketplace.core.suspension import Length, resume, suspend

CALENDAR = load_calendar(None)
MONDAY = date(2026, 3, 2)


def beijing(month, day, hour=10):
    return datetime(2026, month, day, hour, tzinfo=SHANGHAI)


def test_a_stopped_notice_runs_on_with_the_days_it_had_left():
    stopped = suspend(end_of_days(MONDAY, 15, CALENDAR), beijing(3, 10))
    assert (stopped.used, stopped.remaining) == (Length(7, Unit.DAY), Length(8, Unit.DAY))
    resumed = resume(stopped, beijing(3, 20), CALENDAR)
    assert (resumed.start, resumed.last_date, resumed.origin) == (
        date(2026, 3, 20),
        date(2026, 3, 30),
        Origin.REMAINING,
    )
    assert resumed.raw_last_date == date(2026, 3, 28)


def test_at_least_the_minimum_rest_remains():
    stopped = suspend(end_of_days(MONDAY, 15, CALENDAR), beijing(3, 17))
    assert stopped.remaining == Length(1, Unit.DAY)
    assert resume(stopped, beijing(3, 23), CALENDAR).last_date == date(2026, 3, 24)
    rested = resume(stopped, beijing(3, 23), CALENDAR, Length(3, Unit.DAY))
    assert (rested.last_date, rested.origin) == (date(2026, 3, 26), Origin.MINIMUM_REST)


def test_working_days_that_remained_are_not_forgotten_while_the_minimum_rest_runs():
    period = end_of_workdays(date(2026, 8, 17), 6, CALENDAR)
    for stopped, resumed in (
        (beijing(8, 24, 0), beijing(8, 24, 12)),
        (beijing(8, 25, 0), beijing(8, 26, 0)),
        (beijing(8, 27, 0), beijing(8, 28, 0)),
    ):
        period = resume(suspend(period, stopped), resumed, CALENDAR, Length(3, Unit.DAY))
    # Three days from Friday the 28th end on Monday, but two of the six working days are still owed.
    assert (period.last_date, period.origin) == (date(2026, 9, 1), Origin.REMAINING)


def test_a_minimum_rest_in_working_days_applies_to_a_period_in_days():
    stopped = suspend(end_of_days(MONDAY, 15, CALENDAR), beijing(3, 12))
    resumed = resume(stopped, beijing(3, 20), CALENDAR, Length(10, Unit.WORKDAY))
    assert (resumed.last_date, resumed.unit) == (date(2026, 4, 3), Unit.WORKDAY)


def test_working_days_used_leave_out_the_days_off():
    stopped = suspend(end_of_workdays(date(2026, 2, 2), 20, CALENDAR), beijing(2, 24))
    assert (stopped.used.amount, stopped.remaining.amount) == (10, 10)
    assert resume(stopped, beijing(2, 24, 11), CALENDAR).last_date == date(2026, 3, 9)


def test_a_stop_on_a_weekend_has_used_the_working_days_before_it():
    stopped = suspend(end_of_workdays(date(2026, 2, 2), 20, CALENDAR), beijing(2, 7))
    assert stopped.used == Length(4, Unit.WORKDAY)


def test_a_period_stopped_on_its_first_day_has_used_nothing():
    for at in (beijing(3, 2), beijing(3, 3)):
        assert suspend(end_of_days(MONDAY, 15, CALENDAR), at).used.amount == 0


def test_a_period_stopped_while_its_end_is_being_moved_keeps_a_day():
    period = end_of_days(date(2026, 9, 16), 15, CALENDAR)
    stopped = suspend(period, beijing(10, 5))
    assert (stopped.used.amount, stopped.remaining.amount) == (14, 1)
    assert resume(stopped, beijing(10, 6), CALENDAR).last_date == date(2026, 10, 8)


def test_months_run_on_in_days():
    stopped = suspend(end_of_months(MONDAY, 1, CALENDAR), beijing(3, 13))
    assert (stopped.used, stopped.remaining) == (Length(10, Unit.DAY), Length(21, Unit.DAY))


def test_hours_run_on_to_the_second():
    stopped = suspend(end_of_hours(beijing(3, 2, 9), 24), beijing(3, 2, 15))
    assert (stopped.used, stopped.remaining) == (
        Length(6 * 3600, Unit.SECOND),
        Length(18 * 3600, Unit.SECOND),
    )
    assert resume(stopped, beijing(3, 5, 0), CALENDAR).end == beijing(3, 5, 18)


def test_a_newer_calendar_cannot_take_days_away_from_a_stopped_period():
    free = PublishedYear(
        2026,
        tuple(SpecialDay(date(2026, 3, day), is_off=True, holiday="三月三") for day in range(3, 14)),
        document_number="桂政发〔2026〕1号",
    )
    generous = end_of_workdays(MONDAY, 5, Calendar([free]))
    resumed = resume(suspend(generous, beijing(3, 3)), beijing(3, 3, 11), CALENDAR)
    assert (resumed.last_date, resumed.origin) == (generous.last_date, Origin.PROMISED)


@pytest.mark.parametrize(
    ("at", "message"), [(beijing(3, 1), "not begun"), (datetime(2026, 3, 17, 16, tzinfo=UTC), "has ended")]
)
def test_only_a_running_period_can_be_stopped(at, message):
    with pytest.raises(PeriodError, match=message):
        suspend(end_of_days(MONDAY, 15, CALENDAR), at)


def test_hours_not_begun_cannot_be_stopped():
    with pytest.raises(PeriodError, match="not begun"):
        suspend(end_of_hours(beijing(3, 2, 9), 24), beijing(3, 2, 8))


def test_the_distance_to_an_event_cannot_be_stopped():
    with pytest.raises(PeriodError, match="cannot be suspended"):
        suspend(earliest_event(MONDAY, 7), beijing(3, 5))


def test_a_period_cannot_resume_before_it_stopped():
    with pytest.raises(PeriodError, match="cannot resume"):
        resume(suspend(end_of_days(MONDAY, 15, CALENDAR), beijing(3, 10)), beijing(3, 10, 9), CALENDAR)


lengths = st.builds(
    Length, st.integers(1, 60), st.sampled_from([Unit.DAY, Unit.WORKDAY, Unit.HOUR, Unit.MONTH])
)
instants = st.datetimes(datetime(2018, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC))


@given(instants, lengths, st.floats(0, 0.999), st.integers(0, 10**7), st.none() | lengths)
def test_resuming_never_ends_earlier_and_leaves_the_rest(start, length, part, pause, rest):
    period = length.run(start, CALENDAR)
    at = start + (period.end - start) * part
    assume(not period.ended(at))
    stopped = suspend(period, at)
    assert stopped.used.amount >= 0
    assert stopped.remaining.amount >= 1
    assert stopped.used.unit is stopped.remaining.unit

    again = at + timedelta(seconds=pause)
    resumed = resume(stopped, again, CALENDAR, rest)
    assert resumed.end >= period.end
    assert resumed.end >= stopped.remaining.run(again, CALENDAR).end
    if rest is not None:
        assert resumed.end >= rest.run(again, CALENDAR).end


@given(instants, st.integers(1, 60), st.floats(0, 0.999))
def test_used_and_remaining_make_up_the_whole(start, n, part):
    for unit in (Unit.DAY, Unit.WORKDAY):
        period = Length(n, unit).run(start, CALENDAR)
        at = start + (period.end - start) * part
        stopped = suspend(period, at)
        assert stopped.used.amount + stopped.remaining.amount == n


@given(instants, st.integers(2, 60), st.lists(st.floats(0.01, 0.9), min_size=2, max_size=4))
def test_a_period_may_stop_again_and_again(start, n, parts):
    period, at = end_of_workdays(date(2026, 1, 5), n, CALENDAR), datetime(2026, 1, 5, 4, tzinfo=UTC)
    left = n
    for part in parts:
        at += (period.end - at) * part
        stopped = suspend(period, at)
        assert stopped.remaining.amount <= left
        left = stopped.remaining.amount
        later = resume(stopped, at, CALENDAR)
        assert later.end >= period.end
        period = later
