"""What intents bring to the registry."""

from auctions.intents.following import lapse_with_trade
from auctions.intents.letters import LETTERS
from auctions.intents.panels import register_panel
from auctions.intents.work import menu_links, work_items
from auctions.trades.events import TradeMoved
from marketplace.core.registry import Registry


def announce(registry: Registry) -> None:
    registry.on(TradeMoved, lapse_with_trade)
    registry.work.append(work_items)
    registry.menu.append(menu_links)
    registry.letters.append(LETTERS)
    registry.panels["trade"].append(register_panel)
