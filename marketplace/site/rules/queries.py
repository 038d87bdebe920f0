"""The terms in force, gathered from the packages that apply them, and periods counted by the same rules."""

from dataclasses import dataclass
from datetime import date, datetime

from marketplace.core.calendar import Calendar
from marketplace.core.clock import SHANGHAI
from marketplace.core.errors import FieldError, Invalid
from marketplace.core.i18n import gettext as _
from marketplace.core.period import Period, PeriodError
from marketplace.core.runtime import runtime
from marketplace.core.suspension import Length
from marketplace.core.terms import Term, Unit

#: Names of the amounts, as in the address and on the command line.
UNITS = {"days": Unit.DAY, "working_days": Unit.WORKDAY, "hours": Unit.HOUR}
MOST = {"days": 3_650, "working_days": 2_500, "hours": 87_600}  # ten years


@dataclass(frozen=True)
class Question:
    """A period to be counted: `start` is a Beijing date, for hours an instant; `unit` a name of `UNITS`."""

    start: str
    unit: str
    amount: int


def terms_in_force() -> list[Term]:
    """Every deadline the clock acts on, by name."""
    found: dict[str, Term] = {}
    for clocked in runtime().registry.clocked:
        for deadline in clocked.lifecycle.deadlines:
            found[deadline.term.name] = deadline.term
    return [found[name] for name in sorted(found)]


def counted(asked: Question, calendar: Calendar) -> Period:
    """The period. Raises Invalid, naming the fields of the question."""
    unit = UNITS.get(asked.unit)
    errors = []
    if unit is None:
        errors.append(FieldError("unit", "unknown", _("选择日、工作日或小时")))
    elif not 1 <= asked.amount <= MOST[asked.unit]:
        errors.append(FieldError("amount", "range", _("填写 1 到 %(most)s 之间的整数", most=MOST[asked.unit])))
    start = _start(asked.start, unit or Unit.DAY)
    if start is None:
        errors.append(FieldError("start", "date", _start_words(unit or Unit.DAY)))
    if errors or unit is None or start is None:
        raise Invalid(errors)
    try:
        return Length(asked.amount, unit).run(start, calendar)
    except (PeriodError, OverflowError) as error:
        raise Invalid(
            [FieldError("start", "range", _("这个起点太早或太晚，无法计算"))]
        ) from error


def _start(text: str, unit: Unit) -> date | datetime | None:
    """Where a period starts; an instant without a zone is Beijing time. None for anything else."""
    try:
        if unit is not Unit.HOUR:
            return date.fromisoformat(text.strip())
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)


def _start_words(unit: Unit) -> str:
    if unit is Unit.HOUR:
        return _("按“2026-02-02 09:30”的格式填写起算时间")
    return _("按“2026-02-02”的格式填写起算日期")
