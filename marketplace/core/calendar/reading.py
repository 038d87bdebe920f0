"""Read and check a calendar file.

Format: one JSON object ``{"year", "papers": [address…], "document_number"?, "days": [{"name", "date", "isOffDay"}…]}``,
the form in which the shipped years come; keys starting with ``$`` are ignored. Days off on a weekend may be listed or
not. A local calendar (national autonomous areas, 全国年节及纪念日放假办法 art. 4) is a whole year with its own days added.
"""

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from marketplace.core.calendar.days import FIXED_HOLIDAYS
from marketplace.core.calendar.problems import CalendarInvalid, Problem, ProblemCode
from marketplace.core.calendar.published_year import PublishedYear, SpecialDay, first_day_touched

MAX_BYTES: Final = 256 * 1024
FIRST_YEAR, LAST_YEAR = 2008, 2100

_KEYS = frozenset({"year", "papers", "document_number", "days"})
_DAY_KEYS = frozenset({"name", "date", "isOffDay"})
_ADDRESS = re.compile(r"https?://[^\s/]+\S*")
_DOCUMENT_NUMBER = re.compile(r"\S{1,30}〔\d{4}〕\d{1,5}号")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOVING_FESTIVALS = ("春节", "清明", "端午", "中秋")


def read_year(content: bytes, *, name: str = "calendar") -> PublishedYear:
    """The year in a calendar file called `name`. Raises CalendarInvalid with every problem found."""
    data = _decoded(content, name)
    problems = list(_unknown_keys(data, name))
    year = _year(data.get("year"), problems)
    papers = _papers(data.get("papers", []), problems)
    document_number = _document_number(data.get("document_number", ""), problems)
    if not papers and not document_number and not problems:
        problems.append(Problem(ProblemCode.NO_SOURCE, name))
    days = _days(data.get("days"), year, problems)
    if year is not None and days and not problems:
        problems.extend(_gaps(year, days, name))
    if year is None or problems:
        raise CalendarInvalid(problems)
    return PublishedYear(year, days, papers, document_number)


def is_unannounced(content: bytes) -> bool:
    """Is this the file of a year whose notice is not out: no days, no papers?"""
    data = _decoded(content, "calendar")
    return data.get("days") == [] and data.get("papers") == []


def _decoded(content: bytes, name: str) -> dict[str, object]:
    if len(content) > MAX_BYTES:
        raise CalendarInvalid([Problem(ProblemCode.TOO_LARGE, name, str(len(content)))])
    try:
        data: object = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise CalendarInvalid([Problem(ProblemCode.NOT_JSON, name, str(error))]) from error
    if not isinstance(data, dict):
        raise CalendarInvalid([Problem(ProblemCode.NOT_AN_OBJECT, name)])
    return data


def _unknown_keys(data: dict[str, object], name: str) -> Iterator[Problem]:
    for key in data:
        if key not in _KEYS and not key.startswith("$"):
            yield Problem(ProblemCode.UNKNOWN_KEY, name, key)


def _year(value: object, problems: list[Problem]) -> int | None:
    if isinstance(value, int) and FIRST_YEAR <= value <= LAST_YEAR:  # true is the int 1, so out of range
        return value
    problems.append(Problem(ProblemCode.BAD_YEAR, "year", _shown(value)))
    return None


def _papers(value: object, problems: list[Problem]) -> tuple[str, ...]:
    if not isinstance(value, list):
        problems.append(Problem(ProblemCode.BAD_PAPER, "papers", _shown(value)))
        return ()
    papers = []
    for index, paper in enumerate(value):
        if isinstance(paper, str) and _ADDRESS.fullmatch(paper):
            papers.append(paper)
        else:
            problems.append(Problem(ProblemCode.BAD_PAPER, f"papers[{index}]", _shown(paper)))
    return tuple(papers)


def _document_number(value: object, problems: list[Problem]) -> str:
    if value == "":
        return ""
    if isinstance(value, str) and _DOCUMENT_NUMBER.fullmatch(value):
        return value
    problems.append(Problem(ProblemCode.BAD_DOCUMENT_NUMBER, "document_number", _shown(value)))
    return ""


def _days(value: object, year: int | None, problems: list[Problem]) -> tuple[SpecialDay, ...]:
    if not isinstance(value, list) or not value:
        problems.append(Problem(ProblemCode.NO_DAYS, "days"))
        return ()
    days: dict[date, SpecialDay] = {}
    for index, item in enumerate(value):
        where = f"days[{index}]"
        special = _day(item, where, problems)
        if special is None:
            continue
        if special.day in days:
            problems.append(Problem(ProblemCode.REPEATED_DATE, where, special.day.isoformat()))
        elif year is not None and not first_day_touched(year) <= special.day <= date(year, 12, 31):
            problems.append(Problem(ProblemCode.OUTSIDE_YEAR, where, special.day.isoformat()))
        days[special.day] = special
    return tuple(days[day] for day in sorted(days))


def _day(item: object, where: str, problems: list[Problem]) -> SpecialDay | None:
    if not isinstance(item, dict) or item.keys() != _DAY_KEYS:
        problems.append(Problem(ProblemCode.BAD_DAY, where))
        return None
    day = _date(item["date"])
    is_off: object = item["isOffDay"]
    holiday = item["name"].strip() if isinstance(item["name"], str) else ""
    if day is None:
        problems.append(Problem(ProblemCode.BAD_DATE, f"{where}.date", _shown(item["date"])))
    if not isinstance(is_off, bool):
        problems.append(Problem(ProblemCode.BAD_FLAG, f"{where}.isOffDay", _shown(is_off)))
    if not holiday:
        problems.append(Problem(ProblemCode.BAD_NAME, f"{where}.name"))
    if day is None or not isinstance(is_off, bool) or not holiday:
        return None
    return SpecialDay(day, is_off, holiday)


def _date(value: object) -> date | None:
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _gaps(year: int, days: tuple[SpecialDay, ...], name: str) -> Iterator[Problem]:
    """A half-copied notice would silently turn holidays into working days, so the statutory ones must be there."""
    off = {special.day for special in days if special.is_off}
    for fixed in FIXED_HOLIDAYS:
        day = date(year, fixed.month, fixed.day)
        if fixed.falls_on(day) and day not in off:
            yield Problem(ProblemCode.MISSING_HOLIDAY, name, f"{day.isoformat()} {fixed.holiday}")
    names = "、".join(special.holiday for special in days if special.is_off)
    for festival in _MOVING_FESTIVALS:
        if festival not in names:
            yield Problem(ProblemCode.MISSING_FESTIVAL, name, festival)


def _shown(value: object) -> str:
    """A value as it stands in the file, cut to a readable length."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:57]}…"
