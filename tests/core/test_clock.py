from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.clock import (
    SHANGHAI,
    AcceleratedClock,
    FrozenClock,
    SystemClock,
    as_utc,
    end_of_day,
    local_date,
    start_of_day,
)

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
instants = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))


def test_the_system_clock_is_the_machines_and_in_utc():
    before = datetime.now(UTC)
    now = SystemClock().now()
    assert before <= now <= datetime.now(UTC)
    assert now.tzinfo is UTC


def test_a_frozen_clock_stands_still():
    clock = FrozenClock(NOON)
    assert clock.now() == clock.now() == NOON


def test_a_frozen_clock_moves_only_when_told():
    clock = FrozenClock(NOON)
    clock.advance(days=1, minutes=30)
    assert clock.now() == NOON + timedelta(days=1, minutes=30)
    clock.move_to(datetime(2026, 1, 1, 8, 0, tzinfo=SHANGHAI))
    assert clock.now() == datetime(2026, 1, 1, tzinfo=UTC)
    assert clock.now().tzinfo is UTC


def test_a_time_without_a_zone_is_refused():
    naive = datetime(2026, 3, 2, 12, 0)
    for use in (
        FrozenClock,
        as_utc,
        local_date,
        lambda at: AcceleratedClock(at, 2),
        FrozenClock(NOON).move_to,
    ):
        with pytest.raises(ValueError, match="no time zone"):
            use(naive)


@given(st.floats(0.1, 10_000), st.integers(0, 10**6))
def test_an_accelerated_clock_runs_so_many_times_as_fast(rate, seconds):
    real = FrozenClock(NOON)
    clock = AcceleratedClock(datetime(2026, 9, 1, tzinfo=UTC), rate, base=real)
    assert clock.now() == datetime(2026, 9, 1, tzinfo=UTC)
    real.advance(seconds=seconds)
    assert clock.now() - datetime(2026, 9, 1, tzinfo=UTC) == timedelta(seconds=seconds) * rate


def test_accelerated_clocks_of_two_processes_agree_when_they_share_the_anchor():
    real = FrozenClock(NOON)
    start = datetime(2026, 9, 1, tzinfo=UTC)
    pages = AcceleratedClock(start, 60, anchor=NOON, base=real)
    real.advance(minutes=5)
    worker = AcceleratedClock(start, 60, anchor=NOON, base=real)
    assert pages.now() == worker.now() == start + timedelta(hours=5)


@pytest.mark.parametrize("rate", [0, -1, float("inf"), float("nan")])
def test_time_never_stands_still_or_runs_back_in_an_accelerated_clock(rate):
    with pytest.raises(ValueError, match="positive"):
        AcceleratedClock(NOON, rate)


def test_the_legal_date_is_the_one_in_beijing():
    assert local_date(datetime(2026, 3, 2, 15, 59, 59, tzinfo=UTC)) == date(2026, 3, 2)
    assert local_date(datetime(2026, 3, 2, 16, 0, tzinfo=UTC)) == date(2026, 3, 3)
    assert local_date(datetime(2026, 3, 2, 23, 0, tzinfo=timezone(timedelta(hours=-8)))) == date(2026, 3, 3)


def test_a_day_ends_at_24_00_beijing_time():
    assert end_of_day(date(2026, 3, 17)) == datetime(2026, 3, 17, 16, 0, tzinfo=UTC)
    assert end_of_day(date(2026, 12, 31)) == start_of_day(date(2027, 1, 1))


@given(instants)
def test_every_instant_lies_within_its_legal_date(at):
    day = local_date(at)
    assert start_of_day(day) <= at < end_of_day(day)
    assert end_of_day(day) - start_of_day(day) == timedelta(days=1)
