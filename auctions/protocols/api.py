"""The protocol for programs."""

from flask import Response, jsonify

from auctions.protocols.writing import protocol_of
from auctions.trades.policy import READ
from auctions.trades.reach import trade_for
from marketplace.web.context import current
from marketplace.web.operations import Operations

api = Operations("protocols")


@api.add(
    "GET", "/trades/<trade_id>/protocol", READ, "The protocol of a trade, once nobody can offer any more"
)
def get_protocol(trade_id: str) -> Response:
    ctx = current()
    return jsonify(protocol_of(ctx, trade_for(ctx, trade_id)))
