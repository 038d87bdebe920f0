"""Opening a case, and deciding it: with reasons, never by the submitter, by as many people as the rule asks."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from marketplace.core.context import Context
from marketplace.core.db import JSONObject
from marketplace.core.errors import Conflict, NotFound
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.ids import new_id
from marketplace.core.journal import record
from marketplace.core.lookup import get
from marketplace.core.policy import require
from marketplace.moderation.grounds import Decision, Removal, checked_decision, checked_removal, with_groups
from marketplace.moderation.lifecycle import CASE
from marketplace.moderation.models import CLOSED, KEEP, PUBLISH, RETURN, TAKE_DOWN, WAITING, Case
from marketplace.moderation.policy import DECIDE, SEE_QUEUE
from marketplace.moderation.policy import TAKE_DOWN as MAY_TAKE_DOWN
from marketplace.moderation.subjects import public_subject, subject_of
from marketplace.moderation.voices import MODERATOR, OFFICER, REFUSALS, missing_roles, speak, speaking_role

LONGEST_TITLE = 200


@dataclass(frozen=True)
class NewCase:
    """What a package above hands in for review. `submitted_by` is empty for what the system hands in.

    `submitted_at`: when the clock starts, for a consumer that reads of the submission later; by default now.
    """

    kind: str
    subject: str
    zone_id: str
    org_id: str
    title: str
    submitted_by: str
    needs: tuple[str, ...] = (MODERATOR,)
    revision: int | None = None
    submitted_at: datetime | None = None


def open_case(ctx: Context, new: NewCase, asks: str = PUBLISH) -> Case:
    """Put a submission into the zone's queue and start its clock."""
    case = Case(
        id=new_id("cas", ctx.now),
        kind=new.kind,
        subject=new.subject,
        asks=asks,
        zone_id=new.zone_id,
        org_id=new.org_id,
        title=new.title[:LONGEST_TITLE],
        revision=new.revision,
        submitted_by=new.submitted_by or None,
        submitted_at=new.submitted_at or ctx.now,
        needs=list(new.needs),
        reasons=[],
    )
    CASE.begin(ctx, case)
    ctx.session.add(case)
    ctx.session.flush()
    data: JSONObject = {"kind": new.kind, "subject": new.subject, "asks": asks, "needs": list(new.needs)}
    record(ctx, "case.opened", case.id, data)
    return case


def waiting_case(ctx: Context, kind: str, subject: str, asks: str) -> Case | None:
    """The case on this subject that is not decided yet, if there is one."""
    found: Case | None = ctx.session.scalar(
        select(Case).where(
            Case.kind == kind, Case.subject == subject, Case.asks == asks, Case.state.in_(sorted(WAITING))
        )
    )
    return found


def close_case(ctx: Context, kind: str, subject: str, *, asks: str | None = None) -> None:
    """The subject was taken back or is gone: nothing is left to decide about it.

    With `asks` only the cases that ask for that, such as a submission that was recalled.
    """
    waiting = select(Case).where(Case.kind == kind, Case.subject == subject, Case.state.in_(sorted(WAITING)))
    if asks is not None:
        waiting = waiting.where(Case.asks == asks)
    for case in ctx.session.scalars(waiting).unique().all():
        case.state = CLOSED
        case.next_deadline = None
        record(ctx, "case.closed", case.id, {"kind": kind, "subject": subject})


def decide(ctx: Context, case_id: str, given: Decision) -> Case:
    """Speak on a case. The subject moves when everybody needed has agreed, or when one officer refuses.

    Raises NotFound outside the officer's zone, Forbidden for a person who may not speak on this case, Conflict when
    it is decided already, Invalid for a decision without the reasons it needs.
    """
    case = get(ctx.session, Case, case_id)
    require(ctx, DECIDE, case, see=SEE_QUEUE)
    CASE.catch_up(ctx, case)
    if case.state not in WAITING:
        raise Conflict(_l("该事项已处理，处理结果见本页"), code="decided")
    role = speaking_role(ctx, case)
    subject = subject_of(case.kind)
    given = checked_decision(case.asks, subject, given)
    reasons = with_groups(subject.return_reasons, given.reasons)
    speak(ctx, case, role, given.outcome, reasons, given.note)
    if given.outcome not in REFUSALS and missing_roles(case):
        record(ctx, "case.agreed", case.id, _agreement(case, given.outcome, role))
        return case
    _carry_out(ctx, case, given, reasons)
    return case


def propose_take_down(ctx: Context, kind: str, subject: str, given: Removal) -> Case:
    """The zone asks to take a publication down: the first officer opens the case, a second one must agree.

    Raises NotFound when nothing of that id is public, Conflict while an earlier proposal waits.
    """
    public = public_subject(ctx, kind, subject)
    require(ctx, MAY_TAKE_DOWN, public)
    owner = subject_of(kind)
    if owner.take_down is None:
        raise NotFound
    if waiting_case(ctx, kind, subject, TAKE_DOWN) is not None:
        raise Conflict(_l("已有工作人员提出下架，正等待复核"), code="already_proposed")
    given = checked_removal(owner, given)
    new = NewCase(
        kind=kind,
        subject=subject,
        zone_id=public.zone_id,
        org_id=public.org_id,
        title=public.title,
        submitted_by=ctx.actor.user_id or "",
        needs=(OFFICER, OFFICER),
    )
    case = open_case(ctx, new, TAKE_DOWN)
    case.reasons = with_groups(owner.take_down_reasons, (given.reason,))
    case.note = given.note
    role = speaking_role(ctx, case)
    speak(ctx, case, role, TAKE_DOWN, case.reasons, case.note)
    record(ctx, "case.agreed", case.id, _agreement(case, TAKE_DOWN, role))
    return case


def _agreement(case: Case, outcome: str, role: str) -> JSONObject:
    return {"kind": case.kind, "subject": case.subject, "outcome": outcome, "role": role}


def _carry_out(ctx: Context, case: Case, given: Decision, reasons: list[JSONObject]) -> None:
    """Settle the case, then move the subject. A take-down keeps the reason and note of its proposal."""
    if case.asks == PUBLISH:
        case.reasons, case.note = reasons, given.note
    case.outcome = given.outcome
    case.decided_at = ctx.now
    # The case first: moving the subject closes whatever else waits about it.
    CASE.move(ctx, case, "decide", _decided(case))
    subject = subject_of(case.kind)
    if case.outcome == PUBLISH:
        subject.publish(ctx, case)
    elif case.outcome == RETURN:
        subject.return_(ctx, case, case.reasons, case.note)
    elif case.outcome == TAKE_DOWN and subject.take_down is not None:
        subject.take_down(ctx, case.subject, str(case.reasons[0]["code"]), case.note)


def _decided(case: Case) -> JSONObject:
    """What the journal, and through it the public log, keeps: no person, no free text."""
    return {
        "kind": case.kind,
        "subject": case.subject,
        "outcome": case.outcome,
        "reasons": [] if case.outcome == KEEP else [reason["code"] for reason in case.reasons],
        "roles": [voice.role for voice in case.voices],
        "zone": case.zone_id,
    }
