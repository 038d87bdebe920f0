"""The working-day calendar: what a day is, how far it is known, and how years are merged."""

import json
from datetime import date, timedelta
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.calendar import (
    Calendar,
    DayKind,
    DayReason,
    PublishedYear,
    SpecialDay,
    load_calendar,
    shipped_years,
)

CALENDAR = load_calendar(None)
BY_YEAR = {year.year: year for year in shipped_years()}
YEAR_2027 = PublishedYear(
    2027,
    (
        SpecialDay(date(2026, 12, 31), is_off=True, holiday="元旦"),
        SpecialDay(date(2027, 1, 1), is_off=True, holiday="元旦"),
        SpecialDay(date(2027, 1, 2), is_off=False, holiday="元旦"),
    ),
    document_number="国办发明电〔2026〕9号",
)
shipped_dates = st.dates(date(2018, 1, 1), date(2026, 12, 24))


def shipped_facts():
    """The shipped files read anew, without any code of the calendar."""
    facts = {}
    for entry in (files("marketplace.core.calendar") / "data").iterdir():
        for day in json.loads(entry.read_text(encoding="utf-8"))["days"]:
            facts[day["date"]] = day["isOffDay"]
    return facts


FACTS = shipped_facts()


@given(shipped_dates)
def test_a_day_works_if_the_notice_says_so_and_else_from_monday_to_friday(day):
    expected = not FACTS[day.isoformat()] if day.isoformat() in FACTS else day.weekday() < 5
    assert CALENDAR.is_workday(day) is expected


def test_all_shipped_special_days_are_known():
    assert len(FACTS) > 250
    assert {text: not CALENDAR.is_workday(date.fromisoformat(text)) for text in FACTS} == FACTS


@pytest.mark.parametrize(
    ("day", "kind", "holiday", "zh", "en"),
    [
        (date(2026, 3, 2), DayKind.WORKDAY, "", "工作日", "working day"),
        (date(2026, 3, 7), DayKind.WEEKEND, "", "周末", "weekend"),
        (date(2026, 10, 1), DayKind.HOLIDAY, "国庆节", "国庆节放假", "day off for National Day"),
        (
            date(2026, 2, 14),
            DayKind.MAKEUP_WORKDAY,
            "春节",
            "调休上班（春节）",
            "make-up working day (Spring Festival)",
        ),
        (
            date(2025, 10, 6),
            DayKind.HOLIDAY,
            "国庆节、中秋节",
            "国庆节、中秋节放假",
            "day off for National Day, Mid-Autumn Festival",
        ),
        (
            date(2027, 10, 1),
            DayKind.FIXED_HOLIDAY,
            "国庆节",
            "国庆节（法定固定日期）",
            "National Day (date fixed by law)",
        ),
    ],
)
def test_a_day_tells_why_it_is_what_it_is(day, kind, holiday, zh, en):
    reason = CALENDAR.reason(day)
    assert reason == DayReason(kind, holiday)
    assert (reason.text("zh"), reason.text("en")) == (zh, en)


def test_a_monday_the_notice_names_as_a_working_day_is_an_ordinary_one():
    assert CALENDAR.reason(date(2020, 2, 3)) == DayReason(DayKind.WORKDAY)


def test_an_unpublished_year_has_weekends_and_the_holidays_the_law_dates():
    off = [
        day
        for day in (date(2027, 1, 1) + timedelta(days=n) for n in range(365))
        if not CALENDAR.is_workday(day)
    ]
    fixed = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}
    assert off == [
        day
        for day in (date(2027, 1, 1) + timedelta(days=n) for n in range(365))
        if day.weekday() >= 5 or (day.month, day.day) in fixed
    ]


def test_the_second_of_may_is_a_holiday_only_since_the_law_says_so():
    empty = Calendar([])
    assert empty.is_workday(date(2024, 5, 2))
    assert not empty.is_workday(date(2025, 5, 2))


def test_the_calendar_is_final_for_published_years_only():
    assert not CALENDAR.covers(date(2017, 12, 31))
    assert CALENDAR.covers(date(2018, 1, 1))
    assert CALENDAR.covers(date(2025, 12, 31))
    assert not CALENDAR.covers(date(2027, 1, 1))


def test_the_last_week_of_a_year_waits_for_the_next_notice():
    assert CALENDAR.covers(date(2026, 12, 24))
    assert not CALENDAR.covers(date(2026, 12, 25))
    assert CALENDAR.with_year(YEAR_2027).covers(date(2026, 12, 25))


def test_no_shipped_notice_reaches_back_further_than_the_calendar_allows_for():
    for year in shipped_years():
        for special in year.days:
            assert special.day >= date(year.year - 1, 12, 25)


def test_a_notice_also_moves_days_of_the_year_before():
    assert CALENDAR.reason(date(2018, 12, 31)) == DayReason(DayKind.HOLIDAY, "元旦")
    assert CALENDAR.reason(date(2018, 12, 29)) == DayReason(DayKind.MAKEUP_WORKDAY, "元旦")
    assert not CALENDAR.with_year(YEAR_2027).is_workday(date(2026, 12, 31))


def test_an_imported_year_replaces_the_shipped_one_whole():
    merged = CALENDAR.with_year(
        PublishedYear(
            2026, (SpecialDay(date(2026, 3, 3), is_off=True, holiday="三月三"),), ("https://gxzf.gov.cn/x",)
        )
    )
    assert merged.reason(date(2026, 3, 3)).holiday == "三月三"
    assert merged.is_workday(date(2026, 10, 1))
    assert not CALENDAR.is_workday(date(2026, 10, 1))


def test_differences_are_the_days_that_changed_between_working_and_off():
    assert CALENDAR.differences(CALENDAR.with_year(YEAR_2027), 2027)[:2] == (
        date(2026, 12, 31),
        date(2027, 1, 2),
    )


def test_the_edition_names_years_and_content():
    assert CALENDAR.edition.startswith("cn-2018-2026-")
    assert Calendar([]).edition.startswith("cn-none-")
    assert Calendar([BY_YEAR[2018], BY_YEAR[2020], BY_YEAR[2021]]).edition.startswith("cn-2018+2020-2021-")


@given(st.permutations(shipped_years()))
def test_the_edition_does_not_depend_on_the_order_of_loading(years):
    assert Calendar(years).edition == CALENDAR.edition


@given(st.sampled_from(sorted(BY_YEAR)), st.data())
def test_another_content_has_another_edition(number, data):
    year = BY_YEAR[number]
    gone = data.draw(st.sampled_from(year.days))
    changed = PublishedYear(year.year, tuple(day for day in year.days if day != gone), year.papers)
    assert CALENDAR.with_year(changed).edition != CALENDAR.edition
    assert CALENDAR.with_year(changed).with_year(year).edition == CALENDAR.edition


@given(st.integers(2018, 2026))
def test_the_statutory_holidays_are_off_in_every_shipped_year(year):
    for month, day in ((1, 1), (5, 1), (10, 1), (10, 2), (10, 3)):
        assert not CALENDAR.is_workday(date(year, month, day))
