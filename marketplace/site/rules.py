"""The rule sets in force, gathered from the packages that apply them."""

from datetime import date, datetime

from marketplace.core.clock import SHANGHAI
from marketplace.core.runtime import runtime
from marketplace.core.terms import Term, Unit


def terms_in_force() -> list[Term]:
    """Every deadline the clock acts on, by name."""
    found: dict[str, Term] = {}
    for clocked in runtime().registry.clocked:
        for deadline in clocked.lifecycle.deadlines:
            found[deadline.term.name] = deadline.term
    return [found[name] for name in sorted(found)]


def start_of(text: str, unit: Unit) -> date | datetime:
    """Where a period starts: a Beijing date; for hours an instant, Beijing time when it names no zone.

    Raises ValueError for anything else.
    """
    if unit is not Unit.HOUR:
        return date.fromisoformat(text)
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)
