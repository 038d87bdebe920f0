"""Clocks: three working days, counted as the law counts, applied once and as of their due time."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.calendar import load_calendar
from marketplace.core.clock import SHANGHAI
from marketplace.moderation.age import age, age_words, how_counted, workdays_between
from marketplace.moderation.cases import decide
from marketplace.moderation.grounds import Decision
from marketplace.moderation.lifecycle import REVIEW_TERM
from marketplace.moderation.models import AbuseReport, Case
from marketplace.moderation.reports import Answer, NewReport, answer_report, report_abuse
from tests.moderation.things import KIND, submitted

MONDAY = datetime(2026, 3, 2, 9, 30, tzinfo=SHANGHAI)
DUE = datetime(2026, 3, 5, 16, 0, tzinfo=UTC)  # Thursday 5 March, 24:00 in Beijing


@pytest.fixture(scope="module")
def calendar(tmp_path_factory):
    return load_calendar(tmp_path_factory.mktemp("calendars"))


def test_a_case_is_overdue_once_and_as_of_its_due_time(
    things, cast, ctx_for, case_id, clock, run_clocks, journal
):
    clock.move_to(DUE - timedelta(seconds=1))
    assert run_clocks() == 0
    clock.move_to(DUE + timedelta(days=4))
    assert run_clocks() == 1
    assert run_clocks() == 0
    assert journal(case_id)[1:] == [("case.overdue", {"due": DUE.isoformat()})]
    with ctx_for(cast.moderator.actor) as ctx:
        assert ctx.session.get(Case, case_id).state == "overdue"


def test_a_decision_catches_up_with_the_clock_first(things, cast, ctx_for, case_id, clock, journal):
    clock.move_to(DUE)
    with ctx_for(cast.moderator.actor) as ctx:
        decide(ctx, case_id, Decision("publish"))
    kinds = [kind for kind, _data in journal(case_id)]
    assert kinds == ["case.opened", "case.overdue", "case.decided"]
    assert things.told == [("publish", "thg_1")]


def test_a_decided_case_never_becomes_overdue(things, cast, ctx_for, case_id, clock, run_clocks):
    with ctx_for(cast.moderator.actor) as ctx:
        decide(ctx, case_id, Decision("publish"))
    clock.move_to(DUE + timedelta(days=30))
    assert run_clocks() == 0


def test_a_report_is_overdue_once_and_can_still_be_answered(
    things, cast, ctx_for, clock, run_clocks, journal
):
    things.publish_unasked(cast)
    with ctx_for(cast.firm_agent.actor) as ctx:
        given_report = NewReport(KIND, "thg_1", "not_owner", "权利人是另一家单位，见专利登记簿")
        report_id = report_abuse(ctx, given_report).id
    clock.move_to(DUE)
    assert run_clocks() == 1
    assert run_clocks() == 0
    with ctx_for(cast.moderator.actor) as ctx:
        assert ctx.session.get(AbuseReport, report_id).state == "overdue"
        answer_report(ctx, report_id, Answer("dismissed", "登记簿上的权利人即发布者"))
    kinds = [kind for kind, _data in journal(report_id)]
    assert kinds == ["report.received", "report.overdue", "report.answered"]


def test_what_the_system_hands_in_later_is_counted_from_when_it_was_submitted(things, cast, ctx_for, clock):
    came = clock.now()
    clock.advance(days=2)
    with ctx_for(cast.tto_officer.actor) as ctx:
        case = ctx.session.get(Case, submitted(ctx, cast, submitted_at=came))
        assert (case.submitted_at, case.next_deadline) == (came, DUE)


@pytest.mark.parametrize(
    ("days_later", "days", "words", "tone"),
    [
        (0, 0, "剩余 3 个工作日", ""),
        (2, 2, "剩余 1 个工作日", "warn"),
        (3, 3, "最后一日，24:00 截止", "hot"),
        (4, 4, "已超期 1 个工作日", "over"),
        (5, 4, "已超期 1 个工作日", "over"),  # Saturday
        (7, 5, "已超期 2 个工作日", "over"),
    ],
)
def test_age_in_working_days(app, calendar, days_later, days, words, tone):
    with app.test_request_context():
        found = age(MONDAY, None, MONDAY + timedelta(days=days_later), REVIEW_TERM, calendar)
        assert (found.days, age_words(found), found.tone) == (days, words, tone)


def test_the_age_of_a_settled_case_stands_still(app, calendar):
    settled = MONDAY + timedelta(days=1)
    with app.test_request_context():
        found = age(MONDAY, settled, MONDAY + timedelta(days=90), REVIEW_TERM, calendar)
        assert (found.days, found.overdue, age_words(found)) == (1, False, "用时 1 个工作日")


def test_the_explanation_names_the_days_off_the_end_and_the_rule(app, calendar):
    friday = datetime(2026, 3, 6, 9, 0, tzinfo=SHANGHAI)
    period = age(friday, None, friday, REVIEW_TERM, calendar).period
    with app.test_request_context():
        told = how_counted(period, "zh")
    assert "2026-03-06（周五）起 3 个工作日" in told
    assert "2026-03-07" in told
    assert "截止 2026-03-11（周三）24:00" in told
    assert "三个工作日内完成审核" in told


@given(st.dates(date(2019, 1, 1), date(2025, 12, 1)), st.integers(1, 40))
def test_a_period_of_working_days_ends_after_as_many_working_days(calendar, start, amount):
    last = REVIEW_TERM.tightened(1).length.run(start, calendar).last_date
    assert workdays_between(start, last, calendar) == 1
    came = datetime(start.year, start.month, start.day, 12, tzinfo=SHANGHAI)
    found = age(came, None, came + timedelta(days=amount), REVIEW_TERM, calendar)
    assert found.overdue == (came + timedelta(days=amount) >= found.period.end)
    assert (found.left < 0) <= found.overdue
