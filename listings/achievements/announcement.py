"""What achievements bring to the registry."""

from listings.achievements.letters import LETTERS
from listings.achievements.review import SUBJECT
from listings.achievements.work import menu_links, work_items
from marketplace.core.registry import Registry


def announce(registry: Registry) -> None:
    registry.review_subjects[SUBJECT.kind] = SUBJECT
    registry.work.append(work_items)
    registry.menu.append(menu_links)
    registry.letters.append(LETTERS)
