"""What disclosures bring to the registry."""

from listings.disclosures.letters import LETTERS
from listings.disclosures.lifecycle import DISCLOSURE
from listings.disclosures.models import Disclosure
from listings.disclosures.work import menu_links, work_items
from marketplace.core.registry import Registry
from marketplace.core.ticker import Clocked


def announce(registry: Registry) -> None:
    registry.clocked.append(Clocked(Disclosure, DISCLOSURE))
    registry.work.append(work_items)
    registry.menu.append(menu_links)
    registry.letters.append(LETTERS)
