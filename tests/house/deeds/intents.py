"""Deeds around intents: registered, supplemented, withdrawn; looked at by the host, answered by the seller."""

from collections.abc import Callable
from typing import Any

from auctions.intents.reply import object_to
from auctions.intents.review import ask_supplement
from tests.auctions.counter import STATEMENT, Counter
from tests.auctions.floor import Floor
from tests.house.deeds.deed import Call, Deed, fact, nothing
from tests.house.deeds.market import Market

REGISTERED, WITHDRAWN = fact("trade.intent_registered"), fact("intent.withdrawn")
SUPPLEMENTED, REJECTED = fact("intent.supplemented"), fact("intent.rejected")
QUALIFIED = ("intent.accepted", "deposit.required")
#: What a browser sends of the statement.
TYPED: dict[str, Any] = {
    name: ("y" if value is True else value) for name, value in STATEMENT.items() if value is not False
}


def counter(market: Market) -> Counter:
    return Counter(Floor(market.cast, market.clock, market.work))


def register(market: Market) -> Call:
    return Call("firm_agent", {"trade_id": counter(market).floor.announced()}, fields=TYPED)


def register_by_program(market: Market) -> Call:
    return Call("firm_agent", {"trade_id": counter(market).floor.announced()}, fields=STATEMENT)


def register_again(market: Market) -> Call:
    made = counter(market)
    trade = made.floor.announced()
    made.registered(trade)
    return Call("firm_agent", {"trade_id": trade}, fields=TYPED)


def registered(market: Market, by: str = "firm_agent", **fields: Any) -> Call:
    made = counter(market)
    return Call(by, {"intent_id": made.registered(made.floor.announced())}, fields=fields)


def asked(market: Market) -> Call:
    call = registered(market, answer="清单见附件。")
    with market.as_("moderator") as ctx:
        ask_supplement(ctx, call.at["intent_id"], "请提供产线清单。")
    return call


def opined(market: Market, by: str = "tto_officer", **fields: Any) -> Call:
    made = counter(market)
    return Call(by, {"intent_id": made.opined(made.floor.announced())}, fields=fields)


def disputed(market: Market) -> Call:
    call = opined(market, by="moderator", note="公告没有这项条件。")
    with market.as_("tto_officer") as ctx:
        object_to(ctx, call.at["intent_id"], "双方有诉讼。")
    return call


def by_host(**fields: Any) -> Callable[[Market], Call]:
    return lambda market: registered(market, by="moderator", **fields)


def object_(market: Market) -> Call:
    return opined(market, note="双方有诉讼。")


DEEDS = (
    Deed(
        "intent_registration.register",
        register,
        REGISTERED,
        mistake={"truthful": ""},
        stranger="inventor",
    ),
    Deed(
        "intent_registration.register",
        register_again,
        nothing(because="the first registration stands"),
        "again",
    ),
    Deed(
        "api_intents.post_intent",
        register_by_program,
        REGISTERED,
        mistake={"foreign": "perhaps"},
        stranger="inventor",
    ),
    Deed("intent_party.supplement", asked, SUPPLEMENTED, mistake={"answer": ""}),
    Deed("api_intents.post_supplement", asked, SUPPLEMENTED, mistake={"answer": ""}),
    Deed("intent_party.withdraw", registered, WITHDRAWN),
    Deed("api_intents.post_withdrawal", registered, WITHDRAWN),
    Deed(
        "intent_host.ask", by_host(note="请提供清单。"), fact("intent.supplement_asked"), mistake={"note": ""}
    ),
    Deed("intent_host.opine", by_host(note=""), fact("intent.found_qualified"), mistake={"note": "长" * 501}),
    Deed(
        "intent_host.reject",
        by_host(reason="condition-1", note="没有产线。"),
        REJECTED,
        mistake={"reason": "condition-2"},
    ),
    Deed(
        "intent_host.overrule",
        disputed,
        fact("intent.dispute_overruled", "deposit.required"),
        mistake={"note": ""},
    ),
    Deed("intent_seller.agree", opined, fact(*QUALIFIED)),
    Deed("intent_seller.object_", object_, fact("intent.disputed"), mistake={"note": ""}),
)
