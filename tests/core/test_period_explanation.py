"""Explanations of periods: complete rows, in both languages, on page, terminal and as JSON."""

import json
import re
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.calendar import Calendar, load_calendar
from marketplace.core.clock import SHANGHAI
from marketplace.core.period import Origin, Unit
from marketplace.core.period_json import period_as_json
from marketplace.core.period_rows import RowCode, explain
from marketplace.core.period_text import end_text, explanation
from marketplace.core.periods import (
    earliest_event,
    end_of_days,
    end_of_hours,
    end_of_workdays,
    latest_notice_date,
    only_later,
)
from marketplace.core.suspension import Length, resume, suspend

CALENDAR = load_calendar(None)
CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")

starts = st.datetimes(datetime(2018, 1, 1), datetime(2029, 12, 31), timezones=st.just(SHANGHAI))
dates = st.dates(date(2018, 1, 1), date(2029, 12, 31))
lengths = st.one_of(
    st.builds(Length, st.integers(1, 90), st.sampled_from([Unit.DAY, Unit.WORKDAY])),
    st.builds(Length, st.integers(1, 500), st.sampled_from([Unit.HOUR, Unit.SECOND])),
    st.builds(Length, st.integers(1, 24), st.sampled_from([Unit.MONTH, Unit.YEAR])),
)
periods = st.one_of(
    st.builds(lambda length, start: length.run(start, CALENDAR), lengths, starts),
    st.builds(latest_notice_date, dates, st.integers(1, 60)),
    st.builds(earliest_event, dates, st.integers(1, 60), strict=st.booleans()),
)


@given(periods)
def test_every_date_appears_in_exactly_one_row_in_order(period):
    days = [day for row in explain(period) for day in row.dates]
    first, last = min(period.start, period.last_date), max(period.start, period.last_date)
    if period.rule.startswith("event"):
        last = period.next_date
    assert days == [first + timedelta(days=n) for n in range((last - first).days + 1)]


@given(dates, st.integers(1, 90), st.sampled_from([Unit.DAY, Unit.WORKDAY]))
def test_the_numbered_rows_sum_to_the_amount(start, n, unit):
    rows = explain(Length(n, unit).run(start, CALENDAR))
    assert [row.number for row in rows if row.number is not None] == list(range(1, n + 1))


@given(dates, st.integers(1, 90))
def test_rows_before_and_after_an_event_are_numbered_whole(day, n):
    back = [row.number for row in explain(latest_notice_date(day, n)) if row.number]
    assert back == list(range(n, 0, -1))
    for strict in (True, False):
        rows = explain(earliest_event(day, n, strict=strict))
        assert [row.number for row in rows if row.number] == list(range(1, n + 1))
        assert rows[-1].code is RowCode.EVENT


@given(dates, st.integers(1, 90))
def test_every_row_of_a_day_off_says_why(start, n):
    for row in explain(end_of_workdays(start, n, CALENDAR))[1:]:
        counts = CALENDAR.is_workday(row.first)
        assert (row.number is not None) is counts
        assert counts or (row.reason is not None and not row.reason.is_workday)


@given(periods)
def test_english_explanations_have_no_chinese_character(period):
    texts = explanation(period, "en")
    parts = [texts.headline, texts.end, texts.next_step, texts.calendar, *texts.caveats]
    parts += [part for basis in texts.basis for part in (basis.cited, basis.said)]
    parts += [part for row in texts.rows for part in (row.day, row.number, row.note)]
    assert not CHINESE.search("\n".join(parts))


@given(periods)
def test_chinese_and_english_explanations_have_the_same_shape(period):
    zh, en = explanation(period, "zh"), explanation(period, "en")
    assert [row.number for row in zh.rows] == [row.number for row in en.rows]
    assert [bool(row.note) for row in zh.rows] == [bool(row.note) for row in en.rows]
    assert len(zh.basis) == len(en.basis) > 0
    assert len(zh.caveats) == len(en.caveats)
    assert CHINESE.search(zh.headline)


def test_a_moved_end_is_explained_in_words():
    rows = explanation(end_of_days(date(2026, 4, 17), 15, CALENDAR), "zh").rows
    assert [(row.number, row.note) for row in rows[-5:]] == [
        ("15", "劳动节放假，期满日逢休息日，顺延"),
        ("", "劳动节放假，继续顺延"),
        ("", "劳动节放假，继续顺延"),
        ("", "劳动节放假，继续顺延"),
        ("", "顺延至此日，24:00 截止"),
    ]


def test_a_make_up_day_is_explained_in_words():
    rows = explanation(end_of_days(date(2026, 1, 30), 15, CALENDAR), "en").rows
    assert rows[-1].day == "Sat 2026-02-14"
    assert rows[-1].note == "make-up working day (Spring Festival): last day, ends at 24:00"


@pytest.mark.parametrize(
    ("period", "zh", "en"),
    [
        (end_of_days(date(2026, 11, 12), 15, CALENDAR), "2026-11-27（周五）24:00", "Fri 2026-11-27 24:00"),
        (
            end_of_hours(datetime(2026, 3, 2, 9, 30, 5, tzinfo=SHANGHAI), 2),
            "2026-03-02（周一）11:30:05",
            "Mon 2026-03-02 11:30:05",
        ),
        (
            end_of_hours(datetime(2026, 3, 2, 23, 0, tzinfo=SHANGHAI), 1),
            "2026-03-02（周一）24:00",
            "Mon 2026-03-02 24:00",
        ),
    ],
)
def test_ends_are_written_with_weekday_and_24_00(period, zh, en):
    assert (end_text(period, "zh"), end_text(period, "en")) == (zh, en)


def test_the_headline_tells_what_is_counted():
    one = end_of_workdays(date(2026, 3, 2), 1, CALENDAR)
    assert explanation(one, "zh").headline == "自 2026-03-02（周一）起 1 个工作日"
    assert explanation(one, "en").headline == "1 working day from Mon 2026-03-02"
    assert (
        explanation(latest_notice_date(date(2026, 3, 2), 15), "zh").headline
        == "2026-03-02（周一）之前至少 15 日"
    )


def test_caveats_tell_of_provisional_results_and_of_resumptions():
    provisional = end_of_days(date(2027, 3, 1), 15, CALENDAR)
    assert explanation(provisional, "zh").caveats[0].startswith("暂定")
    stopped = suspend(end_of_days(date(2026, 3, 2), 15, CALENDAR), datetime(2026, 3, 16, tzinfo=SHANGHAI))
    at = datetime(2026, 3, 17, tzinfo=SHANGHAI)
    assert "剩余时间" in explanation(resume(stopped, at, CALENDAR), "zh").caveats[0]
    assert "最短保留" in explanation(resume(stopped, at, CALENDAR, Length(9, Unit.DAY)), "zh").caveats[0]
    assert explanation(end_of_days(date(2026, 3, 2), 15, CALENDAR), "zh").caveats == ()


def test_a_promise_is_explained_where_the_calendar_would_allow_less():
    longer, shorter = end_of_days(date(2026, 3, 2), 20, CALENDAR), end_of_days(date(2026, 3, 2), 15, CALENDAR)
    kept = only_later(longer, shorter)
    assert kept.origin is Origin.PROMISED
    assert "stands" in explanation(kept, "en").caveats[0]


def test_periods_without_calendar_say_so():
    texts = explanation(earliest_event(date(2026, 3, 2), 7), "zh")
    assert texts.calendar == "不涉及工作日历"
    assert texts.next_step == "最早可在 2026-03-10（周二）举行"


@given(periods, st.sampled_from(["zh", "en"]))
def test_json_tells_the_same_as_the_period(period, locale):
    data = json.loads(json.dumps(period_as_json(period, locale)))
    assert datetime.fromisoformat(data["end_at"]) == period.end
    assert data["end_at"].endswith("Z")
    assert data["last_date"] == period.last_date.isoformat()
    assert len(data["days"]) == len(explain(period))
    assert len(data["skipped"]) == len(period.skipped)
    assert data["calendar_edition"] == period.edition
    assert data["basis"][0]["law"] == "民法典"


def test_long_periods_of_years_stay_short_to_explain():
    assert len(explain(Length(20, Unit.YEAR).run(date(2026, 3, 2), Calendar([])))) < 12
