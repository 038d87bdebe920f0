"""Commands `clock explain`, `calendar show` and `calendar import`. Exit 0 done, 1 a clear error, 2 wrong usage.

They need no web application: the data directory comes from MARKETPLACE_DATA (default ``var``).
"""

import json
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import click

from marketplace.core.calendar.problems import CalendarInvalid
from marketplace.core.calendar.reading import FIRST_YEAR, LAST_YEAR
from marketplace.core.calendar.store import import_calendar, load_calendar
from marketplace.core.calendar.table import imported_lines, year_as_json, year_lines
from marketplace.core.calendar.workdays import Calendar
from marketplace.core.clock import SHANGHAI
from marketplace.core.period import Period, PeriodError, Unit
from marketplace.core.period_json import period_as_json
from marketplace.core.period_text import explanation
from marketplace.core.periods import EARLIEST_YEAR, LATEST_YEAR, MOST
from marketplace.core.phrases import Locale, Phrase
from marketplace.core.suspension import Length

F = TypeVar("F", bound=Callable[..., None])


class Start(click.ParamType[datetime]):
    """A date (00:00 Beijing time) or a date and time; a time without a zone is Beijing time."""

    name = "date or time"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        # fromisoformat also reads week dates and dates without dashes, which are more often slips than meant
        if not re.match(r"\d{4}-\d{2}-\d{2}(?:[T ]|$)", value):
            self.fail(f"{value!r} is not YYYY-MM-DD or YYYY-MM-DDTHH:MM", param, ctx)
        try:
            moment = datetime.fromisoformat(value)
        except ValueError as error:
            self.fail(f"{value!r}: {error}", param, ctx)
        if not EARLIEST_YEAR <= moment.year <= LATEST_YEAR:
            self.fail(f"{value!r} is not between {EARLIEST_YEAR} and {LATEST_YEAR}", param, ctx)
        return moment if moment.tzinfo is not None else moment.replace(tzinfo=SHANGHAI)


def _lang(command: F) -> F:
    option = click.option(
        "--lang", "locale", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Language."
    )
    return option(command)


def _data(command: F) -> F:
    option = click.option(
        "--data",
        envvar="MARKETPLACE_DATA",
        default="var",
        show_default=True,
        type=click.Path(path_type=Path),
        help="Data directory.",
    )
    return option(command)


@click.group("clock")
def clock() -> None:
    """Legal periods."""


@clock.command("explain")
@click.option("--start", type=Start(), required=True, help="YYYY-MM-DD, or YYYY-MM-DDTHH:MM (Beijing time).")
@click.option("--days", type=click.IntRange(1, MOST[Unit.DAY]), help="Calendar days (日).")
@click.option("--working-days", type=click.IntRange(1, MOST[Unit.WORKDAY]), help="Working days (工作日).")
@click.option("--hours", type=click.IntRange(1, MOST[Unit.HOUR]), help="Hours (小时).")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable output.")
@_lang
@_data
def explain_command(
    start: datetime,
    days: int | None,
    working_days: int | None,
    hours: int | None,
    as_json: bool,
    locale: Locale,
    data: Path,
) -> None:
    """When a period ends, day by day, with reasons, calendar and law."""
    length = _length(days, working_days, hours)
    try:
        period = length.run(start, _calendar(data, locale))
    except PeriodError as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        click.echo(_json(period_as_json(period, locale)))
    else:
        click.echo("\n".join(_explanation_lines(period, locale)))


@click.group("calendar")
def calendar() -> None:
    """Official days off and make-up working days."""


@calendar.command("show")
@click.argument("year", type=click.IntRange(FIRST_YEAR, LAST_YEAR))
@click.option("--json", "as_json", is_flag=True, help="Machine-readable output.")
@_lang
@_data
def show_command(year: int, as_json: bool, locale: Locale, data: Path) -> None:
    """The days of YEAR that are not what their weekday says."""
    known = _calendar(data, locale)
    click.echo(_json(year_as_json(known, year)) if as_json else "\n".join(year_lines(known, year, locale)))


@calendar.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_lang
@_data
def import_command(file: Path, locale: Locale, data: Path) -> None:
    """Check the calendar FILE of one year and use it from now on."""
    folder = _folder(data)
    before = _calendar_before(folder)
    try:
        year = import_calendar(file, folder)
    except CalendarInvalid as error:
        raise click.ClickException(error.text(locale)) from error
    except OSError as error:
        raise click.ClickException(f"{folder}: {error.strerror}") from error
    click.echo("\n".join(imported_lines(before, _calendar(data, locale), year, locale)))


def _length(days: int | None, working_days: int | None, hours: int | None) -> Length:
    given = [
        Length(amount, unit)
        for amount, unit in ((days, Unit.DAY), (working_days, Unit.WORKDAY), (hours, Unit.HOUR))
        if amount is not None
    ]
    if len(given) != 1:
        raise click.UsageError("Give exactly one of --days, --working-days and --hours.")
    return given[0]


def _folder(data: Path) -> Path:
    return data / "calendars"


def _calendar(data: Path, locale: Locale) -> Calendar:
    try:
        return load_calendar(_folder(data))
    except CalendarInvalid as error:
        raise click.ClickException(error.text(locale)) from error


def _calendar_before(folder: Path) -> Calendar:
    try:
        return load_calendar(folder)
    except CalendarInvalid:  # a damaged import must not stand in the way of the file that repairs it
        return load_calendar(None)


def _json(data: dict[str, object]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2)


def _explanation_lines(period: Period, locale: Locale) -> list[str]:
    texts = explanation(period, locale)
    return [
        texts.headline,
        _ENDS.text(locale, end=texts.end),
        texts.next_step,
        *texts.caveats,
        "",
        *(f"{row.day}  {row.number:>3}  {row.note}".rstrip() for row in texts.rows),
        "",
        *(_BASIS.text(locale, cited=basis.cited, said=basis.said) for basis in texts.basis),
        _CALENDAR.text(locale, calendar=texts.calendar),
    ]


_ENDS = Phrase("截止：{end}（北京时间）", "ends: {end} (Beijing time)")
_BASIS = Phrase("依据：{cited}：{said}", "basis: {cited}: {said}")
_CALENDAR = Phrase("日历版本：{calendar}", "calendar: {calendar}")
