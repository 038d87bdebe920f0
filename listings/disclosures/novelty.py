"""Novelty: what was published before filing is known, and grace is narrow (专利法 arts. 22, 24)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum, unique

from listings.disclosures.content import Content
from listings.disclosures.terms import NOVELTY_GRACE
from marketplace.core.calendar import Calendar
from marketplace.core.period import Period


@unique
class Risk(StrEnum):
    """What threatens novelty."""

    PUBLISHED = "published"  # known already; grace may apply, in the listed cases only
    EXPIRED = "expired"  # known for longer than any grace
    PLANNED = "planned"  # will be known on a day that is named


@dataclass(frozen=True)
class NoveltyRisk:
    """A risk. `on`: the day of publication. `grace`: the six months after a publication that has happened."""

    risk: Risk
    on: date
    grace: Period | None = None


def novelty_risk(content: Content, today: date, calendar: Calendar) -> NoveltyRisk | None:
    """The gravest risk while nothing is filed; None when there is none. `today` is a Beijing date."""
    if content.ip_state in {"filed", "granted"}:
        return None
    known = [day for day in (content.published_on, content.planned_on) if day is not None and day <= today]
    if known:
        first = min(known)
        grace = NOVELTY_GRACE.run(first, calendar)
        return NoveltyRisk(Risk.EXPIRED if today > grace.last_date else Risk.PUBLISHED, first, grace)
    coming = [day for day in (content.published_on, content.planned_on) if day is not None]
    return NoveltyRisk(Risk.PLANNED, min(coming)) if coming else None
