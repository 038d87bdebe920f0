"""Pages and programs around intents: what party, host, seller and everybody see, and that nothing typed is lost."""

import io
import re

import pytest

from auctions.intents.panels import register_panel
from marketplace.core.context import ANONYMOUS
from tests.auctions.counter import STATEMENT
from tests.core.uploads.documents_made import pdf
from tests.house.deeds.intents import TYPED


@pytest.fixture
def browser(app, cast):
    def person(name):
        return app.test_client().sign_in(cast.members[name])

    return person


@pytest.fixture
def panel(app, ctx_for):
    """The card on the trade's page, as somebody reads it."""

    def of(trade, actor=ANONYMOUS):
        with app.test_request_context("/"), ctx_for(actor) as ctx:
            return " ".join(re.sub(r"<[^>]*>", " ", register_panel(ctx, trade)).split())

    return of


def test_registering_ends_on_a_receipt_with_time_and_digest(browser, floor, counter):
    trade = floor.announced()
    page = browser("firm_agent").submit(f"/trades/{trade}/intents/new", TYPED, follow_redirects=True)
    assert "受让意向已登记" in page.text
    number = f"{floor.look(trade).number}-01"
    assert number in page.text
    assert re.search(r"2026-\d\d-\d\d \d\d:\d\d:\d\d", page.text)
    assert re.search(r"[0-9a-f]{64}", page.text)


def test_a_complaint_brings_everything_back(browser, floor):
    trade = floor.announced()
    sent = {**TYPED, "truthful": "", "related": "yes", "related_who": "沈禾"}
    page = browser("firm_agent").submit(f"/trades/{trade}/intents/new", sent)
    assert page.status_code == 422
    assert "沈禾" in page.text
    assert STATEMENT["conditions"] in page.text
    assert "确认这一项后才能登记" in page.text


def test_a_file_need_not_be_sent_twice(browser, floor, counter):
    trade, client = floor.announced(), browser("firm_agent")
    letter = pdf()
    with_file = {**TYPED, "truthful": "", "paper": (io.BytesIO(letter), "授权书.pdf")}
    page = client.submit(f"/trades/{trade}/intents/new", with_file)
    kept = re.search(r'name="kept_paper"[^>]*value="([^"]+)"', page.text)
    assert kept is not None
    client.submit(f"/trades/{trade}/intents/new", {**TYPED, "kept_paper": kept[1]})
    made = counter.registered(trade)
    assert counter.look(made).paper["name"] == "授权书.pdf"
    assert client.get(f"/work/intents/{made}/paper", buffered=True).data == letter
    assert browser("rival_agent").get(f"/work/intents/{made}/paper").status_code == 404


def test_who_has_registered_is_shown_their_intent(browser, floor, counter):
    trade = floor.announced()
    made = counter.registered(trade)
    answer = browser("firm_agent").get(f"/trades/{trade}/intents/new")
    assert answer.location.endswith(f"/work/intents/{made}")


def test_the_seller_cannot_register(browser, floor):
    answer = browser("tto_officer").submit(f"/trades/{floor.announced()}/intents/new", TYPED)
    assert answer.status_code == 409
    assert "出让方不能受让自己的成果" in answer.text


def test_the_consortium_is_asked_for_only_where_it_is_allowed(browser, floor):
    alone = floor.announced()
    assert "参与方式" not in browser("firm_agent").get(f"/trades/{alone}/intents/new").text
    together = floor.announced(consortium=True)
    assert "参与方式" in browser("firm_agent").get(f"/trades/{together}/intents/new").text


def test_an_agency_is_asked_for_whom_it_acts(browser, floor):
    page = browser("broker").get(f"/trades/{floor.announced()}/intents/new")
    assert "是否受他人委托登记" in page.text


def test_everybody_sees_numbers_and_a_mark_but_no_name(floor, counter, panel):
    trade = floor.announced()
    relation = {"related_kind": "unit_interest", "related_who": "云岫大学", "related_how": "持股 3%"}
    counter.registered(trade, related="yes", no_influence=True, **relation)
    counter.registered(trade, "rival_agent")
    seen = panel(trade)
    assert "2 个" in seen
    assert "有关联方参与（1 个）" in seen
    assert "拾光储能" not in seen
    assert "澄江材料" not in seen


def test_seller_and_host_see_names_and_marks(cast, floor, counter, panel):
    trade = floor.announced()
    relation = {"related_kind": "unit_interest", "related_who": "云岫大学", "related_how": "持股 3%"}
    counter.registered(trade, related="yes", no_influence=True, **relation)
    for part in ("tto_officer", "moderator"):
        seen = panel(trade, cast.members[part].actor)
        assert "拾光储能有限公司" in seen
        assert "关联方" in seen


def test_a_rival_sees_no_page_of_another_party(browser, floor, counter):
    made = counter.registered(floor.announced())
    assert browser("rival_agent").get(f"/work/intents/{made}").status_code == 404


def test_the_host_may_choose_only_published_reasons(browser, floor, counter):
    made = counter.registered(floor.announced())
    page = browser("moderator").get(f"/work/intents/{made}/reject")
    assert "公告的条件 1" in page.text
    assert "公告的条件 2" not in page.text
    sent = {"reason": "condition-2", "note": "没有产线。"}
    refused = browser("moderator").submit(f"/work/intents/{made}/reject", sent)
    assert refused.status_code == 422
    assert "没有公布的条件不能作为理由" in refused.text
    assert "没有产线。" in refused.text


def test_what_waits_is_on_the_workbench_with_its_rule(browser, floor, counter):
    trade = floor.announced()
    made = counter.registered(trade)
    floor.run_out(trade)
    assert "审查意向方资格" in browser("moderator").get("/work").text
    assert "资格审查" in browser("moderator").get("/work/intent-reviews").text
    client = browser("moderator")
    client.submit(f"/work/intents/{made}/opinion", {"note": ""})
    assert "答复资格审查意见" in browser("tto_officer").get("/work").text
    browser("tto_officer").submit(f"/work/intents/{made}/agree")
    assert "交纳保证金并申报" in browser("firm_agent").get("/work").text


def test_the_pages_of_an_intent_open_for_party_seller_and_host(browser, floor, counter):
    made = counter.opined(floor.announced())
    for part in ("firm_agent", "tto_officer", "moderator", "supervisor"):
        assert browser(part).get(f"/work/intents/{made}").status_code == 200
    assert "拾光储能有限公司" in browser("firm_agent").get("/work/intents").text


def test_letters_go_to_whoever_has_waited(app, drain, browser, floor, counter):
    trade = floor.announced()
    counter.opined(trade)
    drain()
    assert "受让意向已登记，回执号" in browser("firm_agent").get("/account/messages").text
    assert "待出让方答复" in browser("tto_officer").get("/account/messages").text


def test_every_step_of_the_review_has_its_pages(browser, floor, counter):
    """A supplement, an objection, a decision and a rejection, each through its own page."""
    trade = floor.announced()
    made = counter.registered(trade)
    host, party, seller = browser("moderator"), browser("firm_agent"), browser("tto_officer")
    for act in ("ask", "opinion", "reject"):
        assert host.get(f"/work/intents/{made}/{act}").status_code == 200
    host.submit(f"/work/intents/{made}/ask", {"note": "请提供产线清单。"})
    assert "请提供产线清单。" in party.get(f"/work/intents/{made}/supplement").text
    sent = {"answer": "见附件。", "paper": (io.BytesIO(pdf()), "清单.pdf")}
    assert "见附件。" in party.submit(f"/work/intents/{made}/supplement", sent, follow_redirects=True).text
    assert host.get(f"/work/intents/{made}/supplements/1/paper", buffered=True).status_code == 200
    host.submit(f"/work/intents/{made}/opinion", {"note": "材料齐全。"})
    assert seller.get(f"/work/intents/{made}/object").status_code == 200
    seller.submit(f"/work/intents/{made}/object", {"note": "双方有诉讼。"})
    assert host.get(f"/work/intents/{made}/overrule").status_code == 200
    assert "决定出让方的异议" in host.get("/work").text
    host.submit(f"/work/intents/{made}/reject", {"reason": "condition-1", "note": "没有产线。"})
    page = party.get(f"/work/intents/{made}").text
    assert "不符合公告的第 1 项条件：具有环境监测设备的生产条件" in page
    assert "双方有诉讼。" in page


def test_the_party_withdraws_after_being_asked_once_more(browser, floor, counter):
    made = counter.registered(floor.announced())
    party = browser("firm_agent")
    assert "撤回后不能再次登记" in party.get(f"/work/intents/{made}/withdraw").text
    assert "登记已撤回" in party.submit(f"/work/intents/{made}/withdraw", follow_redirects=True).text


def test_pages_are_there_in_english(browser, floor, counter):
    made = counter.registered(floor.announced())
    assert browser("firm_agent").get(f"/en/work/intents/{made}").status_code == 200
