"""What the card of a decision shows, to whoever may read decisions."""

from typing import Any

from listings.achievements.labels import size_words
from listings.decisions.labels import facts_of
from listings.decisions.models import Decision
from listings.decisions.policy import READ, READ_MINUTES
from listings.decisions.record import from_json
from marketplace.core.context import Context


def card_of(ctx: Context, decision: Decision | None) -> dict[str, Any] | None:
    """The decision with its facts in words; None where there is none, or where the actor may not read it."""
    if decision is None or not READ.allows(ctx.actor, decision):
        return None
    record = from_json(decision.record)
    return {
        "decision": decision,
        "facts": facts_of(record),
        "size": size_words(record.minutes.size) if record.minutes else "",
        "open": READ_MINUTES.allows(ctx.actor, decision),
    }
