"""Pages of deposits: the party's declaration, the desk, the bank's statement, and programs."""

import io
import re

import pytest

from auctions.trades.services import terminate_trade
from tests.auctions.counter import ACCOUNTS
from tests.house.deeds.deposits import PAYER

HEADER = "起息日,对方户名,对方账号,收入金额,流水号,摘要"


@pytest.fixture
def browser(app, cast):
    def person(name):
        return app.test_client().sign_in(cast.members[name])

    return person


def sent(*lines: str, header: str = HEADER) -> dict[str, object]:
    return {"file": (io.BytesIO("\n".join((header, *lines)).encode()), "流水.csv")}


def today(clock) -> str:
    return clock.now().date().isoformat()


def test_the_party_declares_and_the_desk_finds_it(browser, floor, counter, clock):
    made = counter.qualified(floor.announced())
    deposit = counter.deposit(made)
    paid = {**PAYER, "amount_fen": "8", "value_date": today(clock)}
    page = browser("firm_agent").submit(f"/work/deposits/{deposit.id}/declare", paid, follow_redirects=True)
    assert "付款已申报" in page.text
    assert ACCOUNTS["firm_agent"] not in page.text
    assert deposit.number in browser("settlement_clerk").get("/work/settlement").text


def test_a_complaint_brings_the_declaration_back(browser, floor, counter, clock):
    deposit = counter.deposit(counter.qualified(floor.announced()))
    paid = {**PAYER, "amount_fen": "八万", "value_date": today(clock)}
    page = browser("firm_agent").submit(f"/work/deposits/{deposit.id}/declare", paid)
    assert page.status_code == 422
    assert "八万" in page.text


def test_a_record_with_a_wrong_payer_offers_only_rejection(browser, floor, counter):
    deposit = counter.deposit(counter.recorded(floor.announced(), payer="程砚"))
    page = browser("settlement_checker").get(f"/work/deposits/{deposit.id}")
    assert "只能驳回" in page.text
    assert "确认保证金" not in page.text


def test_a_rival_and_the_seller_see_no_deposit(browser, floor, counter):
    deposit = counter.deposit(counter.recorded(floor.announced()))
    for part in ("rival_agent", "tto_officer"):
        assert browser(part).get(f"/work/deposits/{deposit.id}").status_code == 404


def test_lines_of_a_statement_find_their_deposits_or_say_why_not(browser, floor, counter, clock):
    trade = floor.announced()
    made = counter.qualified(trade)
    lines = (
        f'{today(clock)},拾光储能有限公司,{ACCOUNTS["firm_agent"]},"80,000.00",LS1,保证金',
        f"{today(clock)},无名公司,{ACCOUNTS['firm_agent']},80000,LS2,",
        f"{today(clock)},拾光储能有限公司,{ACCOUNTS['firm_agent']},很多,LS3,",
    )
    client = browser("settlement_clerk")
    page = client.submit("/work/settlement-statement", sent(*lines))
    assert page.status_code == 200, page.text
    assert "没有待交保证金的意向方使用这个户名" in page.text
    assert "填写大于零的金额" in page.text
    claims = re.findall(r'name="lines"[^>]*value="([^"]+)"', page.text)
    assert len(claims) == 1
    client.submit("/work/settlement-statement/record", {"lines": claims[0]})
    assert counter.deposit(made).state == "recorded"
    again = client.submit("/work/settlement-statement", sent(lines[0]))
    assert "这笔银行流水已经登记过" in again.text


def test_english_headers_are_understood_and_missing_ones_named(browser, floor, counter, clock):
    counter.qualified(floor.announced())
    client = browser("settlement_clerk")
    english = "date,payer,account,amount,reference"
    line = f"{today(clock).replace('-', '/')},拾光储能有限公司,{ACCOUNTS['firm_agent']},80000,LS1"
    page = client.submit("/work/settlement-statement", sent(line, header=english))
    assert 'name="lines"' in page.text
    page = client.submit("/work/settlement-statement", sent("x,y", header="日期,金额"))
    assert page.status_code == 422
    assert "缺少这些列" in page.text


def test_a_claim_of_another_officer_is_not_taken(browser, floor, counter):
    counter.qualified(floor.announced())
    client = browser("settlement_clerk")
    page = client.submit("/work/settlement-statement/record", {"lines": "x.y"}, follow_redirects=True)
    assert "勾选要登记的流水" in page.text


def test_the_desk_has_every_tab_and_the_supervisor_only_looks(browser, floor, counter):
    counter.paid(floor.announced())
    for tab in ("to_record", "to_check", "held", "refunds", "forfeits", "ended"):
        assert browser("supervisor").get(f"/work/settlement?state={tab}").status_code == 200
    assert "BZ" in browser("supervisor").get("/work/settlement?state=held").text
    assert browser("supervisor").get("/work/settlement-statement").status_code == 403


def test_the_desk_is_told_of_a_shared_account(app, drain, browser, floor, counter):
    trade = floor.announced()
    counter.recorded(trade)
    other = counter.recorded(trade, "rival_agent", account=ACCOUNTS["firm_agent"], reference="LS2")
    drain()
    assert "使用同一付款账户" in browser("supervisor").get("/account/messages").text
    assert "使用同一付款账户" in browser("moderator").get(f"/work/intents/{other}").text


def test_money_goes_back_through_the_pages_of_two_officers(browser, floor, counter, clock):
    trade = floor.announced()
    made = counter.recorded(trade)
    deposit = counter.deposit(made).id
    clerk, checker = browser("settlement_clerk"), browser("settlement_checker")
    assert checker.get(f"/work/settlement/{deposit}/reject").status_code == 200
    checker.submit(f"/work/settlement/{deposit}/check")
    assert "已确认" in clerk.get(f"/work/deposits/{deposit}").text
    assert clerk.get(f"/work/settlement/{deposit}/forfeit").status_code == 200
    clerk.submit(f"/work/settlement/{deposit}/forfeit", {"ground": "collusion", "note": "同一账户。"})
    assert "决定保证金是否没收" in checker.get("/work").text
    assert checker.get(f"/work/settlement/{deposit}/forfeit/decision").status_code == 200
    checker.submit(f"/work/settlement/{deposit}/forfeit/decision", {"forfeited": "no", "note": "不实。"})
    browser("firm_agent")
    with floor.host() as ctx:
        terminate_trade(ctx, trade, "成果权属发生争议。")
    assert "退还保证金" in clerk.get("/work").text
    assert clerk.get(f"/work/settlement/{deposit}/refund").status_code == 200
    clerk.submit(f"/work/settlement/{deposit}/refund", {"paid_on": today(clock), "voucher": "TK 1"})
    assert checker.get(f"/work/settlement/{deposit}/refund/return").status_code == 200
    page = checker.submit(f"/work/settlement/{deposit}/refund/check", follow_redirects=True)
    assert "已退还" in page.text


def test_who_ran_the_trade_is_offered_nothing_at_the_desk(browser, floor, counter):
    deposit = counter.deposit(counter.recorded(floor.announced())).id
    page = browser("moderator").get(f"/work/deposits/{deposit}").text
    assert "驳回付款" not in page
    assert "/work/settlement/" not in page
