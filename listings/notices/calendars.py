"""The calendar by which a period was counted, as a file that whoever counts again can read."""

from datetime import date, timedelta

import rfc8785

from marketplace.core.calendar import Calendar
from marketplace.core.clock import local_date
from marketplace.core.db import JSONObject
from marketplace.core.period import Period
from marketplace.core.runtime import runtime

SATURDAY = 5
_DAY = timedelta(days=1)


def kept_calendar(calendar: Calendar, period: Period) -> str:
    """Keep the calendar of the years that the period touches; the digest of the file."""
    first, last = period.start.year, max(period.last_date, local_date(period.end)).year
    return runtime().files.put(rfc8785.dumps(calendar_file(calendar, first, last))).digest


def calendar_file(calendar: Calendar, first: int, last: int) -> JSONObject:
    """`{edition, days}`: every day of the years that departs from work on Monday to Friday, as `rest` or `work`."""
    days: JSONObject = {}
    day = date(first, 1, 1)
    while day.year <= last:
        works = calendar.reason(day).is_workday
        if works != (day.weekday() < SATURDAY):
            days[day.isoformat()] = "work" if works else "rest"
        day += _DAY
    return {"edition": calendar.edition, "days": days}
