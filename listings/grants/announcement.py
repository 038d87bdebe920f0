"""What grants bring to the registry."""

from listings.grants.letters import LETTERS
from listings.grants.lifecycle import GRANT
from listings.grants.models import RightsGrant
from listings.grants.notice_source import SOURCE
from listings.grants.panels import minimum_panel, ownership_panel
from listings.grants.work import menu_links, work_items
from marketplace.core.registry import Registry
from marketplace.core.ticker import Clocked


def announce(registry: Registry) -> None:
    registry.notice_sources[SOURCE.kind] = SOURCE
    registry.clocked.append(Clocked(RightsGrant, GRANT))
    registry.work.append(work_items)
    registry.menu.append(menu_links)
    registry.letters.append(LETTERS)
    registry.panels["achievement"].append(ownership_panel)
    registry.panels["zone"].append(minimum_panel)
