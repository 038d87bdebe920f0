"""The public log: everything decided, no person, and no name of what never became public."""

import pytest

from marketplace.core.context import ANONYMOUS
from marketplace.core.journal import entries_of
from marketplace.moderation.cases import decide, propose_take_down
from marketplace.moderation.grounds import Decision, Removal
from marketplace.moderation.log import log_lines, logged
from marketplace.moderation.reports import Answer, NewReport, answer_report, report_abuse
from tests.moderation.things import KIND, submitted


@pytest.fixture
def lines(app, ctx_for):
    def read():
        with app.test_request_context(), ctx_for(ANONYMOUS) as ctx:
            entries = ctx.session.scalars(logged()).all()
            return log_lines(ctx, entries, "zh")

    return read


def test_a_publication_is_logged_with_title_link_roles_and_age(things, cast, ctx_for, case_id, clock, lines):
    clock.advance(days=2)
    with ctx_for(cast.moderator.actor) as ctx:
        decide(ctx, case_id, Decision("publish"))
    (line,) = lines()
    assert (line.event, line.outcome, line.kind, line.kind_words) == ("case.decided", "publish", KIND, "物件")
    assert (line.title, line.url, line.subject) == ("柔性钙钛矿组件", "/things/thg_1", "thg_1")
    assert (line.zone, line.roles, line.working_days) == ("云岫示范区", ("moderator",), 2)


def test_what_was_returned_keeps_its_name_for_itself(things, cast, ctx_for, case_id, lines):
    with ctx_for(cast.moderator.actor) as ctx:
        decide(ctx, case_id, Decision("return", ("title_unclear",), "请与纪明远联系"))
    (line,) = lines()
    assert (line.title, line.subject, line.url) == ("", "", "")
    assert [(reason.code, reason.label) for reason in line.reasons] == [("title_unclear", "名称不清")]
    assert "柔性" not in repr(line)
    assert "纪明远" not in repr(line)


def test_a_take_down_is_logged_with_the_reason_of_its_proposal(things, cast, ctx_for, lines):
    things.publish_unasked(cast)
    with ctx_for(cast.moderator.actor) as ctx:
        case_id = propose_take_down(ctx, KIND, "thg_1", Removal("inaccurate")).id
    assert lines() == []
    with ctx_for(cast.zone_admin.actor) as ctx:
        decide(ctx, case_id, Decision("take_down"))
    (line,) = lines()
    assert (line.outcome, line.title) == ("take_down", "水下焊接机器人")
    assert [reason.label for reason in line.reasons] == ["内容失实"]
    assert line.roles == ("officer", "officer")


def test_an_answer_to_a_report_is_logged_without_the_reporter(things, cast, ctx_for, lines):
    things.publish_unasked(cast)
    with ctx_for(cast.firm_agent.actor) as ctx:
        given = NewReport(KIND, "thg_1", "not_owner", "权利人另有其人，见登记簿", "程砚 186 0000 0000")
        report_id = report_abuse(ctx, given).id
    with ctx_for(cast.moderator.actor) as ctx:
        answer_report(ctx, report_id, Answer("dismissed", "登记簿与发布者一致"))
    (line,) = lines()
    assert (line.event, line.outcome, line.title) == ("report.answered", "dismissed", "水下焊接机器人")
    assert [reason.label for reason in line.reasons] == ["发布者不是权利人"]
    for secret in ("程砚", "186 0000", "登记簿", report_id, cast.firm_agent.user_id, cast.moderator.user_id):
        assert secret not in repr(line)


def test_the_newest_comes_first_and_names_its_entry_in_the_evidence_log(things, cast, ctx_for, lines):
    ids = []
    for number in range(3):
        with ctx_for(cast.tto_officer.actor) as ctx:
            ids.append(submitted(ctx, cast, subject=f"thg_{number}", title=f"第 {number} 件"))
        with ctx_for(cast.moderator.actor) as ctx:
            decide(ctx, ids[-1], Decision("publish"))
    assert [line.title for line in lines()] == ["第 2 件", "第 1 件", "第 0 件"]
    with ctx_for(ANONYMOUS) as ctx:
        expected = [entries_of(ctx.session, case_id)[-1].commitment for case_id in reversed(ids)]
    assert [line.commitment for line in lines()] == expected


def test_many_lines_take_as_many_statements_as_one(things, cast, ctx_for, app, count_queries):
    def statements() -> int:
        with app.test_request_context(), ctx_for(ANONYMOUS) as ctx, count_queries() as sent:
            log_lines(ctx, ctx.session.scalars(logged()).all(), "zh")
        return len(sent)

    def publish(number: int) -> None:
        with ctx_for(cast.tto_officer.actor) as ctx:
            case_id = submitted(ctx, cast, subject=f"thg_{number}")
        with ctx_for(cast.moderator.actor) as ctx:
            decide(ctx, case_id, Decision("publish"))

    publish(0)
    before = statements()
    for number in range(1, 6):
        publish(number)
    assert statements() == before
