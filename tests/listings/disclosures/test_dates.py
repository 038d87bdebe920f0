"""Those who have left, and novelty at risk: what is computed, and that it is said."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listings.disclosures.content import Completer, Content
from listings.disclosures.departures import departures
from listings.disclosures.novelty import Risk, novelty_risk
from marketplace.core.runtime import EXTENSION
from tests.listings.achievements.pages import words
from tests.listings.disclosures.desk import INVENTOR

TODAY = date(2026, 3, 2)
LEFT = {
    **INVENTOR,
    "name": "祁远",
    "email": "",
    "status": "departed",
    "left_on": "2025-06-30",
    "share_bp": 4_000,
}


@pytest.fixture
def calendar(app):
    return app.extensions[EXTENSION].calendar


def left(day, completed):
    return Content(
        completers=(Completer(name="祁远", status="departed", left_on=day),), completed_on=completed
    )


def test_the_year_after_leaving_ends_on_its_corresponding_day(calendar):
    (found,) = departures(left(date(2025, 6, 30), date(2026, 1, 20)), calendar)
    assert found.period.last_date == date(2026, 6, 30)
    assert found.within


@given(day=st.dates(date(2020, 1, 1), date(2025, 1, 1)), after=st.integers(min_value=0, max_value=800))
def test_within_a_year_it_is_still_the_units_and_two_weeks_later_it_is_not(calendar, day, after):
    (found,) = departures(left(day, day + timedelta(days=after)), calendar)
    assert found.before_leaving == (after == 0)
    if after <= 365:
        assert found.within
    if after > 366 + 14:  # a holiday week moves the end by some days
        assert not found.within


def test_without_a_day_of_completion_nothing_is_judged(calendar):
    (found,) = departures(left(date(2025, 6, 30), None), calendar)
    assert found.within is None


def test_the_page_explains_how_the_year_was_counted(desk, cast, browser_of):
    made = desk.complete(completers=[{**INVENTOR, "share_bp": 6_000}, LEFT])
    for path in (f"/disclosures/{made}", f"/disclosures/{made}/edit/people"):
        seen = words(browser_of(cast.inventor).get(path))
        assert "祁远 已离开本单位" in seen
        assert "2026-06-30" in seen
        assert "专利法实施细则" in seen


@pytest.mark.parametrize(
    ("dates", "risk"),
    [
        ({}, None),
        ({"planned_on": date(2026, 5, 1)}, Risk.PLANNED),
        ({"planned_on": date(2026, 3, 2)}, Risk.PUBLISHED),
        ({"published_on": date(2026, 1, 5)}, Risk.PUBLISHED),
        ({"published_on": date(2025, 7, 1)}, Risk.EXPIRED),
        ({"published_on": date(2025, 7, 1), "planned_on": date(2026, 5, 1)}, Risk.EXPIRED),
        ({"published_on": date(2025, 7, 1), "ip_state": "filed"}, None),
    ],
)
def test_publication_before_filing_threatens_novelty(calendar, dates, risk):
    found = novelty_risk(Content(**dates), TODAY, calendar)
    assert (found.risk if found else None) == risk


def test_the_warning_is_shown_where_the_dates_are_typed(desk, cast, browser_of):
    made = desk.complete(planned_on="2026-05-01", planned_what="学位论文答辩")
    seen = words(browser_of(cast.inventor).get(f"/disclosures/{made}/edit/dates"))
    assert "新颖性风险：计划公开" in seen
    assert "2026-05-01" in seen
