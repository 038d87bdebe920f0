"""What offers bring to the registry."""

from auctions.offers.letters import LETTERS
from auctions.offers.opening import open_offers
from auctions.offers.panels import offers_panel
from auctions.offers.work import work_items
from auctions.trades.events import TradeMoved
from marketplace.core.registry import Registry


def announce(registry: Registry) -> None:
    registry.on(TradeMoved, open_offers)
    registry.panels["trade"].append(offers_panel)
    registry.work.append(work_items)
    registry.letters.append(LETTERS)
