"""Registering an intent: who may, until when, in which order, and what is told of it."""

import pytest

from auctions.gates.models import EXPORT, PASSED
from auctions.gates.services import Assessment, assess
from auctions.intents.reply import agree_to
from auctions.intents.review import opine_qualified
from auctions.intents.services import register_intent, withdraw_intent
from auctions.intents.statement import Partner, Statement
from listings.achievements.models import Achievement
from marketplace.accounts.models import Organisation
from marketplace.core.context import SYSTEM
from marketplace.core.errors import Conflict, Forbidden, Invalid
from marketplace.core.journal import entries_of
from tests.auctions.counter import STATEMENT


def refused(counter, trade, who="firm_agent", **changes) -> str:
    with counter.acting(who) as ctx, pytest.raises(Conflict) as caught:
        register_intent(ctx, trade, Statement(**{**STATEMENT, **changes}))
    return caught.value.code


def complaints(counter, trade, who="firm_agent", **changes) -> set[tuple[str, str]]:
    with counter.acting(who) as ctx, pytest.raises(Invalid) as caught:
        register_intent(ctx, trade, Statement(**{**STATEMENT, **changes}))
    return {(error.field, error.code) for error in caught.value.errors}


def code_of(counter, who) -> str:
    with counter.floor.ctx_for(SYSTEM) as ctx:
        return ctx.session.get_one(Organisation, counter.floor.cast.members[who].org_id).credit_code


def test_the_order_of_registration_gives_codes_without_names(floor, counter):
    trade = floor.announced()
    first, second = counter.registered(trade), counter.registered(trade, "rival_agent")
    assert [counter.look(made).code for made in (first, second)] == ["01", "02"]
    with floor.ctx_for(SYSTEM) as ctx:
        told = [e.data for e in entries_of(ctx.session, trade) if e.kind == "trade.intent_registered"]
    assert [set(data) for data in told] == [{"code", "position", "content"}] * 2
    assert told[0]["content"] == counter.look(first).digest


def test_a_repeat_returns_the_first(floor, counter):
    trade = floor.announced()
    assert counter.registered(trade) == counter.registered(trade, contact="另一个人")
    assert floor.kinds(trade).count("trade.intent_registered") == 1


def test_the_instant_of_the_deadline_is_too_late(floor, counter, clock):
    trade = floor.announced(extensions=0)
    clock.move_to(floor.look(trade).next_deadline)
    assert refused(counter, trade) == "not_registering"


def test_nobody_registers_while_the_trade_is_suspended(floor, counter):
    trade = floor.announced()
    floor.suspend(trade)
    assert refused(counter, trade) == "suspended"


def test_the_seller_and_its_broker_cannot_buy(floor, counter):
    trade = floor.announced()
    assert refused(counter, trade, "tto_officer") == "seller"
    agency = {"behalf": "no", "serves_seller": "yes"}
    assert refused(counter, trade, "broker", **agency) == "seller_broker"
    fronting = {"behalf": "yes", "serves_seller": "no", "principal_name": "云岫大学"}
    assert (
        refused(counter, trade, "broker", **fronting, principal_code=code_of(counter, "tto_officer"))
        == "seller"
    )


def test_an_agency_says_for_whom_it_acts(floor, counter):
    trade = floor.announced()
    assert complaints(counter, trade, "broker") == {("behalf", "required"), ("serves_seller", "required")}


def test_an_inventor_does_not_register(floor, counter):
    trade = floor.announced()
    with counter.acting("inventor") as ctx, pytest.raises(Forbidden):
        register_intent(ctx, trade, Statement(**STATEMENT))


def test_every_statement_is_made(floor, counter):
    trade = floor.announced()
    bare = dict.fromkeys(("truthful", "no_dishonesty", "no_collusion", "owner_disclosed"), False)
    wanted = {(name, "required") for name in bare}
    assert complaints(counter, trade, **bare) == wanted
    related = complaints(counter, trade, related="yes")
    assert related == {
        ("related_kind", "unknown_code"),
        ("related_who", "required"),
        ("related_how", "required"),
        ("no_influence", "required"),
    }


def test_a_consortium_needs_a_listing_that_allows_it(floor, counter):
    trade = floor.announced()
    assert ("joint", "not_allowed") in complaints(counter, trade, joint="consortium")


def test_a_member_of_a_consortium_does_not_also_come_alone(floor, counter):
    trade = floor.announced(consortium=True)
    rival = Partner("澄江材料有限公司", code_of(counter, "rival_agent"))
    counter.registered(trade, joint="consortium", members=(rival,), agreement="联合体协议 2026-01")
    assert refused(counter, trade, "rival_agent") == "twice"


def test_nobody_is_taken_into_a_consortium_who_came_alone(floor, counter):
    trade = floor.announced(consortium=True)
    counter.registered(trade, "rival_agent")
    rival = Partner("澄江材料有限公司", code_of(counter, "rival_agent"))
    consortium = {"joint": "consortium", "members": (rival,), "agreement": "联合体协议 2026-01"}
    assert refused(counter, trade, **consortium) == "twice"


def test_foreign_parties_come_in_through_the_export_gate_only(floor, counter):
    trade = floor.announced()
    assert refused(counter, trade, foreign="controlled") == "export_gate"
    with floor.host() as ctx:
        assess(ctx, trade, Assessment(EXPORT, PASSED, "自由出口登记 2026-01"))
    counter.registered(trade, foreign="controlled")


def test_what_is_for_domestic_parties_only_stays_so(floor, counter):
    trade = floor.announced()
    achievement = floor.look(trade).achievement_id
    with floor.ctx_for(SYSTEM) as ctx:
        ctx.session.get_one(Achievement, achievement).domestic_only = True
    assert refused(counter, trade, foreign="abroad") == "domestic_only"


def test_a_party_goes_back_while_intents_are_taken_and_does_not_come_again(floor, counter):
    trade = floor.announced()
    made = counter.qualified(trade)
    with counter.acting("firm_agent") as ctx:
        withdraw_intent(ctx, made)
    assert counter.look(made).state == "withdrawn"
    assert counter.deposit(made).state == "unpaid"
    assert refused(counter, trade) == "registered_before"


def test_after_the_start_only_who_has_not_qualified_goes_back(floor, counter):
    trade = floor.announced()
    made, other = counter.registered(trade), counter.registered(trade, "rival_agent")
    floor.run_out(trade)
    assert floor.look(trade).state == "reviewing"
    with floor.host() as ctx:
        opine_qualified(ctx, made)
    with floor.seller() as ctx:
        agree_to(ctx, made)
    with counter.acting("rival_agent") as ctx:
        withdraw_intent(ctx, other)
    with counter.acting("firm_agent") as ctx, pytest.raises(Conflict) as caught:
        withdraw_intent(ctx, made)
    assert caught.value.code == "after_the_start"
