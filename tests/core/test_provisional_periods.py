"""Periods over years whose notice is missing, and what a newer calendar may do to an end."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.calendar import Calendar, PublishedYear, SpecialDay, load_calendar, shipped_years
from marketplace.core.period import Origin
from marketplace.core.periods import end_of_days, end_of_months, end_of_workdays, end_of_years, only_later

CALENDAR = load_calendar(None)
DAY = timedelta(days=1)

known_starts = st.dates(date(2018, 1, 1), date(2025, 12, 31))
any_starts = st.dates(date(2010, 1, 1), date(2035, 12, 31))
amounts = st.integers(1, 120)


def test_an_end_in_an_unpublished_year_is_provisional():
    assert end_of_days(date(2027, 3, 1), 15, CALENDAR).provisional
    assert end_of_workdays(date(2026, 12, 1), 30, CALENDAR).provisional
    assert end_of_months(date(2026, 6, 1), 12, CALENDAR).provisional


def test_calendar_days_within_an_unpublished_year_matter_only_at_the_end():
    calendar = Calendar([year for year in shipped_years() if year.year != 2025])
    assert not end_of_years(date(2024, 3, 5), 2, calendar).provisional
    assert end_of_workdays(date(2024, 3, 5), 500, calendar).provisional


def test_an_end_in_the_last_week_of_the_last_published_year_is_provisional():
    assert not end_of_days(date(2026, 12, 9), 15, CALENDAR).provisional
    assert end_of_days(date(2026, 12, 10), 15, CALENDAR).provisional


@given(known_starts, st.integers(1, 150))
def test_nothing_is_provisional_where_every_day_is_published(start, n):
    assert not end_of_workdays(start, n, CALENDAR).provisional


@given(any_starts, amounts)
def test_a_count_is_provisional_exactly_if_a_day_it_looked_at_is_not_final(start, n):
    period = end_of_workdays(start, n, CALENDAR)
    looked_at = [start + k * DAY for k in range(1, (period.last_date - start).days + 1)]
    assert period.provisional is any(not CALENDAR.covers(day) for day in looked_at)


def test_a_recomputed_end_may_only_be_later():
    whole_week_off = PublishedYear(
        2027,
        tuple(SpecialDay(date(2027, 10, day), is_off=True, holiday="国庆节") for day in range(1, 9)),
        document_number="国办发明电〔2026〕9号",
    )
    published = end_of_days(date(2027, 9, 16), 15, CALENDAR)
    later = end_of_days(date(2027, 9, 16), 15, CALENDAR.with_year(whole_week_off))
    assert (published.last_date, later.last_date) == (date(2027, 10, 4), date(2027, 10, 11))
    assert only_later(published, later) == later

    kept = only_later(later, published)
    assert (kept.end, kept.origin, kept.provisional) == (later.end, Origin.PROMISED, published.provisional)


@given(any_starts, amounts, amounts)
def test_recomputing_never_shortens(start, before, after):
    published, recomputed = end_of_days(start, before, CALENDAR), end_of_workdays(start, after, CALENDAR)
    kept = only_later(published, recomputed)
    assert kept.end == max(published.end, recomputed.end)
    assert kept.provisional is recomputed.provisional
