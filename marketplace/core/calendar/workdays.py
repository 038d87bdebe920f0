"""The working-day calendar: which days are working days in China, and why not.

Rule: a make-up day is a working day; so is Monday to Friday unless the yearly notice gives it off. While a year's notice
is missing, weekends and the holidays whose date the law fixes are all that is known, and everything counted over such
days is provisional.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby
from types import MappingProxyType

from marketplace.core.calendar.days import DayKind, DayReason, fixed_holiday
from marketplace.core.calendar.published_year import PublishedYear, SpecialDay, first_day_touched

_SATURDAY = 5


class Calendar:
    """Published years merged into one calendar. Immutable; `edition` names its content.

    For the same year the last one given wins whole: an imported year replaces the shipped one.
    """

    def __init__(self, years: Iterable[PublishedYear]) -> None:
        by_year = {year.year: year for year in years}
        self._years = MappingProxyType({number: by_year[number] for number in sorted(by_year)})
        # in order of years, so that a later notice has the last word on the days around New Year
        self._special = MappingProxyType(
            {special.day: special for year in self._years.values() for special in year.days}
        )
        self._edition = _edition(self._years.values())

    @property
    def edition(self) -> str:
        """``cn-<years>-<digest of the content>``: the same content always has the same name."""
        return self._edition

    @property
    def years(self) -> tuple[int, ...]:
        """The years whose notice is in this calendar, ascending."""
        return tuple(self._years)

    def published(self, year: int) -> PublishedYear | None:
        """The notice's content for `year`, or None while it is missing."""
        return self._years.get(year)

    def covers(self, day: date) -> bool:
        """Is what this calendar says about `day` final? The last week of a year waits for the next year's notice."""
        if day.year not in self._years:
            return False
        return day < first_day_touched(day.year + 1) or day.year + 1 in self._years

    def reason(self, day: date) -> DayReason:
        """What kind of day it is, with the festival's name where one is behind it."""
        special = self._special.get(day)
        if special is not None:
            return _special_reason(special)
        if day.year not in self._years and (holiday := fixed_holiday(day)):
            return DayReason(DayKind.FIXED_HOLIDAY, holiday)
        return DayReason(DayKind.WEEKEND if day.weekday() >= _SATURDAY else DayKind.WORKDAY)

    def is_workday(self, day: date) -> bool:
        return self.reason(day).is_workday

    def with_year(self, year: PublishedYear) -> "Calendar":
        """This calendar with `year` put in the place of the one it had, if any."""
        return Calendar([*self._years.values(), year])

    def exceptions(self, year: int) -> Iterator[tuple[date, DayReason]]:
        """Every day of `year` that is not what its weekday says, in order."""
        day = date(year, 1, 1)
        while day.year == year:
            reason = self.reason(day)
            if reason.kind not in {DayKind.WORKDAY, DayKind.WEEKEND}:
                yield day, reason
            day += timedelta(days=1)

    def differences(self, other: "Calendar", year: int) -> tuple[date, ...]:
        """The days around `year` that are a working day in one of the two calendars only."""
        first, last = first_day_touched(year), date(year, 12, 31)
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return tuple(day for day in days if self.is_workday(day) != other.is_workday(day))


def _special_reason(special: SpecialDay) -> DayReason:
    if special.is_off:
        return DayReason(DayKind.HOLIDAY, special.holiday)
    if special.day.weekday() < _SATURDAY:  # a notice may say so of a Monday, as in February 2020
        return DayReason(DayKind.WORKDAY)
    return DayReason(DayKind.MAKEUP_WORKDAY, special.holiday)


def _edition(years: Iterable[PublishedYear]) -> str:
    published = list(years)
    content = json.dumps(
        [year.as_data() for year in published], ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    digest = hashlib.sha256(content.encode()).hexdigest()[:12]
    return f"cn-{_ranges([year.year for year in published])}-{digest}"


def _ranges(numbers: list[int]) -> str:
    """``2018-2026+2028``; ``none`` for no year at all."""
    runs = []
    for _offset, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        members = [number for _index, number in run]
        runs.append(f"{members[0]}-{members[-1]}" if len(members) > 1 else str(members[0]))
    return "+".join(runs) or "none"
