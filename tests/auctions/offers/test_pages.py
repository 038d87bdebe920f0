"""Pages and programs around an offer: looked at twice, kept from everybody else, and a receipt at the end."""

import logging

import pytest
from flask import render_template_string

from marketplace.core.context import SYSTEM
from marketplace.web.panels import panels_of
from tests.auctions.programs import program_of
from tests.house.deeds.books import books
from tests.house.matrix import give_tokens, identities, routes, scopes

#: 812,345 yuan, in every way in which a page might say it.
SECRET = ("81234500", "812345", "812,345", "81.23", "捌拾壹万贰仟叁佰肆拾伍")


@pytest.fixture
def browser(app, cast):
    return lambda name: app.test_client().sign_in(cast.members[name])


def test_an_amount_is_repeated_in_words_before_it_is_an_offer(parties, browser):
    made = parties.offering(2)
    client, path = browser("firm_agent"), f"/trades/{made}/offer"
    assert "填写报价" in client.get(path).text
    asked = client.submit(path, {"amount_fen": "81.2345 万"})
    assert asked.status_code == 200
    assert "捌拾壹万贰仟叁佰肆拾伍元整" in asked.text
    assert "不能修改" in asked.text
    assert client.get(f"{path}/receipt").status_code == 303
    changed = client.submit(path, {"amount_fen": "90 万", "confirmed": "81234500"})
    assert "玖拾万元整" in changed.text
    again = client.submit(path, {"amount_fen": "90 万", "again": "1"})
    assert 'value="90 万"' in again.text
    done = client.submit(path, {"amount_fen": "81.2345 万", "confirmed": "81234500"}, follow_redirects=True)
    assert "报价已收到" in done.text
    assert "¥812,345" in done.text
    assert client.get(path, follow_redirects=True).request.path.endswith("/receipt")


@pytest.mark.parametrize("typed", ["", "很多", "79 万", "-1", "0.001"])
def test_what_is_no_offer_stays_on_the_page_with_its_complaint(parties, browser, typed):
    made = parties.offering(2)
    answer = browser("firm_agent").submit(f"/trades/{made}/offer", {"amount_fen": typed})
    assert answer.status_code == 422
    assert f'value="{typed}"' in answer.text
    assert "c-field__error" in answer.text


def test_a_program_offers_and_reads_its_receipt_and_nobody_elses(parties, app, ctx_for, cast):
    made = parties.offering(2)
    firm, rival = program_of(app, cast, ctx_for, "firm_agent"), program_of(app, cast, ctx_for, "rival_agent")
    answer = firm("POST", f"/trades/{made}/offers", amount_fen=81_000_000)
    assert answer.status_code == 201
    assert firm("GET", f"/trades/{made}/offers/own").get_json() == answer.get_json()
    assert rival("GET", f"/trades/{made}/offers/own").status_code == 404
    low = rival("POST", f"/trades/{made}/offers", amount_fen=1)
    assert low.status_code == 422
    assert low.get_json()["errors"][0]["code"] == "below_price"


def test_nobody_else_learns_a_sealed_amount_from_any_page_letter_log_or_table(
    app, parties, cast, drain, caplog
):
    caplog.set_level(logging.DEBUG)
    made = parties.offering(2)
    parties.offer(made, "firm_agent", 81.2345)
    drain()
    listed = routes(app)
    people = identities(cast)
    give_tokens(app, people, scopes(listed))
    for person in people:
        if person.name == "firm_agent":
            continue
        for route in listed:
            if route.method == "GET" and route.parameters <= {"trade_id"}:
                told = person.knock(app.test_client(), route, route.path(trade_id=made)).get_data(
                    as_text=True
                )
                assert not [one for one in SECRET if one in told], (person.name, str(route))
    rows = {name: " ".join(rows) for name, rows in books(app).tables.items() if name != "trade_offer"}
    assert [name for name, text in rows.items() if any(one in text for one in SECRET)] == []
    assert not [one for one in SECRET if one in caplog.text]


def test_the_trades_page_offers_the_way_and_after_the_opening_the_table(parties, app, floor, ctx_for, cast):
    made = parties.offering(2)

    def panels(actor):
        with app.test_request_context(), ctx_for(actor) as ctx:
            return render_template_string("{{ all|join }}", all=panels_of(ctx, "trade", made))

    assert f"/trades/{made}/offer" in panels(cast.firm_agent.actor)
    parties.offer(made, "firm_agent", 81.2345)
    assert "查看报价回执" in panels(cast.firm_agent.actor)
    assert "812,345" not in panels(cast.firm_agent.actor)
    assert "已开启的报价" not in panels(cast.moderator.actor)
    floor.run_out(made)
    assert "¥812,345" in panels(cast.moderator.actor)
    assert "¥812,345" in panels(SYSTEM)


def test_the_workbench_and_letters_call_for_the_offer(parties, browser, drain):
    made = parties.offering(2)
    drain()
    assert "提交报价" in browser("firm_agent").get("/work").text
    assert "请在期限内报价" in browser("rival_agent").get("/account/messages").text
    parties.offer(made, "firm_agent", 81)
    drain()
    assert "提交报价" not in browser("firm_agent").get("/work").text
    assert "报价回执" in browser("firm_agent").get("/account/messages").text
