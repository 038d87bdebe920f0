"""What deposits bring to the registry."""

from auctions.deposits.following import ask_for_deposit, let_go, settle_with_trade
from auctions.deposits.letters import ALARMS, LETTERS
from auctions.deposits.lifecycle import DEPOSIT
from auctions.deposits.models import Deposit
from auctions.deposits.work import menu_links, work_items
from auctions.intents.events import IntentLeft, IntentQualified
from auctions.trades.events import TradeMoved
from marketplace.core.registry import Registry
from marketplace.core.ticker import Clocked


def announce(registry: Registry) -> None:
    registry.clocked.append(Clocked(Deposit, DEPOSIT))
    registry.on(IntentQualified, ask_for_deposit)
    registry.on(IntentLeft, let_go)
    registry.on(TradeMoved, settle_with_trade)
    registry.work.append(work_items)
    registry.menu.append(menu_links)
    registry.letters.append(LETTERS)
    registry.letters.append(ALARMS)
