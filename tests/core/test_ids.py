"""Identity: public ids sort by time, human numbers have no gaps."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.clock import SHANGHAI, FrozenClock
from marketplace.core.context import SYSTEM
from marketplace.core.ids import ID_LENGTH, new_id, next_number
from marketplace.core.uow import unit_of_work
from tests.threads import together

moments = st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))


@given(moments)
def test_an_id_has_its_prefix_and_twenty_characters_nobody_confuses(moment):
    made = new_id("ach", moment)
    assert re.fullmatch(r"ach_[0-9a-hjkmnp-tv-z]{20}", made)
    assert len(made) <= ID_LENGTH


@given(moments, st.integers(1, 10**10))
def test_ids_sort_by_the_time_they_were_made(moment, later):
    assert new_id("ach", moment) < new_id("ach", moment + timedelta(milliseconds=later))


def test_ids_of_one_moment_differ():
    moment = datetime(2026, 3, 2, tzinfo=UTC)
    assert len({new_id("ach", moment) for _ in range(1000)}) == 1000


def test_numbers_count_within_their_series_and_year(ctx_for, clock):
    with ctx_for(SYSTEM) as ctx:
        assert [next_number(ctx, series) for series in ("CG", "XQ", "CG")] == [
            "CG2026000001",
            "XQ2026000001",
            "CG2026000002",
        ]


@pytest.mark.parametrize(("hour", "number"), [(15, "CG2026000001"), (16, "CG2027000001")])
def test_the_year_of_a_number_turns_at_midnight_in_beijing(ctx_for, clock: FrozenClock, hour, number):
    clock.move_to(datetime(2026, 12, 31, hour, 59, tzinfo=UTC))
    assert clock.now().astimezone(SHANGHAI).year == int(number[2:6])
    with ctx_for(SYSTEM) as ctx:
        assert next_number(ctx, "CG") == number


def test_a_number_given_in_a_unit_that_failed_is_given_again(ctx_for):
    with pytest.raises(ZeroDivisionError), ctx_for(SYSTEM) as ctx:
        next_number(ctx, "CG")
        raise ZeroDivisionError
    with ctx_for(SYSTEM) as ctx:
        assert next_number(ctx, "CG") == "CG2026000001"


def test_threads_get_different_numbers_without_a_gap(app):
    def take(_index):
        with unit_of_work(SYSTEM) as ctx:
            return next_number(ctx, "CG")

    assert sorted(together(app, 8, take)) == [f"CG2026{number:06d}" for number in range(1, 9)]
