"""One year of the official calendar, as the State Council's notice published it."""

from dataclasses import dataclass
from datetime import date

# A notice also moves days of the year before: New Year's bridge and its make-up days. The earliest such day since 2007
# is 29 December; the whole last week is kept open, because a make-up day may fall on the weekend before.
REACH_BACK_MONTH, REACH_BACK_DAY = 12, 25


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that is not what its weekday says: off, or a make-up working day; `holiday` names the festival."""

    day: date
    is_off: bool
    holiday: str


@dataclass(frozen=True, slots=True)
class PublishedYear:
    """The special days of a year in date order, with the notices they come from (addresses, document number)."""

    year: int
    days: tuple[SpecialDay, ...]
    papers: tuple[str, ...] = ()
    document_number: str = ""

    def as_data(self) -> dict[str, object]:
        """The form of a calendar file; reading it back gives the same year."""
        data: dict[str, object] = {"year": self.year, "papers": list(self.papers)}
        if self.document_number:
            data["document_number"] = self.document_number
        data["days"] = [
            {"name": special.holiday, "date": special.day.isoformat(), "isOffDay": special.is_off}
            for special in self.days
        ]
        return data


def first_day_touched(year: int) -> date:
    """The earliest day the notice for `year` may speak about."""
    return date(year - 1, REACH_BACK_MONTH, REACH_BACK_DAY)
