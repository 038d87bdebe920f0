"""Handling an objection in the unit: taken by somebody without a part in the matter, admitted or refused, decided."""

import hashlib
from dataclasses import dataclass

from listings.classification import codes
from listings.notices.clockwork import catch_up
from listings.notices.objections.effects import carry_out, fitting
from listings.notices.objections.lifecycle import OBJECTION, halt, release
from listings.notices.objections.models import FINAL, Objection
from listings.notices.policy import HANDLE, SEE_OBJECTION, TAKE
from listings.notices.sources import basis_from
from marketplace.accounts.checks import Checks
from marketplace.core.context import Context
from marketplace.core.errors import Conflict, Forbidden
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.journal import record
from marketplace.core.lookup import get
from marketplace.core.policy import Permission, require

LONGEST_REASONS, LONGEST_SUMMARY, SHORTEST_REASONS = 5_000, 500, 20


@dataclass(frozen=True)
class Refusal:
    """`reason` of `objection_refusals`; `reasons` are for the objector, `summary` for everybody."""

    reason: str
    reasons: str
    summary: str


@dataclass(frozen=True)
class Ruling:
    """`outcome`: upheld, partly or dismissed; `effect` on the notice: continue, restart or void."""

    outcome: str
    effect: str
    reasons: str
    summary: str


def objection_for(ctx: Context, objection_id: str, permission: Permission = SEE_OBJECTION) -> Objection:
    """The objection, if the actor may do `permission` to it. Raises NotFound or Forbidden."""
    objection = get(ctx.session, Objection, objection_id)
    require(ctx, permission, objection, see=SEE_OBJECTION)
    return objection


def take(ctx: Context, objection_id: str, *, unrelated: bool) -> Objection:
    """Take the objection over: from now on the actor, and nobody else of the unit, knows who objects.

    Raises Forbidden for whoever has a part in the matter: they recuse themselves (回避).
    """
    objection = objection_for(ctx, objection_id, TAKE)
    catch_up(ctx, objection.notice)
    checks = Checks()
    if not unrelated:
        checks.complain("unrelated", "missing", _l("声明与本事项没有利害关系后才能承办"))
    checks.settle()
    if objection.state in FINAL:
        raise Conflict(_l("异议已经办结"), code="wrong_state")
    if objection.handler_id is not None and objection.handler_id != ctx.actor.user_id:
        raise Conflict(_l("已由其他人承办"), code="taken")
    if has_part(ctx, objection):
        raise Forbidden(TAKE.name, _l("你参与了该事项或公示的办理，应当回避"))
    if objection.handler_id is None:
        objection.handler_id = ctx.actor.user_id
        record(ctx, "notice.objection_taken", objection.notice_id, {"objection": objection.number})
    return objection


def has_part(ctx: Context, objection: Objection) -> bool:
    """Did the actor negotiate, complete, draft, hand in or start what is objected to?"""
    parts = set()
    for edition in objection.notice.editions:
        parts |= {edition.saved_by, edition.submitted_by, edition.started_by}
        parts |= basis_from(edition.basis).insiders
    return ctx.actor.user_id in parts | {objection.notice.created_by}


def admit(ctx: Context, objection_id: str) -> Objection:
    """Begin the investigation. An unconfirmed objection cannot be admitted yet."""
    objection = _at_hand(ctx, objection_id)
    if objection.confirmed_at is None:
        raise Conflict(_l("异议人还没有确认联系方式"), code="unconfirmed")
    OBJECTION.move(ctx, objection, "admit")
    objection.admitted_at = ctx.now
    OBJECTION.arm(ctx, objection)
    halt(ctx, objection, ctx.now, admitted=True)
    return objection


def refuse(ctx: Context, objection_id: str, given: Refusal) -> Objection:
    """Not admit it, with the reason; the notice runs on, and the objector may appeal."""
    objection = _at_hand(ctx, objection_id)
    checks = Checks()
    if given.reason not in codes("objection_refusals"):
        checks.complain("reason", "unknown_code", _l("选择不予受理的原因"))
    reasons, summary = _texts(checks, given.reasons, given.summary)
    checks.settle()
    objection.decided_at, objection.decided_by = ctx.now, ctx.actor.user_id
    OBJECTION.move(ctx, objection, "refuse", {"reason": given.reason, "reasons": digest_of(reasons)})
    objection.refusal, objection.reasons, objection.summary = given.reason, reasons, summary
    release(ctx, objection, ctx.now)
    return objection


def extend(ctx: Context, objection_id: str, note: str) -> Objection:
    """Take another 15 working days, once, with a reason that the objector reads."""
    objection = _at_hand(ctx, objection_id)
    checks = Checks()
    text = checks.text("note", note, LONGEST_SUMMARY, _l("填写延长的理由"))
    checks.settle()
    if objection.extended:
        raise Conflict(_l("只能延长一次"), code="extended")
    objection.extended, objection.extension_note = True, text
    OBJECTION.move(ctx, objection, "extend")
    return objection


def decide(ctx: Context, objection_id: str, given: Ruling) -> Objection:
    """Decide with reasons; the clock of the notice follows at once."""
    objection = _at_hand(ctx, objection_id)
    reasons, summary = checked_ruling(given)
    objection.decided_at, objection.decided_by = ctx.now, ctx.actor.user_id
    OBJECTION.move(
        ctx,
        objection,
        "decide",
        {"outcome": given.outcome, "effect": given.effect, "reasons": digest_of(reasons)},
    )
    objection.outcome, objection.effect = given.outcome, given.effect
    objection.reasons, objection.summary = reasons, summary
    carry_out(ctx, objection, given.effect, summary)
    return objection


def checked_ruling(given: Ruling) -> tuple[str, str]:
    """Reasons and summary of a decision in the unit or of the zone's review. Raises Invalid."""
    checks = Checks()
    for field, code, words in fitting(given.outcome, given.effect):
        checks.complain(field, code, words)
    reasons, summary = _texts(checks, given.reasons, given.summary)
    checks.settle()
    return reasons, summary


def digest_of(text: str) -> str:
    """The digest by which the log knows a text that is not public."""
    return hashlib.sha256(text.encode()).hexdigest()


def _at_hand(ctx: Context, objection_id: str) -> Objection:
    objection = objection_for(ctx, objection_id, HANDLE)
    catch_up(ctx, objection.notice)
    return objection


def _texts(checks: Checks, reasons: str, summary: str) -> tuple[str, str]:
    said = checks.text("reasons", reasons, LONGEST_REASONS, _l("写明理由，异议人会看到"))
    if said and len(said) < SHORTEST_REASONS:
        checks.complain("reasons", "length", _l("理由至少 %(least)s 个字", least=SHORTEST_REASONS))
    short = checks.text("summary", summary, LONGEST_SUMMARY, _l("写一段公开的摘要，不写异议人的身份"))
    checks.impersonal("summary", short)
    return said, short
