"""Confirming a deal: who may, what stands in the way, what is frozen, who hears of it."""

from io import BytesIO

import pikepdf
import pytest
from sqlalchemy import select

from auctions.confirmations.models import Confirmation
from auctions.confirmations.notice_source import basis, choices
from auctions.confirmations.services import confirm_deal, declare_default
from auctions.deposits.models import LOCKED, Deposit
from auctions.gates.services import Assessment, assess
from auctions.priority.services import Answer, take_answer
from auctions.protocols.verifying import verify
from auctions.trades.drafting import create_trade
from auctions.trades.facts import holders_of, intents_of
from auctions.trades.models import Trade
from auctions.trades.services import resume_trade
from listings.notices.drafting import create_notice
from listings.notices.terms import RESULT
from marketplace.core.context import SYSTEM
from marketplace.core.errors import Conflict, Forbidden, Invalid
from marketplace.core.ids import new_id
from marketplace.core.journal import Entry
from marketplace.core.paper_codes import shown_code
from marketplace.evidence.checkpoints import tree_head_of
from marketplace.evidence.store import latest_checkpoint
from tests.auctions.floor import LISTING
from tests.browser.pdf_text import pages_of
from tests.listings.plans.office import WAN

MESSAGES = "/account/messages"


@pytest.fixture
def browser(app, cast):
    return lambda name: app.test_client().sign_in(cast.members[name])


def confirm(floor, trade):
    with floor.host() as ctx:
        return confirm_deal(ctx, trade).id


def look(floor, made):
    with floor.ctx_for(SYSTEM) as ctx:
        found = ctx.session.get_one(Confirmation, made)
        ctx.session.expunge_all()
        return found


def test_the_highest_bidder_is_confirmed_with_the_protocol_frozen(parties, floor):
    trade = parties.decided(firm_agent=81, rival_agent=95)
    made = look(floor, confirm(floor, trade))
    assert floor.look(trade).state == "confirmed"
    assert (made.buyer_name, made.price_fen, made.how) == ("澄江材料有限公司", 95 * WAN, "highest")
    assert made.number == "QR2026000001"
    finding = verify(made.protocol)
    assert finding.problem is None, finding.text("en")
    assert finding.digest == made.digest
    assert finding.result.buyer == "02"
    with floor.ctx_for(SYSTEM) as ctx:
        told = ctx.session.scalars(select(Entry.data).where(Entry.kind == "trade.confirmed")).one()
    assert told["digest"] == made.digest
    assert told["price_fen"] == 95 * WAN


def test_the_log_is_signed_with_the_confirmation_in_it(parties, floor, drain):
    confirm(floor, parties.decided(firm_agent=81))
    with floor.ctx_for(SYSTEM) as ctx:
        last = ctx.session.scalars(select(Entry).order_by(Entry.position.desc())).first()
        assert tree_head_of(latest_checkpoint(ctx.session).note).size == last.position + 1
    drain()  # the worker comes later, and finds it done


def test_a_deal_is_confirmed_once_and_only_by_the_host(parties, floor, cast, ctx_for):
    trade = parties.decided(firm_agent=81)
    for part in ("tto_officer", "firm_agent", "supervisor"):
        with ctx_for(cast.members[part].actor) as ctx, pytest.raises(Forbidden):
            confirm_deal(ctx, trade)
    confirm(floor, trade)
    with floor.host() as ctx, pytest.raises(Conflict) as caught:
        confirm_deal(ctx, trade)
    assert caught.value.code == "wrong_state"


def test_whoever_had_to_do_with_its_money_does_not_confirm_it(parties, floor, cast):
    trade = parties.decided(firm_agent=81)
    record_deposit(floor, trade, cast.moderator)
    with floor.host() as ctx, pytest.raises(Conflict) as caught:
        confirm_deal(ctx, trade)
    assert caught.value.code == "settlement_officer"


def test_nothing_is_confirmed_while_suspended_or_with_a_gate_closed(parties, floor):
    trade = parties.decided(firm_agent=81)
    floor.suspend(trade)
    with floor.host() as ctx, pytest.raises(Conflict) as caught:
        confirm_deal(ctx, trade)
    assert caught.value.code == "suspended"
    with floor.host() as ctx:
        resume_trade(ctx, trade)
    with floor.host() as ctx:
        assess(ctx, trade, Assessment("title", "refused"))
    with floor.host() as ctx, pytest.raises(Conflict) as caught:
        confirm_deal(ctx, trade)
    assert caught.value.code == "gates"


def test_a_buyer_who_refuses_has_defaulted_and_the_seller_may_list_anew(parties, floor):
    trade = parties.decided(firm_agent=81, rival_agent=95)
    with floor.host() as ctx, pytest.raises(Invalid):
        declare_default(ctx, trade, " ")
    with floor.host() as ctx:
        declare_default(ctx, trade, "受让方书面表示不再受让。")
    row = floor.look(trade)
    assert (row.state, row.note) == ("defaulted", "受让方书面表示不再受让。")
    with floor.seller() as ctx:
        again = create_trade(ctx, LISTING, row.achievement_id, plan_id=row.plan_id, before_id=trade)
        assert again.before_id == trade


def test_a_completer_who_stepped_in_is_named_by_the_confirmation_and_not_by_the_protocol(parties, floor):
    floor.plan["mode"] = "assignment"
    trade = parties.decided(firm_agent=81, rival_agent=95)
    assert floor.look(trade).state == "priority"
    with floor.seller() as ctx:
        holders = [(h.id, h.name) for h in holders_of(ctx, ctx.session.get_one(Trade, trade))]
    for holder, _name in holders:
        with floor.seller() as ctx:
            take_answer(ctx, trade, holder, Answer("exercised", "行使声明 2026-01"))
    made = look(floor, confirm(floor, trade))
    assert (made.buyer_name, made.how, made.buyer_id) == (holders[0][1], "first_refusal", None)
    assert made.priority_id == holders[0][0]
    assert made.protocol["confirmation"]["buyer_name"] == ""
    assert verify(made.protocol).result.buyer == "Y01"


def test_everybody_sees_the_confirmed_deal_and_finds_it_by_its_code(parties, floor, client):
    trade = parties.decided(firm_agent=81)
    assert client.get(f"/trades/{trade}/confirmation").status_code == 404
    made = look(floor, confirm(floor, trade))
    page = client.get("/verify", query_string={"code": shown_code(made.code)}, follow_redirects=True)
    assert page.request.path == f"/trades/{trade}/confirmation"
    for words in (made.number, "拾光储能有限公司", "¥810,000", "捌拾壹万元整", made.digest):
        assert words in page.text
    told = client.get(f"/api/v1/trades/{trade}/confirmation").get_json()
    assert told["price_fen"] == 81 * WAN
    assert client.get(f"/trades/{trade}/protocol.json").get_json() == made.protocol
    assert "没有这个验证码" in client.get("/verify", query_string={"code": "2" * 16}).text


def test_the_paper_is_for_buyer_seller_and_zone(parties, floor, browser, client):
    trade = parties.decided(firm_agent=81, rival_agent=80)
    made = look(floor, confirm(floor, trade))
    path = f"/trades/{trade}/confirmation.pdf"
    for part in ("firm_agent", "tto_officer", "moderator", "supervisor"):
        answer = browser(part).get(path)
        assert answer.mimetype == "application/pdf"
        with pikepdf.open(BytesIO(answer.data)):
            text = "".join(pages_of(answer.data))
        assert made.number in text
        assert "捌拾壹万元整" in text
    assert browser("rival_agent").get(path).status_code == 403
    assert client.get(path).status_code in (302, 303, 401)


def test_the_host_looks_at_the_result_and_confirms_on_a_page(parties, floor, browser):
    trade = parties.decided(firm_agent=81, rival_agent=95)
    client, path = browser("moderator"), f"/trades/{trade}/confirm"
    page = client.get(path).text
    for words in ("澄江材料有限公司", "¥950,000", "玖拾伍万元整", "价高者得"):
        assert words in page
    floor.suspend(trade)
    assert "现在还不能确认" in client.get(path).text
    assert client.submit(path).status_code == 409
    with floor.host() as ctx:
        resume_trade(ctx, trade)
    key = {"request_key": "one and the same"}
    done = client.submit(path, key)
    assert done.location.endswith(f"/trades/{trade}/confirmation")
    assert client.submit(path, key).location == done.location
    assert client.get(path).status_code == 303


def test_the_reason_of_a_default_is_asked_for_beside_its_field(parties, browser):
    trade = parties.decided(firm_agent=81)
    client, path = browser("moderator"), f"/trades/{trade}/default"
    assert "次高报价者不自动成为受让方" in client.get(path).text
    answer = client.submit(path, {"note": ""})
    assert answer.status_code == 422
    assert "c-field__error" in answer.text
    assert client.submit(path, {"note": "拒绝签约。"}).status_code == 303


def test_everybody_who_took_part_hears_of_it(parties, floor, browser, drain):
    trade = parties.decided(firm_agent=81, rival_agent=95)
    drain()
    assert "确认成交" in browser("moderator").get("/work").text
    confirm(floor, trade)
    drain()
    assert "已确认由你方受让" in browser("rival_agent").get(MESSAGES).text
    assert "受让方不是你方" in browser("firm_agent").get(MESSAGES).text
    assert "公示结果" in browser("tto_officer").get(MESSAGES).text
    assert "办理保证金退还" in browser("settlement_clerk").get(MESSAGES).text
    assert "起草交易结果公示" in browser("tto_officer").get("/work").text


def test_the_result_can_be_put_on_notice_as_it_was_confirmed(parties, floor):
    made = confirm(floor, parties.decided(firm_agent=81))
    with floor.seller() as ctx:
        assert [choice.subject for choice in choices(ctx)] == [made]
        said = basis(ctx, made)
        assert said.price_fen == 81 * WAN
        assert said.fixed["buyer"] == "拾光储能有限公司"
        assert "捌拾壹万元整" in said.fixed["price"]
        assert said.decision is not None
        notice = create_notice(ctx, RESULT, made)
        assert notice.title == said.title


def record_deposit(floor, trade, officer):
    """A deposit that this officer recorded."""
    with floor.ctx_for(SYSTEM) as ctx:
        (intent,) = intents_of(ctx, ctx.session.get_one(Trade, trade))
        ctx.session.add(
            Deposit(
                id=new_id("dep", ctx.now),
                number="BZ2026000001",
                trade_id=trade,
                intent_id=intent.id,
                bidder_id=intent.bidder_id,
                zone_id=intent.zone_id,
                state=LOCKED,
                due_fen=8 * WAN,
                due_at=ctx.now,
                recorded_by=officer.user_id,
                recorded_at=ctx.now,
            )
        )
