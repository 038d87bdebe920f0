"""What trades bring to the registry."""

from auctions.intents.models import Intent
from auctions.trades.engine import IntentClock, TradeClock
from auctions.trades.models import Trade
from marketplace.core.registry import Registry
from marketplace.core.ticker import Clocked


def announce(registry: Registry) -> None:
    registry.clocked.append(Clocked(Intent, IntentClock()))
    registry.clocked.append(Clocked(Trade, TradeClock()))
