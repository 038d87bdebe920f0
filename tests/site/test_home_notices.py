"""Running notices on the home page: those that end soonest, with holder and end."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from listings.notices.models import Notice
from marketplace.core.context import ANONYMOUS, SYSTEM
from marketplace.core.uow import reading
from marketplace.site.home.queries import ending_soonest
from tests.listings.notices.desk import SUBJECT
from tests.site.markup import links, words


@pytest.fixture
def many(notice_desk, ctx_for):
    """Ids of seven running notices, each begun a day after the one before."""
    made = []
    for number in range(7):
        notice_desk.subject = f"{SUBJECT[:-1]}{number}"
        notice_desk.papers.change(title=f"第 {number} 项")
        made.append(notice_desk.running())
        notice_desk.clock.advance(days=1)
    return made


def test_home_names_a_running_notice_with_its_holder_and_end(client, notice_desk):
    made = notice_desk.running()
    answer = client.get("/")
    text = words(answer)
    assert "面向化工园区的六通道气体传感阵列 云岫大学 · 截止 2026-03-17 24:00" in text
    assert {f"/notices/{made}", "/notices"} <= set(links(answer))


def test_a_market_without_running_notices_says_so(client, notice_desk):
    notice_desk.scheduled()
    answer = client.get("/")
    assert "现在没有进行中的公示" in words(answer)
    assert "/notices" in links(answer)


def test_the_five_that_end_soonest_are_shown_in_order(client, many):
    shown = [link for link in links(client.get("/")) if link.startswith("/notices/")]
    assert shown == [f"/notices/{one}" for one in many[:5]]


def test_a_notice_whose_clock_stands_still_or_has_run_out_is_not_about_to_end(app, client, notice_desk, many):
    notice_desk.object(many[0])
    notice_desk.capture(many[1], "absent")
    notice_desk.clock.move_to(notice_desk.look(many[2]).next_deadline)
    shown = [link for link in links(client.get("/")) if link.startswith("/notices/")]
    assert shown == [f"/notices/{one}" for one in many[3:]]


def test_only_what_the_actor_may_read_is_listed(app, cast, ctx_for, notice_desk):
    made = notice_desk.running()
    with ctx_for(SYSTEM) as ctx:
        ctx.session.execute(update(Notice).where(Notice.id == made).values(visibility="closed"))
    with app.app_context():
        assert list(ending_soonest(reading(ANONYMOUS), 5)) == []
        assert [one.id for one in ending_soonest(reading(cast.tto_officer.actor), 5)] == [made]
        assert list(ending_soonest(reading(cast.broker.actor), 5)) == []


def test_the_home_page_asks_once_for_all_notices(client, many, count_queries):
    with count_queries() as statements:
        client.get("/")
    assert sum("FROM notice " in statement for statement in statements) == 1


def test_notices_leave_the_list_at_their_end(client, notice_desk):
    made = notice_desk.running()
    end = notice_desk.look(made).next_deadline
    notice_desk.clock.move_to(end - timedelta(microseconds=1))
    assert f"/notices/{made}" in links(client.get("/"))
    notice_desk.clock.move_to(end)
    assert f"/notices/{made}" not in links(client.get("/"))


def test_an_english_page_says_that_a_title_is_chinese(client, notice_desk):
    notice_desk.running()
    page = client.get("/en/").text
    assert '<span lang="zh-Hans">面向化工园区的六通道气体传感阵列</span>' in page
    assert "Notices that end soon" in page
