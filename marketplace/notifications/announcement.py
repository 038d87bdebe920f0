"""What this package brings to the registry."""

from marketplace.core.registry import Registry
from marketplace.notifications.consumers import consumers
from marketplace.notifications.menu import links


def announce(registry: Registry) -> None:
    registry.consumers.extend(consumers())
    registry.menu.append(links)
