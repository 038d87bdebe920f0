"""How old a case is: working days since it came, its last day by rule, what is left, and how that was counted."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from marketplace.core.calendar import Calendar
from marketplace.core.clock import local_date
from marketplace.core.i18n import Language
from marketplace.core.i18n import gettext as _
from marketplace.core.period import Period
from marketplace.core.period_text import explanation
from marketplace.core.terms import Term


@dataclass(frozen=True)
class Age:
    """`days`: working days after the day it came, up to the decision or today. `period`: the one it must end in."""

    days: int
    period: Period
    overdue: bool
    ended: bool

    @property
    def allowed(self) -> int:
        return self.period.amount

    @property
    def left(self) -> int:
        """Working days after today until the last one; negative beyond it."""
        return self.allowed - self.days

    @property
    def tone(self) -> str:
        """For the row's colour: over, hot (ends today), warn (ends on the next working day) or nothing."""
        if self.ended:
            return ""
        if self.overdue:
            return "over"
        return {0: "hot", 1: "warn"}.get(self.left, "")


def age(came: datetime, settled: datetime | None, now: datetime, term: Term, calendar: Calendar) -> Age:
    """The age at `now`, or at the moment it was `settled`."""
    at = settled or now
    period = term.run(local_date(came), calendar)
    days = workdays_between(local_date(came), local_date(at), calendar)
    return Age(days=days, period=period, overdue=period.ended(at), ended=settled is not None)


def workdays_between(start: date, end: date, calendar: Calendar) -> int:
    """Working days after `start` up to and including `end`."""
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(calendar.is_workday(day) for day in days)


def age_words(found: Age) -> str:
    """剩余 2 个工作日; 今日 24:00 截止; 已超期 1 个工作日; 用时 2 个工作日."""
    if found.ended:
        return _("用时 %(n)s 个工作日", n=found.days)
    if found.overdue:
        return _("已超期 %(n)s 个工作日", n=max(1, -found.left))
    if found.left <= 0:
        return _("最后一日，24:00 截止")
    return _("剩余 %(n)s 个工作日", n=found.left)


def how_counted(period: Period, language: Language) -> str:
    """One paragraph: the rule, each day that did not count, the end, the law."""
    told = explanation(period, language)
    skipped = [f"{row.day} {row.note}" for row in told.rows if not row.number]
    parts = [told.headline, *skipped, _("截止 %(end)s", end=told.end), *told.caveats]
    basis = [
        f"{basis.cited}：{basis.said}" if language == "zh" else f"{basis.cited}: {basis.said}"
        for basis in told.basis
    ]
    end = "。" if language == "zh" else ". "
    comma = "；" if language == "zh" else "; "
    return end.join([comma.join(parts), comma.join(basis)]) + end.strip()
