"""The verifier's own counting of days against the market's periods, which know nothing of each other."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.core.clock import SHANGHAI
from marketplace.core.period import Unit
from marketplace.core.suspension import Length, resume, suspend
from marketplace.evidence import verifier
from marketplace.evidence.verifier import Count, Span, Term, WorkCalendar
from tests.evidence.notices import CALENDAR, LEAST_REST, calendar_file

DAYS = WorkCalendar(calendar_file())
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 9, 30), timezones=st.just(SHANGHAI))
UNITS = st.sampled_from([Unit.DAY, Unit.WORKDAY])
AMOUNTS = st.integers(1, 30)
PAUSES = st.lists(st.timedeltas(timedelta(minutes=1), timedelta(days=9)), min_size=2, max_size=8)


@given(MOMENTS, AMOUNTS, UNITS)
def test_a_period_ends_as_the_market_counts(start: datetime, amount: int, unit: Unit) -> None:
    assert Count(Term(amount, str(unit)), DAYS, start).end() == Length(amount, unit).run(start, CALENDAR).end


@settings(max_examples=200)
@given(MOMENTS, AMOUNTS, UNITS, PAUSES)
def test_a_period_that_stops_and_runs_on_ends_as_counted_anew(
    start: datetime, amount: int, unit: Unit, pauses: list[timedelta]
) -> None:
    period, count = Length(amount, unit).run(start, CALENDAR), Count(Term(amount, str(unit)), DAYS, start)
    at = start
    for run, stop in pairwise(pauses):
        at += run
        if period.ended(at):
            break
        stopped = suspend(period, at)
        count.stop(at)
        at += stop
        period = resume(stopped, at, CALENDAR, LEAST_REST)
        count.resume(at)
        assert count.end() == period.end


@given(MOMENTS, AMOUNTS, UNITS, st.integers(0, 9))
def test_days_added_are_as_if_the_term_were_longer(
    start: datetime, amount: int, unit: Unit, more: int
) -> None:
    count = Count(Term(amount, str(unit)), DAYS, start)
    count.extend(more)
    assert count.end() == Length(amount + more, unit).run(start, CALENDAR).end


def test_a_calendar_must_know_the_years_and_the_holidays_that_the_law_fixes() -> None:
    first, last = datetime(2026, 9, 20).date(), datetime(2026, 10, 9).date()
    DAYS.check(first, last)
    with pytest.raises(verifier.ClaimError, match="2026-10-03"):
        WorkCalendar(b'{"edition":"x","days":{"2026-10-01":"rest","2026-10-02":"rest","2026-10-03":"work"}}').check(first, last)  # fmt: skip
    with pytest.raises(verifier.ClaimError, match="lacks a year"):
        WorkCalendar(b'{"edition":"x","days":{}}').check(first, last)
    with pytest.raises(verifier.ClaimError, match="wrong word"):
        WorkCalendar(b'{"edition":"x","days":{"2026-10-01":"perhaps"}}')


def at(hour: float) -> datetime:
    return datetime(2026, 3, 2, tzinfo=SHANGHAI) + timedelta(hours=hour)


@pytest.mark.parametrize(
    ("running", "lost", "looks", "gap"),
    [
        ([(0, 24)], [], [6, 12, 18], 6),
        ([(0, 24)], [], [], 24),
        ([(0, 24)], [(6, 20)], [5, 21], 5),
        ([(0, 10), (100, 110)], [], [5, 50, 105], 5),
        ([(0, 10)], [(0, 10)], [], 0),
        ([(0, 24)], [(10, 11), (12, 13)], [], 11),
    ],
)
def test_the_longest_gap_leaves_out_stops_and_interruptions(
    running: list[tuple[int, int]], lost: list[tuple[int, int]], looks: list[int], gap: int
) -> None:
    spans, cut = ([Span(at(a), at(b)) for a, b in pairs] for pairs in (running, lost))
    assert verifier.longest_gap(spans, cut, [at(look) for look in looks]) == timedelta(hours=gap)
