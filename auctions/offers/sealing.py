"""How an offer is kept from everybody until the opening: the one place that seals and opens.

Today it is sealed by access: the amount lies in its row, and no question but the opening's selects it. What is public
at once is the commitment, which nobody can change afterwards. Envelopes that only their openers can decrypt take this
module's place without anybody else noticing.
"""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from auctions.offers.commitments import Said, commitment_of
from auctions.offers.models import TradeOffer
from marketplace.core.context import Context

SALT_BYTES = 16


@dataclass(frozen=True)
class Seal:
    """What keeps an offer: the salt with which it opens, and the commitment that is public."""

    salt: str
    commitment: str


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
