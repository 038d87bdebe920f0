"""Where calendars come from: the years shipped with the package, and imported years in a folder of the data directory."""

import json
import os
from functools import cache
from importlib.resources import files
from pathlib import Path

from marketplace.core.calendar.problems import CalendarInvalid, Problem, ProblemCode
from marketplace.core.calendar.published_year import PublishedYear
from marketplace.core.calendar.reading import MAX_BYTES, is_unannounced, read_year
from marketplace.core.calendar.workdays import Calendar


def load_calendar(extra_dir: Path | None) -> Calendar:
    """The shipped years, each replaced by the imported one where ``extra_dir/*.json`` has it.

    A folder that does not exist holds no imports. Raises CalendarInvalid, naming the file, if one cannot be used: counting
    on without it would move deadlines silently.
    """
    return Calendar([*shipped_years(), *_imported_years(extra_dir)])


def import_calendar(source: Path, extra_dir: Path) -> PublishedYear:
    """Check the calendar file `source` and keep it as ``extra_dir/<year>.json``, replacing an earlier import whole.

    Raises CalendarInvalid (nothing is written) for a bad file.
    """
    year = read_year(_content(source), name=source.name)
    extra_dir.mkdir(parents=True, exist_ok=True)
    target = extra_dir / f"{year.year}.json"
    draft = target.with_suffix(f".{os.getpid()}.tmp")
    draft.write_text(json.dumps(year.as_data(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    draft.replace(target)  # atomic: a reader sees the old year or the new one
    return year


@cache
def shipped_years() -> tuple[PublishedYear, ...]:
    """The years of the package's data folder whose notice was out when it was made."""
    data = files("marketplace.core.calendar") / "data"
    entries = sorted(
        (entry for entry in data.iterdir() if entry.name.endswith(".json")), key=lambda e: e.name
    )
    contents = [(entry.name, entry.read_bytes()) for entry in entries]
    return tuple(read_year(content, name=name) for name, content in contents if not is_unannounced(content))


def _imported_years(extra_dir: Path | None) -> list[PublishedYear]:
    if extra_dir is None or not extra_dir.is_dir():
        return []
    years: dict[int, PublishedYear] = {}
    for path in sorted(extra_dir.glob("*.json")):
        try:
            year = read_year(_content(path), name=path.name)
        except CalendarInvalid as error:
            problems = [Problem(p.code, _within(path.name, p.where), p.value) for p in error.problems]
            raise CalendarInvalid(problems) from error
        if year.year in years:
            raise CalendarInvalid([Problem(ProblemCode.REPEATED_YEAR, path.name, str(year.year))])
        years[year.year] = year
    return list(years.values())


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise CalendarInvalid(
            [Problem(ProblemCode.UNREADABLE, path.name, error.strerror or str(error))]
        ) from error


def _within(name: str, where: str) -> str:
    return where if where == name else f"{name} {where}"
