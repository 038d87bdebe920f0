"""The protocol as a file, for whoever wants to recompute it."""

import rfc8785
from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from auctions.protocols.writing import protocol_of
from auctions.trades.policy import READ
from auctions.trades.reach import trade_for
from marketplace.web.context import current
from marketplace.web.guard import requires

protocols = Blueprint("protocols", __name__)


@protocols.get("/trades/<trade_id>/protocol.json")
@requires(READ)
def file(trade_id: str) -> ResponseReturnValue:
    """In canonical form, so that its SHA-256 is the one on the deal confirmation."""
    ctx = current()
    trade = trade_for(ctx, trade_id)
    response = Response(rfc8785.dumps(protocol_of(ctx, trade)), mimetype="application/json")
    response.headers.set("Content-Disposition", "attachment", filename=f"{trade.number}.json")
    response.headers["Cache-Control"] = "no-cache"
    return response
