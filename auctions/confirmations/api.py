"""The confirmation for programs. To confirm is closed to them: what has legal effect is decided by people who looked."""

from dataclasses import dataclass
from datetime import datetime

from auctions.confirmations.queries import confirmation_of
from auctions.trades.policy import READ
from auctions.trades.reach import trade_for
from marketplace.core.errors import NotFound
from marketplace.core.paper_codes import shown_code
from marketplace.web.context import current
from marketplace.web.operations import Operations

api = Operations("confirmations")


@dataclass(frozen=True)
class ConfirmationOut:
    """A confirmed deal. `digest` is the SHA-256 of the trade's protocol."""

    number: str
    code: str
    trade_id: str
    buyer: str
    price_fen: int
    how: str
    confirmed_at: datetime
    digest: str


@api.add("GET", "/trades/<trade_id>/confirmation", READ, "The deal confirmation", returns=ConfirmationOut)
def get_confirmation(trade_id: str) -> ConfirmationOut:
    ctx = current()
    found = confirmation_of(ctx, trade_for(ctx, trade_id).id)
    if found is None:
        raise NotFound
    return ConfirmationOut(
        number=found.number,
        code=shown_code(found.code),
        trade_id=found.trade_id,
        buyer=found.buyer_name,
        price_fen=found.price_fen,
        how=found.how,
        confirmed_at=found.confirmed_at,
        digest=found.digest,
    )
