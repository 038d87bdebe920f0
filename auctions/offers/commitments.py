"""The commitment to an offer: public at once, so that nobody can change the offer until it is opened."""

import hashlib
from dataclasses import dataclass

import rfc8785

from marketplace.core.db import JSONObject


@dataclass(frozen=True)
class Said:
    """An offer as it is committed to: `code` is the bidder's, `position` its place in the log of the trade."""

    trade: str
    code: str
    stage: str
    amount_fen: int
    position: int


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
