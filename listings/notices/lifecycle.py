"""The way of a notice: drafted, verified, running on both channels, stopped by objections, over, certified."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from listings.notices import models as m
from listings.notices.calendars import kept_calendar
from listings.notices.policy import CERTIFY, DECIDE, EDIT, RUN
from listings.notices.terms import MIN_REST, NOTICE_TERMS
from listings.notices.zone_terms import rule_basis
from marketplace.core.calendar import Calendar
from marketplace.core.context import Context
from marketplace.core.db import JSONObject
from marketplace.core.lifecycle import Appointment, Consequence, Lifecycle, Transition
from marketplace.core.period import Period
from marketplace.core.spells import Spell, period_of
from marketplace.core.terms import Term

GOING = frozenset({m.RUNNING, m.OBJECTED, m.SUSPENDED})
#: What may still be corrected and shown anew.
AMENDABLE = GOING | {m.SCHEDULED, m.EXPIRED}


def term_of(notice: m.Notice) -> Term:
    """The term of the edition that counts: the law's, or the longer one that the unit chose."""
    return NOTICE_TERMS[notice.kind].tightened(notice.edition.amount)


def channel_broken(notice: m.Notice) -> bool:
    """Did the unit's channel not show the notice when somebody looked last?"""
    looks = [c for c in notice.captures if c.n == notice.n and c.channel == m.UNIT]
    last = max(looks, key=lambda capture: (capture.taken_at, capture.recorded_at), default=None)
    return last is not None and last.seen != m.SAME


def spells_of(edition: m.Edition) -> list[Spell]:
    return [Spell(row.started_at, row.stopped_at, row.extended, row.promised) for row in edition.spells]


def running_period(notice: m.Notice, calendar: Calendar) -> Period | None:
    """The period of the edition that counts, as it stands; None before it has begun."""
    edition = notice.edition
    spells = spells_of(edition)
    if not spells:
        return None
    period = period_of((term_of(notice),), spells, calendar, MIN_REST)
    rule = edition.zone_term
    return period if rule is None else replace(period, basis=(rule_basis(rule), *period.basis))


def _end(notice: m.Notice, calendar: Calendar) -> datetime | None:
    """The end that the clock waits for; none while the unit's channel is known not to show the notice."""
    if channel_broken(notice):
        return None
    period = running_period(notice, calendar)
    return period.end if period is not None else None


def _how(ctx: Context, notice: m.Notice, moment: datetime) -> JSONObject:  # noqa: ARG001
    """How many days of the term it ran, and by which calendar: enough to count again."""
    period = running_period(notice, ctx.calendar)
    return (
        {}
        if period is None
        else {"days": notice.edition.amount, "calendar": kept_calendar(ctx.calendar, period)}
    )


def _expired(ctx: Context, notice: m.Notice, moment: datetime) -> None:  # noqa: ARG001
    notice.expired_at = moment


def _edition(notice: Any) -> JSONObject:
    return {"edition": notice.n}


NOTICE = Lifecycle(
    noun="notice",
    states=(
        *(m.DRAFT, m.SUBMITTED, m.RETURNED, m.SCHEDULED, m.RUNNING, m.OBJECTED, m.SUSPENDED),
        *(m.CORRECTING, m.EXPIRED, m.CERTIFIED, m.VOID, m.DISCARDED),
    ),
    initial=m.DRAFT,
    final=frozenset({m.CERTIFIED, m.VOID, m.DISCARDED}),
    transitions=(
        Transition("submit", frozenset({m.DRAFT, m.RETURNED, m.CORRECTING}), m.SUBMITTED, EDIT),
        Transition("recall", frozenset({m.SUBMITTED}), m.RETURNED, EDIT),
        Transition("return", frozenset({m.SUBMITTED}), m.RETURNED, DECIDE),
        Transition("approve", frozenset({m.SUBMITTED}), m.SCHEDULED, DECIDE),
        Transition("start", frozenset({m.SCHEDULED}), m.RUNNING, RUN),
        Transition("amend", AMENDABLE, m.CORRECTING, RUN),
        Transition("withdraw", AMENDABLE | {m.CORRECTING, m.SUBMITTED, m.RETURNED}, m.VOID, RUN),
        Transition("certify", frozenset({m.EXPIRED}), m.CERTIFIED, CERTIFY),
        Transition("discard", frozenset({m.DRAFT, m.RETURNED}), m.DISCARDED, EDIT),
    ),
    consequences=(
        Consequence("stop", frozenset({m.RUNNING}), m.OBJECTED),
        Consequence("suspend", frozenset({m.RUNNING, m.OBJECTED, m.SUSPENDED}), m.SUSPENDED),
        Consequence("resume", frozenset({m.OBJECTED, m.SUSPENDED}), m.RUNNING),
        Consequence("correct", AMENDABLE, m.CORRECTING),
        Consequence("annul", AMENDABLE | {m.CORRECTING, m.SUBMITTED, m.RETURNED}, m.VOID),
        Consequence("drop", frozenset({m.DRAFT}), m.DISCARDED),
    ),
    deadlines=(
        Appointment(
            "expire",
            frozenset({m.RUNNING}),
            m.EXPIRED,
            _end,
            (*NOTICE_TERMS.values(), MIN_REST),
            _expired,
            _how,
        ),
    ),
    events={
        "submit": "submitted",
        "recall": "recalled",
        "return": "returned",
        "approve": "approved",
        "start": "started",
        "amend": "amended",
        "correct": "amended",
        "withdraw": "voided",
        "annul": "voided",
        "certify": "certified",
        "discard": "discarded",
        "drop": "discarded",
        "resume": "resumed",
        "expire": "expired",
    },
    said=_edition,
)
