"""What kind of day a day is, and why."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum, unique

from marketplace.core.phrases import Locale, Phrase


@unique
class DayKind(StrEnum):
    """The five reasons a day can be, or not be, a working day."""

    WORKDAY = "workday"
    MAKEUP_WORKDAY = "makeup_workday"  # 调休上班: a weekend day the yearly notice makes a working day
    WEEKEND = "weekend"
    HOLIDAY = "holiday"  # a day off in the State Council's yearly notice
    FIXED_HOLIDAY = (
        "fixed_holiday"  # a holiday the law itself puts on a date; used while the notice is missing
    )


_WORKING = frozenset({DayKind.WORKDAY, DayKind.MAKEUP_WORKDAY})


@dataclass(frozen=True, slots=True)
class DayReason:
    """Why a day is what it is. `holiday` is the Chinese name of the festival behind it, or empty."""

    kind: DayKind
    holiday: str = ""

    @property
    def is_workday(self) -> bool:
        return self.kind in _WORKING

    def text(self, locale: Locale) -> str:
        """春节放假 / day off for Spring Festival."""
        return _REASONS[self.kind].text(locale, holiday=holiday_text(self.holiday, locale))


@dataclass(frozen=True, slots=True)
class FixedHoliday:
    """A holiday whose date the law fixes, from the year `since` on."""

    month: int
    day: int
    holiday: str
    since: int

    def falls_on(self, day: date) -> bool:
        return (day.month, day.day) == (self.month, self.day) and day.year >= self.since


# 全国年节及纪念日放假办法 art. 2. The other holidays follow the lunar calendar or a solar term and wait for the notice.
# 2 May is a holiday since the revision of 2024-11-10 took effect on 2025-01-01.
FIXED_HOLIDAYS = (
    FixedHoliday(1, 1, "元旦", 2008),
    FixedHoliday(5, 1, "劳动节", 2008),
    FixedHoliday(5, 2, "劳动节", 2025),
    FixedHoliday(10, 1, "国庆节", 2008),
    FixedHoliday(10, 2, "国庆节", 2008),
    FixedHoliday(10, 3, "国庆节", 2008),
)

_REASONS = {
    DayKind.WORKDAY: Phrase("工作日", "working day"),
    DayKind.MAKEUP_WORKDAY: Phrase("调休上班（{holiday}）", "make-up working day ({holiday})"),
    DayKind.WEEKEND: Phrase("周末", "weekend"),
    DayKind.HOLIDAY: Phrase("{holiday}放假", "day off for {holiday}"),
    DayKind.FIXED_HOLIDAY: Phrase("{holiday}（法定固定日期）", "{holiday} (date fixed by law)"),
}

_HOLIDAYS_EN = {
    "元旦": "New Year's Day",
    "春节": "Spring Festival",
    "清明节": "Tomb-Sweeping Day",
    "劳动节": "Labour Day",
    "端午节": "Dragon Boat Festival",
    "中秋节": "Mid-Autumn Festival",
    "国庆节": "National Day",
}


def holiday_text(holiday: str, locale: Locale) -> str:
    """The festival's name; in English each part of 国庆节、中秋节 is translated, an unknown name stays as it is."""
    if locale == "zh":
        return holiday
    return ", ".join(_HOLIDAYS_EN.get(part, part) for part in holiday.split("、"))


def fixed_holiday(day: date) -> str:
    """The name of the holiday the law puts on this very date, or an empty string."""
    return next((fixed.holiday for fixed in FIXED_HOLIDAYS if fixed.falls_on(day)), "")
