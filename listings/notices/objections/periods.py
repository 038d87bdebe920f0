"""What an objection waits for, until when, and how that is counted."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from listings.notices.objections import models as m
from listings.notices.terms import (
    ADMIT_TERM,
    APPEAL_TERM,
    CONFIRM_TERM,
    DECIDE_TERM,
    EXTENDED_TERM,
    REVIEW_TERM,
)
from marketplace.core.context import Context
from marketplace.core.errors import Words
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.period import Period
from marketplace.core.terms import Term


@dataclass(frozen=True)
class Due:
    """A deadline of the proceeding: what is to happen, by which term, in which period."""

    what: Words
    term: Term
    period: Period


def due_of(ctx: Context, objection: m.Objection) -> Due | None:
    """What comes next; None for what is over."""
    found = _next(objection)
    if found is None:
        return None
    what, term, start = found
    return Due(what, term, term.run(start, ctx.calendar))


def _next(objection: m.Objection) -> tuple[Words, Term, datetime] | None:
    by_state: dict[str, Callable[[], tuple[Words, Term, datetime | None]]] = {
        m.FILED: lambda: _of_filed(objection),
        m.INVESTIGATING: lambda: _of_admitted(objection),
        m.OVERDUE: lambda: _of_admitted(objection),
        m.REFUSED: lambda: (_l("申请复核的期限"), APPEAL_TERM, objection.decided_at),
        m.DECIDED: lambda: (_l("申请复核的期限"), APPEAL_TERM, objection.decided_at),
        m.APPEALED: lambda: (_l("示范区复核的期限"), REVIEW_TERM, objection.appealed_at),
    }
    if objection.state not in by_state:
        return None
    what, term, start = by_state[objection.state]()
    return (what, term, start) if start is not None else None


def _of_filed(objection: m.Objection) -> tuple[Words, Term, datetime | None]:
    if objection.confirmed_at is None:
        return _l("确认联系方式的期限"), CONFIRM_TERM, objection.filed_at
    return _l("决定是否受理的期限"), ADMIT_TERM, objection.confirmed_at


def _of_admitted(objection: m.Objection) -> tuple[Words, Term, datetime | None]:
    term = EXTENDED_TERM if objection.extended else DECIDE_TERM
    return _l("作出决定的期限"), term, objection.admitted_at
