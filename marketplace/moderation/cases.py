"""Opening a case, and deciding it: with reasons, never by the submitter, by as many people as the rule asks."""

from dataclasses import dataclass, field

from sqlalchemy import select

from marketplace.core.context import Context
from marketplace.core.db import JSONObject
from marketplace.core.errors import Conflict, FieldError, Forbidden, Invalid, NotFound
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.ids import new_id
from marketplace.core.journal import record
from marketplace.core.policy import require
from marketplace.moderation.lifecycle import CASE
from marketplace.moderation.models import CLOSED, WAITING, Case, Voice
from marketplace.moderation.policy import DECIDE, SEE_QUEUE
from marketplace.moderation.subjects import subject_of

PUBLISH, RETURN, TAKE_DOWN = "publish", "return", "take_down"
#: Roles that may speak for a needed one: an administrator is a moderator too, a security officer only by name.
_SPEAKS_FOR = {
    "moderator": frozenset({"moderator", "zone_admin"}),
    "security_officer": frozenset({"security_officer"}),
}
LONGEST_NOTE = 2_000


@dataclass(frozen=True)
class NewCase:
    """What a package above hands in for review."""

    kind: str
    subject: str
    zone_id: str
    org_id: str
    title: str
    submitted_by: str
    needs: tuple[str, ...] = ("moderator",)
    revision: int | None = None


@dataclass(frozen=True)
class Decision:
    """`outcome` publish, return or take_down; `reasons` as (code, field) pairs; `note` in the officer's words."""

    outcome: str
    reasons: tuple[tuple[str, str], ...] = field(default=())
    note: str = ""


def open_case(ctx: Context, new: NewCase) -> Case:
    """Put a submission into the zone's queue and start its clock."""
    case = Case(
        id=new_id("cas", ctx.now),
        kind=new.kind,
        subject=new.subject,
        zone_id=new.zone_id,
        org_id=new.org_id,
        title=new.title[:200],
        revision=new.revision,
        submitted_by=new.submitted_by,
        submitted_at=ctx.now,
        needs=list(new.needs),
        reasons=[],
    )
    CASE.begin(ctx, case)
    ctx.session.add(case)
    record(ctx, "case.opened", case.id, {"kind": new.kind, "subject": new.subject, "needs": list(new.needs)})
    return case


def close_case(ctx: Context, kind: str, subject: str) -> None:
    """The submission was taken back: nothing is left to decide."""
    waiting = select(Case).where(Case.kind == kind, Case.subject == subject, Case.state.in_(sorted(WAITING)))
    for case in ctx.session.scalars(waiting):
        case.state = CLOSED
        case.next_deadline = None
        record(ctx, "case.closed", case.id, {"subject": subject})


def decide(ctx: Context, case_id: str, given: Decision) -> Case:
    """Speak on a case. The subject moves when everybody needed has agreed, or when one officer returns it."""
    case = ctx.session.get(Case, case_id)
    if case is None:
        raise NotFound
    require(ctx, DECIDE, case, see=SEE_QUEUE)
    CASE.catch_up(ctx, case)
    if case.state not in WAITING:
        raise Conflict(_l("该事项已处理"), code="decided")
    _check_independence(ctx, case)
    _check_decision(given)
    voice = _speak(ctx, case, given)
    missing = missing_roles(case)
    if given.outcome != RETURN and missing:
        record(
            ctx,
            "case.agreed",
            case.id,
            {"subject": case.subject, "outcome": given.outcome, "role": voice.role},
        )
        return case
    _carry_out(ctx, case, given)
    return case


def propose_take_down(ctx: Context, new: NewCase, given: Decision) -> Case:
    """The zone asks to take a publication down: the first officer opens the case, a second one must agree."""
    case = open_case(ctx, new)
    ctx.session.flush()
    require(ctx, DECIDE, case)
    _check_decision(given)
    case.outcome = TAKE_DOWN
    case.reasons = [{"code": code, "field": where} for code, where in given.reasons]
    case.note = given.note.strip()
    _speak(ctx, case, given)
    record(ctx, "case.agreed", case.id, {"subject": case.subject, "outcome": TAKE_DOWN, "role": "moderator"})
    return case


def missing_roles(case: Case) -> list[str]:
    """The roles still to agree, after those who have."""
    missing = list(case.needs)
    for voice in case.voices:
        if voice.role in missing and voice.outcome != RETURN:
            missing.remove(voice.role)
    return missing


def _check_independence(ctx: Context, case: Case) -> None:
    if ctx.actor.user_id == case.submitted_by and case.outcome != TAKE_DOWN:
        raise Forbidden(DECIDE.name, _l("提交人不能审核自己提交的内容"))
    if any(voice.user_id == ctx.actor.user_id for voice in case.voices):
        raise Forbidden(DECIDE.name, _l("你已发表意见，须由另一名工作人员复核"))


def _check_decision(given: Decision) -> None:
    errors = []
    if given.outcome not in {PUBLISH, RETURN, TAKE_DOWN}:
        errors.append(FieldError("outcome", "required", _l("选择处理结果")))
    if given.outcome != PUBLISH and not (given.reasons or given.note.strip()):
        errors.append(FieldError("reasons", "required", _l("写明理由，或选择至少一条理由")))
    if len(given.note) > LONGEST_NOTE:
        errors.append(FieldError("note", "too_long", _l("不超过 %(limit)s 个字", limit=LONGEST_NOTE)))
    if errors:
        raise Invalid(errors)


def _speak(ctx: Context, case: Case, given: Decision) -> Voice:
    role = next(
        (needed for needed in missing_roles(case) if _SPEAKS_FOR[needed] & ctx.actor.roles),
        None,
    )
    if role is None:
        raise Forbidden(DECIDE.name, _l("这一步须由其他角色的工作人员处理"))
    if case.outcome == TAKE_DOWN and given.outcome == PUBLISH:
        raise Invalid([FieldError("outcome", "contradiction", _l("选择同意下架或驳回"))])
    voice = Voice(
        id=new_id("voi", ctx.now),
        user_id=ctx.actor.user_id,
        role=role,
        outcome=given.outcome,
        reasons=[{"code": code, "field": where} for code, where in given.reasons],
        note=given.note.strip(),
        at=ctx.now,
    )
    case.voices.append(voice)
    return voice


def _carry_out(ctx: Context, case: Case, given: Decision) -> None:
    subject = subject_of(case.kind)
    reasons: list[JSONObject] = [{"code": code, "field": where} for code, where in given.reasons]
    proposed = case.outcome
    if proposed == TAKE_DOWN and given.outcome == TAKE_DOWN:
        if subject.take_down is None:
            raise Conflict(code="cannot_take_down")
        reason = str(case.reasons[0]["code"]) if case.reasons else "other"
        subject.take_down(ctx, case.subject, reason, case.note)
    elif proposed != TAKE_DOWN:
        case.reasons, case.note = reasons, given.note.strip()
        if given.outcome == PUBLISH:
            subject.publish(ctx, case)
        else:
            subject.return_(ctx, case, reasons, given.note.strip())
    case.outcome = given.outcome
    case.decided_at = ctx.now
    data: JSONObject = {"kind": case.kind, "subject": case.subject, "outcome": given.outcome}
    data["reasons"] = [code for code, _field in given.reasons]
    CASE.move(ctx, case, "decide", data)
