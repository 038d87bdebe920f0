"""What this package brings to the registry."""

from marketplace.accounts.letters import builders
from marketplace.core.registry import Registry


def announce(registry: Registry) -> None:
    registry.letters.extend(builders())
