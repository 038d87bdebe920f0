"""Lists, the workbench and letters: who finds what, in which order, in how many statements."""

import pytest

from listings.achievements.labels import STATES
from listings.achievements.letters import letters_about
from listings.achievements.work import menu_links, work_items
from marketplace.core.context import ANONYMOUS, SYSTEM
from marketplace.core.i18n import speaking
from marketplace.core.journal import entries_of
from marketplace.moderation.cases import Removal, propose_take_down
from marketplace.moderation.grounds import Decision
from tests.listings.achievements.desk import TITLE
from tests.listings.achievements.pages import words


def test_the_own_list_has_every_state_and_what_was_returned_on_top(officer, desk, clock):
    returned = desk.submitted(title="被退回的一项")
    desk.give_back(returned, "title_unclear")
    clock.advance(days=1)
    desk.complete(title="草稿中的一项")
    clock.advance(hours=1)
    desk.submitted(title="审核中的一项")
    clock.advance(hours=1)
    public = desk.published(title="已公开的一项")
    desk.save(public, title="改到一半的一项")
    clock.advance(hours=1)
    gone = desk.published(title="下架的一项")
    desk.withdraw(gone)
    page = words(officer.get("/work/achievements"))
    places = [
        page.index(title)
        for title in ("被退回的一项", "下架的一项", "改到一半的一项", "审核中的一项", "草稿中的一项")
    ]
    assert places == sorted(places)
    assert "已公开的一项" not in page  # the row speaks of the text at work
    for count in ("全部 5", "退回修改 1", "草稿 2", "待审核 1", "可对接 1", "已下架 1"):
        assert count in page
    assert words(officer.get("/work/achievements?state=draft")).count("改到一半的一项") == 1
    assert words(officer.get("/work/achievements?state=published")).count("改到一半的一项") == 1
    assert "没有" not in words(officer.get("/work/achievements?state=nonsense"))


def test_an_empty_list_says_what_will_be_here(officer, app, cast):
    assert "这里将列出本单位登记的成果" in words(officer.get("/work/achievements"))
    assert "没有“已下架”的成果" not in words(officer.get("/work/achievements?state=withdrawn"))
    assert app.test_client().sign_in(cast.broker).get("/work/achievements").status_code == 403


def test_nobody_lists_the_drafts_of_others(app, desk, cast):
    desk.complete()
    other = app.test_client().sign_in(cast.other_tto_officer)
    assert TITLE not in other.get("/work/achievements").text


def test_the_catalogue_has_what_is_public_newest_first_in_pages(client, desk, clock):
    assert "目前还没有成果通过审核并公开" in words(client.get("/achievements"))
    for number in range(3):
        clock.advance(hours=1)
        desk.published(title=f"第 {number} 项成果的名称")
    desk.withdraw(desk.published(title="下架的一项"))
    desk.submitted(title="审核中的一项")
    page = words(client.get("/achievements"))
    assert page.index("第 2 项") < page.index("第 1 项") < page.index("第 0 项")
    assert "共 3 项" in page
    assert "下架的一项" not in page
    assert "审核中的一项" not in page
    second = words(client.get("/achievements?per_page=2&page=2"))
    assert "第 0 项" in second
    assert "第 2 项" not in second


@pytest.mark.parametrize("path", ["/achievements", "/work/achievements"])
def test_a_longer_list_takes_no_more_statements(officer, desk, count_queries, path):
    def statements():
        with count_queries() as sent:
            assert officer.get(path).status_code == 200
        return len(sent)

    desk.published(title="第一项")
    few = statements()
    for number in range(5):
        desk.published(title=f"又一项 {number}")
    assert statements() == few


def test_the_workbench_holds_what_waits_for_each(app, desk, cast, ctx_for):
    returned, ready = desk.submitted(title="退回的"), desk.complete(title="写完的")
    desk.give_back(returned, "title_unclear")
    desk.complete(title="没写完的", trl=None)

    def items(member):
        with app.test_request_context(), ctx_for(member.actor) as ctx:
            return [(item.title, item.subject, item.url) for item in work_items(ctx)]

    back = ("修改并重新提交", "退回的", f"/achievements/{returned}/edit")
    assert items(cast.tto_officer) == [back, ("核对并提交审核", "写完的", f"/achievements/{ready}/check")]
    assert items(cast.inventor) == [back]
    assert items(cast.other_tto_officer) == items(cast.broker) == items(cast.moderator) == []


def test_the_menu_leads_to_the_own_list_for_those_who_may_have_one(app, ctx_for, cast):
    def links(actor):
        with app.test_request_context(), ctx_for(actor) as ctx:
            return [url for url, _text in menu_links(ctx)]

    assert links(cast.inventor.actor) == ["/work/achievements"]
    assert links(cast.broker.actor) == links(cast.moderator.actor) == links(ANONYMOUS) == []


@pytest.fixture
def letters(app, ctx_for):
    """The letters about the last entry of an achievement, as (person, title, body) in a language."""

    def about(made, language="zh"):
        with app.test_request_context(), ctx_for(SYSTEM) as ctx, speaking(language):
            entry = entries_of(ctx.session, made)[-1]
            return [(x.user_id, str(x.title), str(x.body), x.url) for x in letters_about(ctx, entry)]

    return about


def test_those_behind_a_text_hear_that_it_was_returned(desk, cast, letters):
    made = desk.begun(cast.inventor)
    desk.fill(made)
    desk.submit(made)
    desk.give_back(made, "abstract_thin", note="补充检测报告")
    sent = letters(made)
    assert [user for user, *_rest in sent] == [cast.tto_officer.user_id, cast.inventor.user_id]
    _user, title, body, url = sent[0]
    assert title == f"成果 {desk.look(made).number} 已退回修改"
    assert body == f"成果名称：{TITLE}\n要求：简介过短，缺少指标\n审核意见：补充检测报告"
    assert url == f"/achievements/{made}/edit"
    assert letters(made) == sent
    assert "The abstract is too short" in letters(made, "en")[0][2]


def test_one_person_gets_one_letter_of_a_publication(desk, cast, letters):
    made = desk.published()
    assert letters(made) == [
        (
            cast.tto_officer.user_id,
            f"成果 {desk.look(made).number} 已发布",
            f"成果名称：{TITLE}",
            f"/achievements/{made}",
        )
    ]


def test_a_takedown_is_explained(desk, cast, letters, ctx_for):
    made = desk.published()
    with ctx_for(cast.moderator.actor) as ctx:
        propose_take_down(ctx, "achievement", made, Removal("infringement", "收到权利人通知"))
    desk.decide(made, Decision("take_down"), cast.second_moderator)
    (letter,) = letters(made)
    assert letter[2] == f"成果名称：{TITLE}\n原因：收到侵权通知\n说明：收到权利人通知"


def test_every_state_has_a_word():
    assert all(str(word) for word, _tone in STATES.values())
