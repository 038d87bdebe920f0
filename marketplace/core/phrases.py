"""Sentences in two columns, for texts that must also be readable without a web application (terminal, files).

Pages translate their own words with gettext; explanations of the law and of the calendar are data with a Chinese and
an English column, so that one renderer serves page, terminal and JSON alike.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Locale = Literal["zh", "en"]

_WEEKDAYS = {
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """One sentence in both languages, with ``str.format`` fields."""

    zh: str
    en: str

    def text(self, locale: Locale, **params: object) -> str:
        """The sentence in `locale`. Raises KeyError if a field has no parameter."""
        template = self.zh if locale == "zh" else self.en
        return template.format(**params)


def weekday_text(day: date, locale: Locale) -> str:
    """周五 / Fri."""
    return _WEEKDAYS[locale][day.weekday()]


def day_text(day: date, locale: Locale) -> str:
    """2026-11-27（周五） / Fri 2026-11-27."""
    weekday = weekday_text(day, locale)
    return f"{day.isoformat()}（{weekday}）" if locale == "zh" else f"{weekday} {day.isoformat()}"


def days_text(first: date, last: date, locale: Locale) -> str:
    """One day, or a range joined by ～ (Chinese) or an en dash (English)."""
    if first == last:
        return day_text(first, locale)
    joint = "～" if locale == "zh" else " – "
    return f"{day_text(first, locale)}{joint}{day_text(last, locale)}"
