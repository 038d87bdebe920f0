"""How an offer is kept from everybody until the opening: the one place that seals and opens.

Today it is sealed by access: the amount lies in its row, and no question but the opening's selects it. What is public
at once is the commitment, which nobody can change afterwards. Envelopes that only their openers can decrypt take this
module's place without anybody else noticing.
"""

import hashlib
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import rfc8785
from sqlalchemy import select

from auctions.offers.models import TradeOffer
from marketplace.core.context import Context
from marketplace.core.db import JSONObject

SALT_BYTES = 16


@dataclass(frozen=True)
class Said:
    """An offer as it is committed to: `code` is the bidder's, `position` its place in the log of the trade."""

    trade: str
    code: str
    stage: str
    amount_fen: int
    position: int


@dataclass(frozen=True)
class Seal:
    """What keeps an offer: the salt with which it opens, and the commitment that is public."""

    salt: str
    commitment: str


def committed(said: Said, salt: str) -> bytes:
    """The canonical JSON (RFC 8785) whose SHA-256 is the commitment."""
    offer: JSONObject = {
        "trade": said.trade,
        "intent": said.code,
        "stage": said.stage,
        "amount_fen": said.amount_fen,
        "position": said.position,
    }
    return rfc8785.dumps({"salt": salt, "offer": offer})


def commitment_of(said: Said, salt: str) -> str:
    """SHA-256 over salt and offer, in hex."""
    return hashlib.sha256(committed(said, salt)).hexdigest()


def seal(said: Said) -> Seal:
    """Seal an offer with a fresh salt."""
    salt = secrets.token_hex(SALT_BYTES)
    return Seal(salt, commitment_of(said, salt))


def open_all(ctx: Context, trade_id: str, stage: str, moment: datetime) -> Iterator[TradeOffer]:
    """Open every offer of a stage as of `moment`, in the order of the log. Only the opening calls this."""
    query = select(TradeOffer).where(TradeOffer.trade_id == trade_id, TradeOffer.stage == stage)
    for offer in ctx.session.scalars(query.order_by(TradeOffer.position)).unique():
        offer.opened_at = moment
        yield offer
