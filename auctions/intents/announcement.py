"""What intents bring to the registry."""

from auctions.intents.following import lapse_with_trade
from auctions.trades.events import TradeMoved
from marketplace.core.registry import Registry


def announce(registry: Registry) -> None:
    registry.on(TradeMoved, lapse_with_trade)
