"""What happens to trades that others must act on at once."""

from dataclasses import dataclass
from datetime import datetime

from auctions.trades.models import Trade


@dataclass(frozen=True)
class TradeMoved:
    """A trade made the move `name` as of `moment`; its state is the new one already."""

    trade: Trade
    name: str
    moment: datetime
