"""The terms in force, gathered from the packages that apply them, and periods counted by the same rules."""

import re
from dataclasses import dataclass
from datetime import datetime

from marketplace.core.calendar import Calendar
from marketplace.core.clock import SHANGHAI
from marketplace.core.errors import FieldError, Invalid
from marketplace.core.i18n import gettext as _
from marketplace.core.period import Period, PeriodError
from marketplace.core.periods import EARLIEST_YEAR, LATEST_YEAR
from marketplace.core.runtime import runtime
from marketplace.core.suspension import Length
from marketplace.core.terms import Term, Unit

#: Names of the amounts, as in the address and on the command line.
UNITS = {"days": Unit.DAY, "working_days": Unit.WORKDAY, "hours": Unit.HOUR}
MOST = {"days": 3_650, "working_days": 2_500, "hours": 87_600}  # ten years
#: Week dates and dates without dashes are more often slips than meant.
_START = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]|$)")


@dataclass(frozen=True)
class Question:
    """A period to be counted: `start` is a Beijing date or an instant; `unit` a name of `UNITS`."""

    start: str
    unit: str
    amount: int


def terms_in_force() -> list[Term]:
    """Every deadline the clock acts on, by name."""
    found: dict[str, Term] = {}
    for clocked in runtime().registry.clocked:
        found |= {term.name: term for term in clocked.lifecycle.terms}
    return [found[name] for name in sorted(found)]


def counted(asked: Question, calendar: Calendar) -> Period:
    """The period. Raises Invalid, naming the fields of the question."""
    errors = []
    unit, start = UNITS.get(asked.unit), _start(asked.start.strip())
    if unit is None:
        errors.append(FieldError("unit", "unknown", _("选择日、工作日或小时")))
    elif not 1 <= asked.amount <= MOST[asked.unit]:
        errors.append(
            FieldError("amount", "range", _("填写 1 到 %(most)s 之间的整数", most=MOST[asked.unit]))
        )
    if start is None:
        errors.append(FieldError("start", "date", _("按“2026-02-02”或“2026-02-02 09:30”的格式填写")))
    if errors or unit is None or start is None:
        raise Invalid(errors)
    try:
        return Length(asked.amount, unit).run(start, calendar)
    except PeriodError as error:
        raise Invalid([FieldError("start", "range", _("这个日期太早或太晚，无法计算"))]) from error


def _start(text: str) -> datetime | None:
    """A date (00:00 in Beijing) or a date and time; without a zone it is Beijing time. None for anything else."""
    try:
        moment = datetime.fromisoformat(text) if _START.match(text) else None
    except ValueError:
        return None
    if moment is None or not EARLIEST_YEAR <= moment.year <= LATEST_YEAR:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)
