"""What trades bring to the registry."""

from auctions.intents.models import Intent
from auctions.trades.engine import IntentClock, TradeClock
from auctions.trades.letters import HOST_LETTERS, QUESTION_LETTERS, SELLER_LETTERS
from auctions.trades.models import Trade
from auctions.trades.panels import running_panel
from auctions.trades.work import menu_links, work_items
from marketplace.core.registry import Registry
from marketplace.core.ticker import Clocked


def announce(registry: Registry) -> None:
    registry.clocked.append(Clocked(Intent, IntentClock()))
    registry.clocked.append(Clocked(Trade, TradeClock()))
    registry.work.append(work_items)
    registry.menu.append(menu_links)
    registry.letters.extend((SELLER_LETTERS, HOST_LETTERS, QUESTION_LETTERS))
    registry.panels["achievement"].append(running_panel)
