"""Deeds around offers and the end of a trade: the amount looked at, handed in, the deal confirmed or refused."""

from tests.auctions.floor import Floor
from tests.auctions.parties import Parties
from tests.house.deeds.deed import Call, Deed, Trace, fact, nothing
from tests.house.deeds.market import Market

RECEIVED = fact("trade.offer_received")
FEN = 81_000_000
OFFER = {"amount_fen": "81 万", "confirmed": str(FEN)}


def parties(market: Market) -> Parties:
    return Parties(market.app, Floor(market.cast, market.clock, market.work))


def offer(market: Market) -> Call:
    return Call("firm_agent", {"trade_id": parties(market).offering(2)}, fields=OFFER)


def look_at_it(market: Market) -> Call:
    return Call("firm_agent", offer(market).at, fields={"amount_fen": "81 万"})


def offer_by_program(market: Market) -> Call:
    return Call("firm_agent", offer(market).at, fields={"amount_fen": FEN})


def offer_twice(market: Market) -> Call:
    call = offer(market)
    parties(market).offer(call.at["trade_id"], "firm_agent", 81)
    return call


def meet_the_price(market: Market) -> Call:
    return Call("firm_agent", {"trade_id": parties(market).offering(1)}, fields=OFFER)


def confirm(market: Market) -> Call:
    return Call("moderator", {"trade_id": parties(market).decided(firm_agent=81)})


def refuse_to_buy(market: Market) -> Call:
    return Call("moderator", confirm(market).at, fields={"note": "受让方拒绝签约。"})


CONFIRMED = Trace(
    ("trade.confirmed",),
    frozenset({"trade", "trade_confirmation", "number_series", "log_node", "log_checkpoint"}),
    "the log is signed at once, not by the worker",
)
DEEDS = (
    Deed("offers.make", offer, RECEIVED, mistake={"amount_fen": "很多"}),
    Deed("offers.make", look_at_it, nothing(because="the amount is only repeated"), "looked at once more"),
    Deed(
        "offers.make",
        meet_the_price,
        fact("trade.offer_received", "trade.price_met"),
        "of the sole party",
    ),
    Deed("api_offers.post_offer", offer_by_program, RECEIVED, mistake={"amount_fen": "many"}),
    Deed("confirmations.confirm", confirm, CONFIRMED),
    Deed("confirmations.default", refuse_to_buy, fact("trade.defaulted"), mistake={"note": ""}),
)
