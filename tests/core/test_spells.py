"""A period that stops and runs on, against a count by hand, day after day."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auctions.terms.law import LISTING_MIDDLE, LISTING_REST, LISTING_SMALL
from listings.notices.terms import AGREEMENT_PRICE, MIN_REST, NOTICE_TERMS, REWARD
from marketplace.core.calendar import load_calendar
from marketplace.core.clock import SHANGHAI, end_of_day
from marketplace.core.period import Origin
from marketplace.core.spells import Spell, period_of

CALENDAR = load_calendar(None)
DAY = timedelta(days=1)


def noon(day):
    return datetime(day.year, day.month, day.day, 12, tzinfo=SHANGHAI)


def by_hand(term, spells, extended):
    """Count the days on which it ran from morning to night, then move off days off; at least three after a stop."""
    left, last = term.amount + extended[0], None
    for number, (begun, stopped) in enumerate(spells):
        left += extended[number] if number else 0
        day, rest, used = begun, MIN_REST.amount if number else 0, 0
        while left > 0 or used < rest:
            day += DAY
            if stopped is not None and day >= stopped:
                break
            works = CALENDAR.is_workday(day)
            used += 1
            if term.unit == "day" or works:
                left -= 1
        last = day
    while term.unit == "day" and not CALENDAR.is_workday(last):
        last += DAY
    return last


starts = st.dates(date(2025, 1, 2), date(2026, 6, 1))


@given(starts, st.lists(st.tuples(st.integers(1, 6), st.integers(0, 20)), max_size=3))
def test_what_was_used_before_a_stop_is_not_asked_for_again(begun, stops):
    """Days used never exceed the term, and an end that was promised never comes earlier."""
    term = NOTICE_TERMS[AGREEMENT_PRICE]
    spells, end = [Spell(noon(begun))], None
    period = period_of((term,), spells, CALENDAR, MIN_REST)
    for ran, pause in stops:
        stop = noon(date.fromordinal(spells[-1].started.date().toordinal() + ran))
        if stop >= period.end:
            break
        spells[-1] = Spell(spells[-1].started, stop)
        spells.append(Spell(stop + pause * DAY))
        end = period.end
        period = period_of((term,), spells, CALENDAR, MIN_REST)
        assert period.end >= end
        assert (period.last_date - spells[-1].started.date()).days >= MIN_REST.amount
        assert CALENDAR.is_workday(period.last_date) or period.origin is Origin.PROMISED
    assert sum(_whole_days(spell, period) for spell in spells) >= term.amount


def _whole_days(spell, period):
    """Days on which it ran from 0:00 to 24:00."""
    first = spell.started.date() + DAY
    last = spell.stopped.date() - DAY if spell.stopped else period.last_date
    return max(0, (last - first).days + 1)


@given(starts, st.integers(0, 10))
def test_an_extension_adds_its_days(begun, days):
    term = NOTICE_TERMS[AGREEMENT_PRICE]
    period = period_of((term,), [Spell(noon(begun), extended=days)], CALENDAR, MIN_REST)
    assert period.last_date == by_hand(term, [(begun, None)], [days])


@given(starts)
def test_working_days_are_counted_one_by_one(begun):
    term = NOTICE_TERMS[REWARD]
    period = period_of((term,), [Spell(noon(begun))], CALENDAR, MIN_REST)
    assert period.last_date == by_hand(term, [(begun, None)], [0])


@given(starts, st.integers(1, 30))
def test_an_end_that_was_promised_stands_when_a_new_calendar_would_shorten_it(begun, later):
    term = NOTICE_TERMS[AGREEMENT_PRICE]
    counted = period_of((term,), [Spell(noon(begun))], CALENDAR, MIN_REST)
    promised = counted.end + later * DAY
    kept = period_of((term,), [Spell(noon(begun), promised=promised)], CALENDAR, MIN_REST)
    assert kept.end == promised
    assert kept.origin is Origin.PROMISED
    assert kept.end == end_of_day(kept.last_date)


def test_of_several_terms_the_longest_is_explained_though_the_end_was_promised():
    terms, begun = (
        (LISTING_MIDDLE, LISTING_SMALL),
        noon(date(2026, 3, 2)),
    )  # ten working days end a day earlier
    counted = period_of(terms, [Spell(begun)], CALENDAR, LISTING_REST)
    kept = period_of(terms, [Spell(begun, promised=counted.end)], CALENDAR, LISTING_REST)
    assert (counted.amount, counted.unit) == (15, "day")
    assert kept == counted


def test_a_period_that_never_stopped_cannot_run_on():
    spells = [Spell(noon(date(2026, 3, 2))), Spell(noon(date(2026, 3, 4)))]
    with pytest.raises(ValueError, match="not stopped"):
        period_of((NOTICE_TERMS[AGREEMENT_PRICE],), spells, CALENDAR, MIN_REST)
