"""How values look on a page: times in Beijing, money in 元, labels in the page's language."""

from datetime import date, datetime

from flask import Flask

from marketplace.core.clock import SHANGHAI
from marketplace.core.i18n import current_language
from marketplace.core.money import Style, format_fen

WEEKDAYS = "一二三四五六日"
WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def install_filters(app: Flask) -> None:
    app.jinja_env.filters.update(day=day, moment=moment, second=second, weekday=weekday, money=money, iso=iso)
    app.jinja_env.globals["language"] = current_language


def day(value: datetime | date | None) -> str:
    """2026-11-24, in Beijing."""
    if value is None:
        return "--"
    local = value.astimezone(SHANGHAI).date() if isinstance(value, datetime) else value
    return local.isoformat()


def moment(value: datetime | None) -> str:
    """2026-11-24 09:30, in Beijing."""
    return "--" if value is None else f"{value.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def clock_time(value: datetime) -> str:
    """09:30, in Beijing."""
    return f"{value.astimezone(SHANGHAI):%H:%M}"


def second(value: datetime | None) -> str:
    """2026-11-24 09:30:00, in Beijing; for receipts."""
    return "--" if value is None else f"{value.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}"


def weekday(value: datetime | date) -> str:
    """（周二） or (Tue)."""
    local = value.astimezone(SHANGHAI).date() if isinstance(value, datetime) else value
    number = local.weekday()
    return f" ({WEEKDAYS_EN[number]})" if current_language() == "en" else f"（周{WEEKDAYS[number]}）"


def iso(value: datetime | date) -> str:
    """For the `datetime` attribute of `<time>`."""
    return value.isoformat()


def money(fen: int | None, style: Style = "list") -> str:
    return "--" if fen is None else format_fen(fen, current_language(), style)
