"""What plans bring to the registry."""

from listings.plans.letters import LETTERS
from listings.plans.work import menu_links, work_items
from marketplace.core.registry import Registry


def announce(registry: Registry) -> None:
    registry.work.append(work_items)
    registry.menu.append(menu_links)
    registry.letters.append(LETTERS)
