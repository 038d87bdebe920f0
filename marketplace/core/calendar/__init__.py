"""The working-day calendar of China: official data, imported years, and why a day does not count."""

from marketplace.core.calendar.days import DayKind, DayReason
from marketplace.core.calendar.problems import CalendarInvalid, Problem, ProblemCode
from marketplace.core.calendar.published_year import PublishedYear, SpecialDay
from marketplace.core.calendar.reading import read_year
from marketplace.core.calendar.store import import_calendar, load_calendar, shipped_years
from marketplace.core.calendar.workdays import Calendar

__all__ = [
    "Calendar",
    "CalendarInvalid",
    "DayKind",
    "DayReason",
    "Problem",
    "ProblemCode",
    "PublishedYear",
    "SpecialDay",
    "import_calendar",
    "load_calendar",
    "read_year",
    "shipped_years",
]
