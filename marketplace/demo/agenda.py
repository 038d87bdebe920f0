"""Stories that happen side by side: each waits for a moment, and the clock goes to whoever is next."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from heapq import heappop, heappush

from marketplace.core.calendar import Calendar
from marketplace.core.clock import SHANGHAI, FrozenClock, local_date
from marketplace.core.ticker import tick

#: Gives the moments it waits for; what it does between two of them happens at the first.
Story = Iterator[datetime]
_DAY = timedelta(days=1)


@dataclass
class Agenda:
    """Tells stories up to the moment `until`; one that waits for a later moment is left where it is."""

    clock: FrozenClock
    until: datetime
    _waiting: list[tuple[datetime, int, Story]] = field(default_factory=list)
    _begun: int = 0

    def add(self, story: Story) -> None:
        """Begin a story: now, or while others are told."""
        self._begun += 1
        self._wait(self._begun, story)

    def run(self) -> None:
        """Tell them all, and let every day bring what its midnight makes due."""
        self.add(self._midnights())
        while self._waiting and self._waiting[0][0] <= self.until:
            moment, number, story = heappop(self._waiting)
            self.clock.move_to(max(moment, self.clock.now()))
            self._wait(number, story)
        self.clock.move_to(max(self.until, self.clock.now()))
        tick()

    def _midnights(self) -> Story:
        """Legal days end at midnight: some seconds later the worker finds what has become due."""
        day = local_date(self.clock.now())
        while True:
            day += _DAY
            yield at(day, "00:00:04")
            tick()

    def _wait(self, number: int, story: Story) -> None:
        moment = next(story, None)
        if moment is not None:
            heappush(self._waiting, (moment, number, story))


@dataclass(frozen=True)
class Days:
    """The working days around `today`, as Beijing dates."""

    calendar: Calendar
    today: date

    def ago(self, days: int) -> date:
        """The last working day that is at least so many days ago."""
        return self._last(self.today - days * _DAY)

    def before(self, day: date, working_days: int) -> date:
        for _ in range(working_days):
            day = self._last(day - _DAY)
        return day

    def after(self, day: date, working_days: int) -> date:
        """So many working days later; with 0 the day itself, or the next working day."""
        for _ in range(working_days):
            day = self._first(day + _DAY)
        return self._first(day)

    def _last(self, day: date) -> date:
        while not self.calendar.is_workday(day):
            day -= _DAY
        return day

    def _first(self, day: date) -> date:
        while not self.calendar.is_workday(day):
            day += _DAY
        return day


def at(day: date, clock: str) -> datetime:
    """That day in Beijing at `clock`, as 09:30."""
    return datetime.combine(day, time.fromisoformat(clock), SHANGHAI)
