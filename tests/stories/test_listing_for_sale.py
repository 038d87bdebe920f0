"""Listings for sale as people live through them, over HTTP: from the draft to the confirmed deal, or to none."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import datetime

import pytest

from marketplace.accounts.identity import actor_of
from marketplace.accounts.members.changes import add_member
from marketplace.accounts.models import User
from marketplace.accounts.people import Registration
from marketplace.accounts.signin.services import register_user
from marketplace.core.clock import SHANGHAI
from marketplace.core.context import SYSTEM
from tests.auctions.floor import PLAN, Floor
from tests.cast import Member
from tests.listings.achievements.desk import Desk
from tests.listings.achievements.pages import words
from tests.stories.trading import HOST, SECOND_HOST, SELLER, Exchange

FIRMS = ("firm_agent", "rival_agent", "third_agent")


#: A sealed amount in every way it could be told.
AMOUNT = ("955000", "955,000", "95500000", "95.5 万", "玖拾伍万")
#: What comes before every announcement.
PREPARED = ["drafted", "submitted", *["gate_assessed"] * 4]
#: A party that takes part: registered, then qualified and paid.
REGISTERED = ["intent_registered"]
QUALIFIED = ["intent.found_qualified", "intent.accepted", "deposit.required"]
PAID = ["deposit.declared", "deposit.recorded", "deposit.locked", "intent.eligible"]


def at(month, day, hour=10, minute=0):
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


@pytest.fixture
def exchange(app, cast, clock):
    return Exchange(app, cast, clock)


@pytest.fixture
def floor(cast, clock, ctx_for):
    """For what happened before the trade: the published achievement and the decided plan."""
    return Floor(cast, clock, ctx_for)


def test_nobody_wants_it_and_it_is_listed_lower_with_an_approval(exchange, floor):
    _, plan = floor.planned()
    first = exchange.listed(f"plan={plan}", extensions="1")
    said = exchange.reads(first)
    for part in ("挂牌中，截止2026-03-17（周二） 24:00", "¥800,000", "高校院所科技成果", "最多延长 1 次"):
        assert part in said, part
    exchange.run_out(first)
    said = exchange.reads(first)
    assert (
        "延牌中，截止2026-03-25（周三） 24:00" in said
    )  # it begins at midnight, on 18 March: five working days later
    assert "期满，无意向方，按公告延牌" in said
    exchange.run_out(first)
    assert exchange.state(first) == "期满未成交"

    again = exchange.begin(f"before={first}")
    exchange.write(again, price_fen="70", deposit_fen="7")
    check = f"/work/trades/{again}/check"
    assert "价格低于集体决策的价格" in words(exchange.of(SELLER).get(check))
    refused = exchange.of(SELLER).submit(f"/work/trades/{again}/submit", {"version": "2"})
    assert refused.status_code == 422
    exchange.write(again, price_fen="70", deposit_fen="7", approval="云大技转会〔2026〕9 号")
    exchange.submit(again)
    exchange.open_gates(again)
    exchange.announce(again)
    said = exchange.reads(again)
    assert exchange.state(again) == "挂牌中"
    for part in ("¥700,000", "云大技转会〔2026〕9 号", "此前的交易"):
        assert part in said, part
    assert "重新挂牌为" in exchange.reads(first)
    assert exchange.kinds(first) == [*PREPARED, "announced", "extended", "lapsed"]
    assert exchange.kinds(again) == [*PREPARED, "announced"]


def test_one_buyer_meets_the_price(exchange, floor):
    _, plan = floor.planned()
    trade = exchange.listed(f"plan={plan}")
    exchange.pass_days(3)
    exchange.join(trade, "firm_agent")
    said = exchange.reads(trade)
    assert "已登记的意向方1 个" in said
    assert "拾光储能" not in said, "who registers stays unnamed"
    exchange.run_out(trade)
    assert exchange.state(trade) == "协议成交中"
    low = exchange.try_("firm_agent", f"/trades/{trade}/offer", amount_fen="79 万")
    assert low.status_code == 422
    assert "报价不能低于挂牌价" in words(low)
    assert "79 万" in low.text
    assert "¥800,000" in exchange.offer(trade, "firm_agent", "80 万")
    assert exchange.state(trade) == "待成交确认"
    confirmed = exchange.confirm(trade)
    for part in ("拾光储能有限公司", "¥800,000", "捌拾万元整", "唯一合格意向方报价达到挂牌价"):
        assert part in confirmed, part
    said = exchange.reads(trade)
    assert exchange.state(trade) == "已成交"
    for part in ("QR2026000001", "拾光储能有限公司"):
        assert part in said, part
    assert exchange.kinds(trade) == [
        *PREPARED, "announced", *REGISTERED, *QUALIFIED, *PAID, "closed", "one_eligible", "offer_received",
        "price_met", "confirmed",
    ]  # fmt: skip


def test_three_buyers_seal_their_quotations_and_of_equal_ones_the_earlier_buys(exchange, floor, tmp_path):
    _, plan = floor.planned()
    trade = exchange.listed(f"plan={plan}")
    exchange.join(trade, *FIRMS)
    exchange.run_out(trade)
    assert exchange.state(trade) == "报价中"
    exchange.move_to(at(3, 18))
    for firm, amount in (("rival_agent", "95.5 万"), ("firm_agent", "955000"), ("third_agent", "905,000")):
        exchange.offer(trade, firm, amount)
        exchange.clock.advance(minutes=1)
    sealed_from_everybody(exchange, trade)

    exchange.run_out(trade)
    said = exchange.reads(trade)
    assert exchange.state(trade) == "待成交确认"
    for part in (
        "已开启的报价，共 3 份",
        "102¥955,0002026-03-18 10:00:00",
        "201¥955,0002026-03-18 10:01:00",
        "303¥905,0002026-03-18 10:02:00",
    ):
        assert part in said, part
    confirmed = exchange.confirm(trade)
    for part in ("澄江材料有限公司", "¥955,000", "玖拾伍万伍仟元整", "报价相同，在先者得"):
        assert part in confirmed, part
    recomputed(exchange, trade, confirmed, tmp_path)
    assert exchange.kinds(trade) == [
        *PREPARED, "announced", *REGISTERED * 3, *[*QUALIFIED, *PAID] * 3, "closed", "several_eligible",
        *["offer_received"] * 3, "opened", *["deposit.refund_due"] * 2, "offers_opened", "confirmed",
    ]  # fmt: skip


def sealed_from_everybody(exchange, trade):
    """Before the opening no amount is anywhere that seller, host, public or another party can look."""
    for name in (SELLER, HOST, SECOND_HOST, "zone_admin", "public", "third_agent"):
        browser = exchange.of(name)
        for path in ("/trades/{}", "/api/v1/trades/{}", "/trades/{}/confirm", "/trades", "/work"):
            told = browser.get(path.format(trade)).text
            assert not [one for one in AMOUNT if one in told], (name, path)
        assert browser.get(f"/trades/{trade}/protocol.json").status_code == 404
    assert "已开启的报价" not in exchange.reads(trade, SECOND_HOST)


def recomputed(exchange, trade, confirmed, folder):
    """By anybody, from the file alone: it agrees with the page; a figure that was altered is seen."""
    file = folder / "GP.json"
    file.write_bytes(exchange.of("public").get(f"/trades/{trade}/protocol.json").data)
    said = verified(file)
    assert said.returncode == 0, said.stdout + said.stderr
    for part in ("02", "¥955,000", "报价相同，在先者得"):
        assert part in said.stdout
    (digest,) = re.findall(r"[0-9a-f]{64}", said.stdout)
    assert digest in confirmed
    told = json.loads(file.read_bytes())
    told["offers"][2]["amount_fen"] += 10_000_000
    file.write_text(json.dumps(told))
    said = verified(file)
    assert said.returncode == 1
    assert "offers.2.commitment" in said.stdout


def verified(file):
    """The command as the installed program runs it."""
    run = "from marketplace.cli import main; main()"
    command = [sys.executable, "-c", run, "protocol", "verify", str(file)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_completer_takes_it_at_the_price_that_was_found(exchange, floor):
    floor.plan = {**PLAN, "mode": "assignment"}
    _, plan = floor.planned()
    trade = exchange.begin(f"plan={plan}")
    exchange.write(trade, scope="")
    exchange.submit(trade)
    exchange.open_gates(trade)
    assert "还没有通知优先购买权人：Y01" in words(exchange.of(HOST).get(f"/trades/{trade}"))
    (holder,) = exchange.tell_holders(trade)
    assert "通知优先购买权人满三日后才能公告" in words(exchange.of(HOST).get(f"/trades/{trade}"))
    exchange.pass_days(3)
    exchange.announce(trade)
    exchange.join(trade, "firm_agent", "rival_agent")
    exchange.run_out(trade)
    exchange.offer(trade, "firm_agent", "90 万")
    exchange.offer(trade, "rival_agent", "88 万")
    early = exchange.try_(SELLER, f"{holder}/answer", answer="exercised", document="行使声明 2026-01")
    assert early.status_code == 409
    assert "成交价确定之后才能行使优先购买权" in words(early)
    exchange.run_out(trade)
    said = exchange.reads(trade)
    assert exchange.state(trade) == "征询优先购买权"
    assert "¥900,000" in said
    assert "沈禾" not in said, "holders stay unnamed"
    exchange.send(SELLER, f"{holder}/answer", answer="exercised", document="行使声明 2026-01")
    assert exchange.state(trade) == "待成交确认"
    confirmed = exchange.confirm(trade)
    for part in ("沈禾", "¥900,000", "行使优先购买权"):
        assert part in confirmed, part
    for intent in ("firm_agent", "rival_agent"):
        assert "沈禾" in exchange.reads(trade, intent)
    assert exchange.kinds(trade) == [
        *PREPARED, "holder_notified", "announced", *REGISTERED * 2, *[*QUALIFIED, *PAID] * 2, "closed",
        "several_eligible", *["offer_received"] * 2, "opened", "offers_opened", "holder_exercised",
        "holders_answered", *["deposit.refund_due"] * 2, "confirmed",
    ]  # fmt: skip


def test_an_objection_suspends_it_and_the_end_moves(exchange, floor):
    _, plan = floor.planned()
    trade = exchange.listed(f"plan={plan}")
    exchange.move_to(at(3, 10))
    page = f"/work/trade-desk/{trade}/suspend"
    unexplained = exchange.try_(HOST, page, note="", document="异议 2026-01")
    assert unexplained.status_code == 422
    assert "异议 2026-01" in unexplained.text, "nothing typed is lost"
    exchange.send(HOST, page, note="第三人对专利权属提出异议。", document="异议 2026-01")
    said = exchange.reads(trade)
    for part in ("第三人对专利权属提出异议。", "期限已中止", "2026-04-09（周四） 24:00 自动恢复"):
        assert part in said, part
    assert exchange.of("firm_agent").get(f"/trades/{trade}/intents/new").status_code == 303
    exchange.move_to(at(3, 16))
    exchange.send(HOST, f"/trades/{trade}", f"/work/trade-desk/{trade}/resume")
    said = exchange.reads(trade)
    assert "期限已中止" not in said
    assert re.search(r"2026-03-16 10:00:00恢复\d+ ?2026-03-10 10:00:00中止", said)
    for part in (
        "挂牌中，截止2026-03-30（周一） 24:00",
        "中止后恢复，按恢复后最短保留时间计算",  # ten working days: more than the eight days that were left
        "恢复后继续公告的期限不少于十个工作日",
    ):
        assert part in said, part
    exchange.join(trade, "firm_agent")
    exchange.move_to(at(3, 18))
    assert exchange.state(trade) == "挂牌中", "the first end has passed without effect"
    exchange.run_out(trade)
    assert exchange.state(trade) == "协议成交中"
    assert exchange.kinds(trade) == [
        *PREPARED, "announced", "suspended", "resumed", *REGISTERED, *QUALIFIED, *PAID, "closed", "one_eligible",
    ]  # fmt: skip


@pytest.fixture
def boss(exchange, cast, ctx_for):
    """The administrator of a firm, who may list what the firm owns."""
    with ctx_for(SYSTEM) as ctx:
        person = Registration(name="贺长河", email="he@firm.example", password="quiet lantern 4417")
        user_id = register_user(ctx, person, "unusable", confirmed=True)
        membership = add_member(ctx, cast.firm_agent.org_id, user_id, ["firm_admin"])
        user = ctx.session.get_one(User, user_id)
        made = Member(user.email, user.name, actor_of(user, membership))
    exchange.others["boss"] = made
    return made


def test_a_state_owned_firm_lists_its_own_at_no_less_than_the_appraisal(exchange, cast, ctx_for, boss):
    achievement = Desk(replace(cast, tto_officer=boss), ctx_for).published()
    trade = exchange.begin(f"achievement={achievement}", "boss")
    appraised = {
        "nature": "state_enterprise", "mode": "licence_ordinary", "body": "董事会", "resolution": "拾光董〔2026〕2 号",
        "decided_on": "2026-02-26", "appraisal_fen": "120", "appraisal_on": "2026-01-31",
        "appraisal_document": "云岫评报〔2026〕11 号", "price_fen": "110",
        "rights-0-kind": "know_how", "rights-0-holder": "拾光储能有限公司",
    }  # fmt: skip
    exchange.write(trade, "boss", **appraised)
    said = words(exchange.of("boss").get(f"/work/trades/{trade}/check"))
    assert "挂牌价¥1,100,000首次挂牌价不能低于评估结果" in said, "beside the field"
    refused = exchange.of("boss").submit(f"/work/trades/{trade}/submit", {"version": "2"})
    assert refused.status_code == 422
    assert "首次挂牌价不能低于评估结果" in words(refused)
    exchange.write(trade, "boss", **{**appraised, "price_fen": "120"})
    exchange.submit(trade, "boss")
    exchange.open_gates(trade)
    exchange.announce(trade)
    said = exchange.reads(trade)
    for part in (
        "挂牌中，截止2026-03-17（周二） 24:00",
        "自 2026-03-02（周一）起 15 日",  # longer than the ten working days of the decree
        "企业国有资产",
        "云岫评报〔2026〕11 号",
        "拾光董〔2026〕2 号",
    ):
        assert part in said, part
    assert "期满日逢休息日，顺延" not in said
    assert exchange.kinds(trade) == [*PREPARED, "announced"]
