"""JSON operations on offers: the same commands, permissions and errors as the pages."""

from dataclasses import dataclass
from datetime import datetime

from auctions.offers.models import TradeOffer
from auctions.offers.policy import MAKE, READ
from auctions.offers.queries import own_offer, receipt_of
from auctions.offers.reach import party
from auctions.offers.services import NewOffer, take_offer
from marketplace.core.errors import NotFound
from marketplace.core.lookup import get
from marketplace.web.context import current, current_actor
from marketplace.web.forms import request_key
from marketplace.web.operations import Operations

api = Operations("offers")


@dataclass(frozen=True)
class OfferOut:
    """The receipt of an offer of one's own. `commitment` is SHA-256 of `text`, the canonical JSON of salt and offer."""

    number: str
    code: str
    position: int
    stage: str
    amount_fen: int
    at: datetime
    commitment: str
    salt: str
    text: str


@api.add(
    "POST", "/trades/<trade_id>/offers", MAKE, "Hand in an offer", body=NewOffer, returns=OfferOut, status=201
)
def post_offer(trade_id: str, body: NewOffer) -> OfferOut:
    made = take_offer(current_actor(), trade_id, body, request_key())
    return _out(get(current().session, TradeOffer, made))


@api.add("GET", "/trades/<trade_id>/offers/own", READ, "The offer of one's own", returns=OfferOut)
def get_own_offer(trade_id: str) -> OfferOut:
    ctx = current()
    _trade, intent = party(ctx, trade_id, READ)
    offer = own_offer(ctx, intent)
    if offer is None:
        raise NotFound
    return _out(offer)


def _out(offer: TradeOffer) -> OfferOut:
    return OfferOut(**vars(receipt_of(offer)))
