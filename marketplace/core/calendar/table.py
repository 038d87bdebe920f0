"""A calendar year for reading, and what an import changed."""

from collections.abc import Iterator
from datetime import date, timedelta

from marketplace.core.calendar.days import DayReason
from marketplace.core.calendar.published_year import PublishedYear
from marketplace.core.calendar.workdays import Calendar
from marketplace.core.phrases import Locale, Phrase, days_text


def year_lines(calendar: Calendar, year: int, locale: Locale) -> list[str]:
    """The year's days off and make-up days, runs of the same kind on one line, with sources and edition."""
    published = calendar.published(year)
    lines = [_TITLE.text(locale, year=year)]
    if published is None:
        lines.append(_UNPUBLISHED.text(locale))
    lines.append("")
    lines.extend(
        f"{days_text(first, last, locale)}  {reason.text(locale)}"
        for first, last, reason in _runs(calendar, year)
    )
    lines.append("")
    if published is not None:
        sources = [published.document_number, *published.papers]
        lines.extend(_SOURCE.text(locale, source=source) for source in sources if source)
    lines.append(_EDITION.text(locale, edition=calendar.edition))
    return lines


def year_as_json(calendar: Calendar, year: int) -> dict[str, object]:
    """The same as data; `days` has one entry a day."""
    published = calendar.published(year)
    return {
        "year": year,
        "published": published is not None,
        "document_number": (published.document_number or None) if published else None,
        "papers": list(published.papers) if published else [],
        "calendar_edition": calendar.edition,
        "days": [
            {
                "date": day.isoformat(),
                "workday": reason.is_workday,
                "kind": str(reason.kind),
                "holiday": reason.holiday,
            }
            for day, reason in calendar.exceptions(year)
        ],
    }


def imported_lines(before: Calendar, after: Calendar, year: PublishedYear, locale: Locale) -> list[str]:
    """What is now different: the new edition and the days that changed between working day and day off."""
    changed = after.differences(before, year.year)
    phrase = _IMPORTED if before.published(year.year) is None else _REPLACED
    return [
        phrase.text(locale, year=year.year, days=len(year.days)),
        _CHANGED.text(locale, n=len(changed)),
        *(f"{days_text(day, day, locale)}  {after.reason(day).text(locale)}" for day in changed),
        _EDITION.text(locale, edition=after.edition),
    ]


def _runs(calendar: Calendar, year: int) -> Iterator[tuple[date, date, DayReason]]:
    """Consecutive days with the same reason, as first day, last day and reason."""
    first: date | None = None
    last, current = date.min, None
    for day, reason in calendar.exceptions(year):
        if (
            first is not None
            and current is not None
            and (reason != current or day - last > timedelta(days=1))
        ):
            yield first, last, current
            first = None
        first, last, current = first or day, day, reason
    if first is not None and current is not None:
        yield first, last, current


_TITLE = Phrase("{year} 年放假调休安排", "Days off and make-up working days in {year}")
_UNPUBLISHED = Phrase(
    "该年通知尚未公布：只列日期固定的法定节日，据此计算的期限为暂定",
    "The year's notice is not published: only holidays with a date fixed by law are known, periods are provisional",
)
_SOURCE = Phrase("来源：{source}", "source: {source}")
_EDITION = Phrase("日历版本：{edition}", "calendar: {edition}")
_IMPORTED = Phrase("已导入 {year} 年放假安排，共 {days} 天", "imported {year}: {days} days")
_REPLACED = Phrase("已替换 {year} 年放假安排，共 {days} 天", "replaced {year}: {days} days")
_CHANGED = Phrase(
    "工作日与休息日互换的日期：{n} 天", "days that changed between working day and day off: {n}"
)
