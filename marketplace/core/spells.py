"""A period that may stop and run on, worked out from instants alone: it started, stopped, ran on, was lengthened.

Nothing computed is kept but the ends that were promised: a newer calendar may make an end later, never earlier
(民法典 arts. 201, 203). Every reader who knows the instants and the calendar finds the same end.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from marketplace.core.calendar.workdays import Calendar
from marketplace.core.clock import local_date
from marketplace.core.legal_basis import LegalBasis
from marketplace.core.period import Origin, Period
from marketplace.core.suspension import Length, resume, suspend
from marketplace.core.terms import Term


@dataclass(frozen=True)
class Spell:
    """A stretch of time in which a period ran: until it stopped, or still.

    `extended` is how many of the term's unit were added in it; `promised` the end that was published for it.
    """

    started: datetime
    stopped: datetime | None = None
    extended: int = 0
    promised: datetime | None = None


def period_of(
    terms: Sequence[Term], spells: Sequence[Spell], calendar: Calendar, rest: Term | None
) -> Period:
    """The period as the last spell leaves it: the longest of `terms`, with at least `rest` after each resumption.

    The longest is found before a promise makes the ends equal, as it is the one that is explained and runs on.
    Raises ValueError without spells or terms, PeriodError for an impossible order.
    """
    first, *later = spells
    periods = [(_longer(term.run(first.started, calendar), first, calendar), term) for term in terms]
    period, term = max(periods, key=lambda run: run[0].end)  # the first of equals
    period, before = _promised(period, first), first
    for spell in later:
        if before.stopped is None:
            raise ValueError("a period that has not stopped cannot run on")
        least = None if rest is None else rest.length
        resumed = resume(suspend(period, before.stopped), spell.started, calendar, least)
        resumed = replace(resumed, basis=_bases(resumed, term, rest))
        period, before = _promised(_longer(resumed, spell, calendar), spell), spell
    return period


def _longer(period: Period, spell: Spell, calendar: Calendar) -> Period:
    """The period with what was added in the spell."""
    return _extended(period, spell.extended, calendar) if spell.extended else period


def _promised(period: Period, spell: Spell) -> Period:
    """The period, ending not before the end that was promised."""
    if spell.promised is None or spell.promised <= period.end:
        return period
    return replace(
        period,
        end=spell.promised,
        last_date=local_date(spell.promised - _INSTANT),
        next_date=local_date(spell.promised),
        origin=Origin.PROMISED,
    )


def _extended(period: Period, more: int, calendar: Calendar) -> Period:
    """So many of its unit longer; what remained of the period itself grows with it, and decides where it is the later."""
    longer = Length(period.amount + more, period.unit).run(period.start_at or period.start, calendar)
    if longer.end >= period.end:
        period = replace(longer, basis=period.basis, origin=period.origin, own=period.own)
    if period.own is None:
        return period
    own = _extended(period.own, more, calendar)
    return own if own.end > period.end else replace(period, own=own)


_INSTANT = datetime.resolution


def _bases(period: Period, term: Term, rest: Term | None) -> tuple[LegalBasis, ...]:
    """Where the rules stand: the term's law, the least rest where it decided, the law of counting."""
    least = () if rest is None else (rest.basis,)
    own = least if period.origin is Origin.MINIMUM_REST else ()
    counting = tuple(basis for basis in period.basis if basis not in {term.basis, *least})
    return (term.basis, *own, *counting)
