"""The workbench: tasks by deadline, and the places a role may enter."""

from datetime import datetime, timedelta

import pytest

from marketplace.core.clock import SHANGHAI
from marketplace.core.registry import WorkItem
from marketplace.core.runtime import EXTENSION
from marketplace.site.work.queries import due_words, left_words
from tests.site.markup import links, words


def test_the_public_is_asked_to_log_in(client):
    answer = client.get("/work")
    assert (answer.status_code, answer.location) == (303, "/login?next=/work")


def test_an_officer_sees_what_waits_the_overdue_first(client, cast, clock, desk):
    desk.submitted(title="先来的成果")
    clock.advance(days=2)
    desk.submitted(title="后来的成果")
    clock.advance(days=2)
    text = words(client.sign_in(cast.moderator).get("/work"))
    assert text.index("先来的成果") < text.index("后来的成果")
    assert "2 项，1 项已逾期" in text
    assert "2026-03-05（周四）24:00" in text
    assert "已逾期 1 天" in text


def test_tasks_without_a_deadline_come_last(client, app, cast, clock):
    later = clock.now() + timedelta(days=9)
    app.extensions[EXTENSION].registry.work.append(
        lambda _ctx: [WorkItem("不限期的事", "甲", "/"), WorkItem("有期限的事", "乙", "/", later)]
    )
    text = words(client.sign_in(cast.inventor).get("/work"))
    assert text.index("有期限的事") < text.index("不限期的事")


def test_every_persons_menu_leads_to_the_workbench(client, cast):
    assert 'href="/work"' in client.sign_in(cast.broker).get("/rules").text


def test_somebody_without_work_is_told_so(client, cast):
    assert "没有待办" in words(client.sign_in(cast.broker).get("/work"))


@pytest.mark.parametrize(
    ("part", "there", "not_there"),
    [
        (
            "tto_officer",
            {
                "/achievements/new",
                "/work/imports",
                "/work/plans",
                "/work/notices",
                "/work/objections",
                "/work/rules",
            },
            {"/moderation"},
        ),
        (
            "inventor",
            {"/achievements/new", "/work/plans", "/work/rules"},
            {"/moderation", "/work/imports", "/work/notices", "/work/objections"},
        ),
        ("moderator", {"/moderation", "/moderation/reports"}, {"/achievements/new"}),
        ("supervisor", {"/work/objections"}, {"/work/notices", "/work/plans"}),
        ("broker", {"/account"}, {"/moderation", "/achievements/new", "/work/plans", "/work/objections"}),
    ],
)
def test_each_role_has_its_places(client, cast, part, there, not_there):
    found = set(links(client.sign_in(cast.members[part]).get("/work")))
    assert there <= found
    assert not not_there & found


NOW = datetime(2026, 3, 2, 9, 30, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("due", "said", "left"),
    [
        (datetime(2026, 3, 6, 0, 0, tzinfo=SHANGHAI), "2026-03-05（周四）24:00", "剩余 3 天"),
        (datetime(2026, 3, 3, 0, 0, tzinfo=SHANGHAI), "2026-03-02（周一）24:00", "今天截止"),
        (datetime(2026, 3, 2, 17, 0, tzinfo=SHANGHAI), "2026-03-02（周一）17:00", "今天截止"),
        (datetime(2026, 3, 2, 9, 30, tzinfo=SHANGHAI), "2026-03-02（周一）09:30", "已到期"),
        (datetime(2026, 3, 1, 0, 0, tzinfo=SHANGHAI), "2026-02-28（周六）24:00", "已逾期 2 天"),
    ],
)
def test_a_deadline_in_words(app, due, said, left):
    with app.test_request_context():
        assert (due_words(due), left_words(due, NOW)) == (said, left)
