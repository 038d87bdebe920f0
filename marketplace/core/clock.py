"""The only place that knows what time it is.

Everything else receives the time as an argument (``Context.now``). Instants are aware and in UTC; legal dates are
dates in Beijing time, whatever the zone of the server or the browser.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


class Clock(Protocol):
    """Something that can be asked for the time."""

    def now(self) -> datetime:
        """The present instant: aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)  # noqa: TID251 - the one clock of the house


class FrozenClock:
    """A clock that stands still until it is moved."""

    def __init__(self, at: datetime) -> None:
        self._at = as_utc(at)

    def now(self) -> datetime:
        return self._at

    def move_to(self, at: datetime) -> None:
        """Show another instant. Raises ValueError for a time without a zone."""
        self._at = as_utc(at)

    def advance(
        self, *, weeks: float = 0, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0
    ) -> None:
        """Move forward (or back, with negative amounts)."""
        self._at += timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)


class AcceleratedClock:
    """A clock that showed `start` at the real instant `anchor` and runs `rate` times as fast since.

    Processes that must agree on the time (pages and worker) pass the same `anchor`; by default it is the moment of
    construction. `base` is the real clock underneath. Raises ValueError unless `rate` is positive: time never runs back.
    """

    def __init__(
        self, start: datetime, rate: float, *, anchor: datetime | None = None, base: Clock | None = None
    ) -> None:
        if not 0 < rate < float("inf"):
            raise ValueError(f"the rate of a clock must be a positive number, not {rate}")
        self._base = base if base is not None else SystemClock()
        self._start = as_utc(start)
        self._rate = rate
        self._anchor = as_utc(anchor) if anchor is not None else self._base.now()

    def now(self) -> datetime:
        return self._start + (self._base.now() - self._anchor) * self._rate


def as_utc(moment: datetime) -> datetime:
    """The same instant in UTC. Raises ValueError for a time without a zone, which is no instant."""
    if moment.utcoffset() is None:
        raise ValueError(f"{moment.isoformat()} has no time zone")
    return moment.astimezone(UTC)


def local_date(moment: datetime) -> date:
    """The date in Beijing at this instant. Raises ValueError for a time without a zone."""
    return as_utc(moment).astimezone(SHANGHAI).date()


def end_of_day(day: date) -> datetime:
    """24:00 Beijing time of `day` (民法典 art. 203), as an instant in UTC."""
    return start_of_day(day + timedelta(days=1))


def start_of_day(day: date) -> datetime:
    """00:00 Beijing time of `day`, as an instant in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI).astimezone(UTC)
