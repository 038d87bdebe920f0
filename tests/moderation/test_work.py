"""The workbench lists what waits for this officer, and nothing that does not."""

import pytest

from marketplace.core.context import ANONYMOUS
from marketplace.moderation.cases import decide
from marketplace.moderation.grounds import Decision
from marketplace.moderation.reports import NewReport, report_abuse
from marketplace.moderation.work import menu_links, work_items
from tests.moderation.things import KIND, submitted


@pytest.fixture
def work_of(app, ctx_for):
    def items(member):
        with app.test_request_context(), ctx_for(member.actor) as ctx:
            return work_items(ctx)

    return items


def test_cases_and_reports_are_listed_by_deadline(things, cast, ctx_for, case_id, clock, work_of):
    things.publish_unasked(cast)
    clock.advance(days=1)
    with ctx_for(ANONYMOUS) as ctx:
        report_abuse(ctx, NewReport(KIND, "thg_1", "not_owner", "权利人另有其人，见登记簿"))
    case, report = work_of(cast.moderator)
    assert (case.title, case.subject, case.url) == (
        "审核：物件",
        "柔性钙钛矿组件",
        f"/moderation/{case_id}",
    )
    assert case.due < report.due
    assert report.title == "答复举报 JB2026000001"
    assert case.basis


def test_work_shows_its_urgency(things, cast, case_id, clock, work_of):
    assert [item.tone for item in work_of(cast.moderator)] == [""]
    clock.advance(days=3)
    assert [item.tone for item in work_of(cast.moderator)] == ["hot"]
    clock.advance(days=1)
    assert [item.tone for item in work_of(cast.moderator)] == ["over"]


def test_own_submissions_and_own_words_are_no_work(things, cast, ctx_for, work_of):
    with ctx_for(cast.moderator.actor) as ctx:
        submitted(ctx, cast, by=cast.moderator)
        second = submitted(ctx, cast, subject="thg_2", needs=("moderator", "moderator"))
    with ctx_for(cast.zone_admin.actor) as ctx:
        decide(ctx, second, Decision("publish"))
    assert len(work_of(cast.zone_admin)) == 1
    assert [item.url for item in work_of(cast.moderator)] == [f"/moderation/{second}"]


def test_what_another_role_must_do_is_no_work(things, cast, ctx_for, work_of, officer):
    guard = officer("security_officer")
    with ctx_for(cast.tto_officer.actor) as ctx:
        case_id = submitted(ctx, cast, needs=("moderator", "security_officer"))
    assert len(work_of(guard)) == 1
    with ctx_for(guard.actor) as ctx:
        decide(ctx, case_id, Decision("publish"))
    assert work_of(guard) == []
    assert len(work_of(cast.moderator)) == 1


def test_others_have_no_such_work_and_no_such_places(things, cast, case_id, app, ctx_for, work_of, officer):
    for member in (cast.supervisor, cast.tto_officer, officer("moderator", elsewhere=True)):
        assert work_of(member) == []
    with app.test_request_context(), ctx_for(cast.tto_officer.actor) as ctx:
        assert menu_links(ctx) == []
    with app.test_request_context(), ctx_for(cast.supervisor.actor) as ctx:
        assert [address for address, _text in menu_links(ctx)] == ["/moderation", "/moderation/reports"]
