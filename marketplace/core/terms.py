"""Legal terms as data: how long, in which unit, and in which direction a zone may depart from the law."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum, unique

from marketplace.core.calendar.workdays import Calendar
from marketplace.core.legal_basis import LegalBasis, SourceStatus
from marketplace.core.period import Period, Unit
from marketplace.core.periods import earliest_event, latest_notice_date
from marketplace.core.suspension import Length

__all__ = ["Bound", "LegalBasis", "SourceStatus", "Term", "TermError", "TermLoosened", "Unit"]


@unique
class Bound(StrEnum):
    """What the law fixes about an amount."""

    FLOOR = "floor"  # not less: a notice of at least 15 days
    CEILING = "ceiling"  # not more: an answer within 3 days
    EXACT = "exact"  # neither


class TermError(ValueError):
    """A term that makes no sense, or is used for something it cannot say."""


class TermLoosened(TermError):
    """A zone tried to go below a floor, above a ceiling, or away from an exact amount."""

    def __init__(self, term: "Term", amount: int) -> None:
        self.term = term
        self.amount = amount
        super().__init__(
            f"{term.name}: {amount} {term.unit} is looser than the {term.bound} of {term.amount}"
        )


@dataclass(frozen=True, slots=True)
class Term:
    """A named length of time with its legal basis, e.g. ``notice.agreement.days``: 15 days, floor. Amounts are >= 1."""

    name: str
    amount: int
    unit: Unit
    bound: Bound
    basis: LegalBasis

    def __post_init__(self) -> None:
        if self.amount < 1:
            raise TermError(f"{self.name}: a term must be at least 1 {self.unit}, not {self.amount}")

    @property
    def length(self) -> Length:
        return Length(self.amount, self.unit)

    def tightened(self, amount: int) -> "Term":
        """The same term with an amount at least as strict. Raises TermLoosened for a looser one, TermError below 1."""
        looser = (
            (self.bound is Bound.FLOOR and amount < self.amount)
            or (self.bound is Bound.CEILING and amount > self.amount)
            or (self.bound is Bound.EXACT and amount != self.amount)
        )
        if looser:
            raise TermLoosened(self, amount)
        return replace(self, amount=amount)

    def run(self, start: datetime | date, calendar: Calendar) -> Period:
        """The period from `start`: an instant, or a Beijing date where no hours are counted. Raises PeriodError."""
        return self._founded(self.length.run(start, calendar))

    def latest_before(self, deadline: date) -> Period:
        """The last day for what must happen this many days before `deadline`. Raises TermError unless days are counted."""
        return self._founded(latest_notice_date(deadline, self._days()))

    def earliest_event(self, announced: date, *, strict: bool = True) -> Period:
        """When the event may be that must be announced this many days before. Raises TermError unless days are counted."""
        return self._founded(earliest_event(announced, self._days(), strict=strict))

    def _days(self) -> int:
        if self.unit is not Unit.DAY:
            raise TermError(f"{self.name}: a distance to an event is counted in days, not in {self.unit}")
        return self.amount

    def _founded(self, period: Period) -> Period:
        return replace(period, basis=(self.basis, *period.basis))
