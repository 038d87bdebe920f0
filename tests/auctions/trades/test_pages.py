"""What people see of trades: the hall, the trade's page, the seller's pages, the host's desk."""

import re
from datetime import timedelta

import pytest

from auctions.trades.drafting import create_trade
from auctions.trades.facts import holders_of
from auctions.trades.models import Trade
from auctions.trades.services import supplement_trade, terminate_trade
from marketplace.core.errors import Conflict
from tests.auctions.floor import LISTING, LOT, PLAN
from tests.listings.achievements.pages import controls, words
from tests.listings.plans.office import credit_code

#: A buyer who was found before.
NAMED = {"buyer": {"kind": "named", "name": "拾光储能有限公司", "credit_code": credit_code("firm")}}


@pytest.fixture
def browser(app, cast):
    def person(name=""):
        client = app.test_client()
        return client.sign_in(cast.members[name]) if name else client

    return person


def test_the_hall_shows_what_runs_and_nothing_before_its_announcement(browser, floor):
    waiting = floor.look(floor.submitted())
    listed = floor.look(floor.announced())
    page = words(browser().get("/trades"))
    assert listed.number in page
    assert "挂牌中" in page
    assert "24:00" in page
    assert waiting.number not in page
    assert browser().get(f"/trades/{waiting.id}").status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("group=registering", True),
        ("group=deciding", False),
        ("group=ended", False),
        ("kind=listing_for_sale", True),
        ("kind=nonsense", False),
        ("mode=licence_ordinary", True),
        ("mode=assignment", False),
        ("band=small", True),
        ("band=large", False),
        ("q=zzzz", False),
        ("q=%", False),
        ("zone=zon_00000000000000000000", False),
    ],
)
def test_the_hall_is_narrowed_down(browser, floor, query, found):
    trade = floor.look(floor.announced())
    assert (trade.number in words(browser().get(f"/trades?{query}"))) is found


def test_the_page_says_until_when_how_counted_and_what_is_sold(browser, floor):
    made = floor.announced(matters="专利已质押。", insiders="yes", related="完成人参股受让方。", extensions=1)
    page = browser().get(f"/trades/{made}")
    said = words(page)
    for part in ("挂牌中", "期限怎样计算", "24:00", "质押", "利害关系", "80 万元", "高校院所科技成果"):
        assert part in said, part
    assert "延牌" in said
    assert "准入核查" in said
    assert "核查意见 2026-01" not in said, "documents of gates stay with the host"
    assert "公告" in said, "the record begins with the announcement"
    assert "起草" not in said


def test_a_suspended_trade_shows_since_when_and_why_and_promises_no_date(browser, floor):
    made = floor.announced()
    floor.suspend(made)
    said = words(browser().get(f"/trades/{made}"))
    assert "第三人提出权属异议" in said
    assert "期限已中止" in said
    assert "之后的日期待恢复后计算" in said


def test_a_page_is_as_of_now_though_no_worker_has_run(browser, floor, clock):
    made = floor.announced()
    clock.advance(days=60)
    assert "期满未成交" in words(browser().get(f"/trades/{made}"))


def test_the_achievements_page_leads_to_the_running_trade(browser, floor):
    trade = floor.look(floor.announced())
    page = browser().get(f"/achievements/{trade.achievement_id}")
    assert "交易中" in words(page)
    assert f"/trades/{trade.id}" in page.text


def test_calendars_hold_the_closing_time(browser, floor):
    made = floor.announced()
    end = floor.look(made).next_deadline
    for path in ("/trades.ics", f"/trades/{made}.ics"):
        text = browser().get(path).text
        assert f"DTSTART:{end:%Y%m%dT%H%M%SZ}" in text
    hidden = floor.submitted()
    assert browser().get(f"/trades/{hidden}.ics").status_code == 404


def test_a_seller_sees_the_consequences_before_choosing_and_begins(browser, floor):
    achievement, plan = floor.planned()
    officer = browser("tto_officer")
    assert f"plan={plan}" in officer.get("/work/trades/new").text
    page = officer.get(f"/work/trades/new?plan={plan}")
    said = words(page)
    assert "挂牌期满" in said
    assert "促进科技成果转化法第十八条" in said
    sent = {"kind": "listing_for_sale", "achievement": achievement, "plan": plan}
    made = officer.submit("/work/trades/new", sent)
    assert made.status_code == 303
    assert made.location.endswith("/edit")


def test_a_unit_without_a_plan_is_told_to_decide_first(browser, floor):
    achievement = floor.desk.published()
    said = words(browser("tto_officer").get(f"/work/trades/new?achievement={achievement}"))
    assert "先完成转化方案的集体决策" in said


def test_the_form_keeps_what_was_typed_and_saves_it(browser, floor):
    made = floor.drafted()
    officer, path = browser("tto_officer"), f"/work/trades/{made}/edit"
    page = officer.get(path)
    sent = dict(controls(page, path))
    sent |= {"price_fen": "80.5", "deposit_fen": "八万", "insiders": "no", "conditions-0-text": "有生产条件"}
    refused = officer.submit(path, sent)
    assert refused.status_code == 422
    assert "八万" in refused.text
    assert "有生产条件" in refused.text
    sent |= {"deposit_fen": "8", "extensions": "2", "payment": "instalments", "first_instalment_bp": "30"}
    assert officer.submit(path, sent).status_code == 303
    terms = floor.look(made).terms
    assert terms["price_fen"] == 80_500_000
    assert terms["deposit_fen"] == 8_000_000
    assert terms["conditions"] == ["有生产条件"]
    assert (terms["extensions"], terms["first_instalment_bp"]) == (2, 3_000)
    stale = officer.submit(path, {**sent, "matters": "另有许可。"})
    assert stale.status_code == 409
    assert "另有许可" in stale.text


def test_the_check_page_names_what_is_missing_and_submits(browser, floor):
    made = floor.drafted()
    officer = browser("tto_officer")
    assert "填写联系方式" in words(officer.get(f"/work/trades/{made}/check"))
    version = str(floor.look(made).version)
    assert officer.submit(f"/work/trades/{made}/submit", {"version": version}).status_code == 422
    floor.save(made, **LOT)
    page = officer.get(f"/work/trades/{made}/check")
    assert "提交示范区审核" in words(page)
    sent = dict(controls(page, f"/work/trades/{made}/submit"))
    assert officer.submit(f"/work/trades/{made}/submit", sent).status_code == 303
    assert floor.look(made).state == "submitted"


def test_the_host_reads_what_stands_against_an_announcement(browser, floor):
    made = floor.submitted()
    host = browser("moderator")
    said = words(host.get(f"/work/trade-desk/{made}/announce"))
    assert "现在不能公告" in said
    assert "“权属”尚未作出" in said
    floor.open_gates(made)
    page = host.get(f"/work/trade-desk/{made}/announce")
    assert "现在不能公告" not in words(page)
    sent = dict(controls(page, f"/work/trade-desk/{made}/announce"))
    assert host.submit(f"/work/trade-desk/{made}/announce", sent).status_code == 303
    again = host.submit(f"/work/trade-desk/{made}/announce", sent)
    assert again.status_code == 303, "a double click has one effect"
    assert floor.kinds(made).count("trade.announced") == 1


def test_only_hosts_see_the_desk_and_only_what_left_the_seller(browser, floor):
    draft, waiting = floor.look(floor.complete()), floor.look(floor.submitted())
    said = words(browser("moderator").get("/work/trade-desk"))
    assert waiting.number in said
    assert draft.number not in said
    assert browser("tto_officer").get("/work/trade-desk").status_code == 403


def test_a_supplement_begins_the_period_anew_and_is_public(browser, floor, clock):
    made = floor.announced(extensions=1)
    began = floor.look(made).next_deadline - timedelta(days=16)
    clock.advance(days=7)
    with floor.host() as ctx:
        supplement_trade(ctx, made, "专利年费标准有调整。")
    trade = floor.look(made)
    assert trade.state == "listed"
    assert trade.next_deadline == began + timedelta(days=7 + 16), (
        "fifteen days from now on, to their last midnight"
    )
    assert "专利年费标准有调整" in words(browser().get(f"/trades/{made}"))
    floor.run_out(made)
    clock.advance(days=1)
    with floor.host() as ctx:
        supplement_trade(ctx, made, "再次调整。")
    floor.run_out(made)
    assert floor.look(made).state == "unsold", "a run that was cut off is no extension"
    assert floor.kinds(made).count("trade.extended") == 1


def test_a_cut_off_extension_does_not_use_one_up(floor, clock):
    made = floor.announced(extensions=2)
    floor.run_out(made)
    clock.advance(days=1)
    with floor.host() as ctx:
        supplement_trade(ctx, made, "再次调整。")
    floor.run_out(made)
    assert floor.look(made).state == "extended"
    floor.run_out(made)
    assert floor.look(made).state == "unsold"


def test_an_unsold_trade_is_listed_anew(browser, floor):
    made = floor.announced()
    floor.run_out(made)
    officer = browser("tto_officer")
    assert "决定是否重新挂牌" in words(officer.get("/work"))
    page = officer.get(f"/work/trades/new?before={made}")
    assert "重新挂牌" in words(page)
    sent = dict(controls(page, "/work/trades/new"))
    answer = officer.submit("/work/trades/new", sent)
    again = re.search(r"trd_\w+", answer.location)[0]
    assert floor.look(again).before_id == made
    assert floor.look(again).terms["deposit_fen"] == 8_000_000
    assert floor.look(again).number in words(officer.get(f"/trades/{made}"))
    assert floor.look(again).number not in words(browser().get(f"/trades/{made}")), (
        "a draft is the seller's own"
    )


def test_holders_are_listed_told_and_answer(browser, floor):
    floor.plan = {**PLAN, "mode": "assignment"}
    made = floor.submitted(scope="")
    officer = browser("tto_officer")
    with floor.seller() as ctx:
        holder = holders_of(ctx, ctx.session.get_one(Trade, made))[0]
        holder_id, name = holder.id, holder.name
    assert name in words(officer.get(f"/trades/{made}"))
    assert "通知优先购买权人" in words(officer.get("/work"))
    path = f"/work/trades/{made}/holders"
    assert (
        officer.submit(f"{path}/{holder_id}/notice", {"way": "书面送达", "document": ""}).status_code == 422
    )
    told = officer.submit(f"{path}/{holder_id}/notice", {"way": "书面送达", "document": "回证 1"})
    assert told.status_code == 303
    early = officer.submit(f"{path}/{holder_id}/answer", {"answer": "exercised", "document": "答复 1"})
    assert early.status_code == 409
    waived = officer.submit(f"{path}/{holder_id}/answer", {"answer": "waived", "document": "答复 1"})
    assert waived.status_code == 303
    added = officer.submit(f"{path}/add", {"kind": "commissioner", "name": "望川仪器有限公司"})
    assert added.status_code == 303
    twice = officer.submit(f"{path}/add", {"kind": "commissioner", "name": "望川仪器有限公司"})
    assert twice.status_code == 422
    said = words(officer.get(f"/trades/{made}"))
    assert "望川仪器有限公司" in said
    assert "放弃" in said


def test_nobody_else_learns_who_holds_the_right(browser, floor):
    floor.plan = {**PLAN, "mode": "assignment"}
    made = floor.announced(scope="")
    for who in ("", "firm_agent", "other_tto_officer"):
        said = words(browser(who).get(f"/trades/{made}"))
        assert "优先购买权人" not in said
        assert "Y01" not in said


def test_letters_reach_the_host_and_the_seller(browser, floor, drain):
    made = floor.announced()
    with floor.host() as ctx:
        terminate_trade(ctx, made, "权属有争议。")
    drain()
    assert "待审核" in words(browser("moderator").get("/account/messages"))
    said = words(browser("tto_officer").get("/account/messages"))
    assert "已公告" in said
    assert "已被示范区终止" in said
    assert "权属有争议" in words(browser().get(f"/trades/{made}"))


def test_the_workbench_says_whose_turn_it_is(browser, floor, clock):
    made = floor.submitted()
    assert "作出交易的准入核查" in words(browser("moderator").get("/work"))
    floor.open_gates(made)
    assert "审核并公告交易" in words(browser("moderator").get("/work"))
    running = floor.announced()
    floor.suspend(running)
    clock.advance(days=25)
    assert "中止将要期满" in words(browser("moderator").get("/work"))


def test_every_page_is_there_in_english(browser, floor):
    made = floor.announced()
    page = browser().get(f"/en/trades/{made}").text
    assert "Listing for sale" in page
    assert browser().get("/en/trades").status_code == 200


def test_a_plan_with_an_agreed_price_is_not_traded_in_public(browser, floor):
    floor.plan = {"pricing_method": "agreement", **NAMED}
    achievement, plan = floor.planned()
    with floor.seller() as ctx, pytest.raises(Conflict) as caught:
        create_trade(ctx, LISTING, achievement, plan_id=plan)
    assert caught.value.code == "agreed_price"
    assert f"plan={plan}" not in browser("tto_officer").get("/work/trades/new").text
