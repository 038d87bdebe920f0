"""Those who have left: what they made within a year, in their old line of work, still belongs to the unit.

专利法实施细则 art. 13: related to the work or the tasks somebody had there, and made within one year after leaving.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from listings.disclosures.content import Content
from listings.disclosures.terms import POST_DEPARTURE
from marketplace.core.calendar import Calendar
from marketplace.core.period import Period


@dataclass(frozen=True)
class Departure:
    """A completer who has left the unit. `period` runs from the day of leaving.

    `within`: was the achievement completed before it ended? None while the day of completion is not known.
    """

    name: str
    left_on: date
    period: Period
    completed_on: date | None

    @property
    def within(self) -> bool | None:
        return None if self.completed_on is None else self.completed_on <= self.period.last_date

    @property
    def before_leaving(self) -> bool:
        """Completed while still employed: no question of a year after it."""
        return self.completed_on is not None and self.completed_on <= self.left_on


def departures(content: Content, calendar: Calendar) -> list[Departure]:
    """The completers who have left with a known day, each with the year after it."""
    return list(_departures(content, calendar))


def _departures(content: Content, calendar: Calendar) -> Iterable[Departure]:
    for person in content.completers:
        if person.status == "departed" and person.left_on is not None:
            period = POST_DEPARTURE.run(person.left_on, calendar)
            yield Departure(person.name, person.left_on, period, content.completed_on)
