"""What else follows from a fact at once: packages above act on what happens below, in the same transaction.

An event is a frozen dataclass of the package in which it happens. Who must not be told late, or not at all, waits for it
with `Registry.on`; everything that may come a moment later reads the journal instead.
"""

from marketplace.core.context import Context
from marketplace.core.runtime import runtime


def happened(ctx: Context, event: object) -> None:
    """Let everybody who waits for such an event act on it. What they raise stops the fact itself."""
    for follow in runtime().registry.followers.get(type(event), ()):
        follow(ctx, event)
