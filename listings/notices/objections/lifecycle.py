"""The way of an objection: filed, admitted or refused, decided, perhaps reviewed by the zone, final.

Its entries stand in the chain of its notice, so that a notice cannot be shown without them. What the clock does to an
objection it does to the notice as of the same moment.
"""

from datetime import datetime
from typing import Any

from listings.notices.lifecycle import GOING, NOTICE
from listings.notices.models import RUNNING
from listings.notices.objections import models as m
from listings.notices.policy import HANDLE, OBJECT, REVIEW
from listings.notices.running import run_on, stop
from listings.notices.terms import ADMIT_TERM, APPEAL_TERM, CONFIRM_TERM, DECIDE_TERM, EXTENDED_TERM
from marketplace.core.context import Context
from marketplace.core.db import JSONObject
from marketplace.core.lifecycle import Deadline, Lifecycle, Transition


def halt(ctx: Context, objection: m.Objection, moment: datetime, *, admitted: bool = False) -> None:
    """The clock of the notice stands still, if it is still about the edition objected to."""
    notice = objection.notice
    if objection.n != notice.n or notice.state not in GOING:
        return
    stop(notice, moment)
    if admitted:
        NOTICE.follow(ctx, notice, "suspend")
    elif notice.state == RUNNING:
        NOTICE.follow(ctx, notice, "stop")


def release(ctx: Context, objection: m.Objection, moment: datetime) -> None:
    """Let the notice run on, unless another objection keeps it."""
    notice = objection.notice
    if objection.n == notice.n and not _kept_by_another(ctx, objection):
        run_on(ctx, notice, moment)


def _kept_by_another(ctx: Context, objection: m.Objection) -> bool:
    others = ctx.session.query(m.Objection.id).filter(
        m.Objection.notice_id == objection.notice_id,
        m.Objection.id != objection.id,
        m.Objection.n == objection.n,
        m.Objection.state.in_(sorted(m.STOPPING)),
    )
    return ctx.session.scalar(others.exists().select()) or False


def _lapsed(ctx: Context, objection: m.Objection, moment: datetime) -> None:
    objection.refusal, objection.closed_at = "unconfirmed", moment
    release(ctx, objection, moment)


def _unconfirmed(ctx: Context, objection: m.Objection, moment: datetime) -> JSONObject:  # noqa: ARG001
    return {"reason": "unconfirmed"}


def _admitted(ctx: Context, objection: m.Objection, moment: datetime) -> None:
    objection.admitted_at = moment
    halt(ctx, objection, moment, admitted=True)


def _closed(ctx: Context, objection: m.Objection, moment: datetime) -> None:  # noqa: ARG001
    objection.closed_at = moment


def _number(objection: Any) -> JSONObject:
    return {"objection": objection.number}


OBJECTION = Lifecycle(
    noun="notice",
    states=(m.FILED, m.INVESTIGATING, m.OVERDUE, m.REFUSED, m.DECIDED, m.APPEALED, m.CLOSED, m.LAPSED),
    initial=m.FILED,
    final=m.FINAL,
    transitions=(
        Transition("admit", frozenset({m.FILED}), m.INVESTIGATING, HANDLE),
        Transition("refuse", frozenset({m.FILED}), m.REFUSED, HANDLE),
        Transition("extend", frozenset({m.INVESTIGATING}), m.INVESTIGATING, HANDLE),
        Transition("decide", frozenset({m.INVESTIGATING, m.OVERDUE}), m.DECIDED, HANDLE),
        Transition("appeal", frozenset({m.REFUSED, m.DECIDED}), m.APPEALED, OBJECT),
        Transition("review", frozenset({m.APPEALED}), m.CLOSED, REVIEW),
    ),
    deadlines=(
        Deadline(
            "lapse",
            frozenset({m.FILED}),
            m.LAPSED,
            CONFIRM_TERM,
            lambda objection: objection.filed_at,
            lambda objection: objection.confirmed_at is not None,
            _lapsed,
            _unconfirmed,
        ),
        Deadline(
            "admit_by_silence",
            frozenset({m.FILED}),
            m.INVESTIGATING,
            ADMIT_TERM,
            lambda objection: objection.confirmed_at,
            then=_admitted,
        ),
        Deadline(
            "run_over",
            frozenset({m.INVESTIGATING}),
            m.OVERDUE,
            DECIDE_TERM,
            lambda objection: objection.admitted_at,
            lambda objection: objection.extended,
        ),
        Deadline(
            "run_over_extended",
            frozenset({m.INVESTIGATING}),
            m.OVERDUE,
            EXTENDED_TERM,
            lambda objection: objection.admitted_at,
            lambda objection: not objection.extended,
        ),
        Deadline(
            "close",
            frozenset({m.REFUSED, m.DECIDED}),
            m.CLOSED,
            APPEAL_TERM,
            lambda objection: objection.decided_at,
            then=_closed,
        ),
    ),
    events={
        "admit": "objection_admitted",
        "admit_by_silence": "objection_admitted",
        "refuse": "objection_refused",
        "lapse": "objection_refused",
        "extend": "objection_extended",
        "decide": "objection_decided",
        "run_over": "objection_overdue",
        "run_over_extended": "objection_overdue",
        "appeal": "objection_appealed",
        "review": "appeal_decided",
        "close": "objection_closed",
    },
    about=lambda objection: objection.notice_id,
    said=_number,
)
