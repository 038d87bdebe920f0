"""Who still has to agree on a case, and who may not: nobody decides on their own, or twice, or for their own house."""

from sqlalchemy import select

from marketplace.accounts.models import Membership
from marketplace.core.context import Actor, Context
from marketplace.core.db import JSONObject
from marketplace.core.errors import Forbidden, Words
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.ids import new_id
from marketplace.moderation.models import KEEP, PUBLISH, RETURN, Case, Voice
from marketplace.moderation.policy import DECIDE, DECIDERS

MODERATOR, SECURITY_OFFICER, OFFICER = "moderator", "security_officer", "officer"
#: Roles that may speak for a needed one: an administrator is a moderator too, a security officer only by name.
_SPEAKS_FOR = {
    MODERATOR: frozenset({"moderator", "zone_admin"}),
    SECURITY_OFFICER: frozenset({"security_officer"}),
    OFFICER: DECIDERS,
}
#: One officer is enough for these; the others take everybody the case needs.
REFUSALS = frozenset({RETURN, KEEP})


def missing_roles(case: Case) -> list[str]:
    """The roles still to agree, after those who have."""
    missing = list(case.needs)
    for voice in case.voices:
        if voice.role in missing and voice.outcome not in REFUSALS:
            missing.remove(voice.role)
    return missing


def role_to_speak_in(actor: Actor, case: Case) -> str | None:
    """The needed role this actor can fill, None when only others can."""
    return next((role for role in missing_roles(case) if _SPEAKS_FOR[role] & actor.roles), None)


def hindrance(ctx: Context, case: Case) -> Words | None:
    """Why this officer may not speak on this case; None when they may."""
    user_id = ctx.actor.user_id
    if any(voice.user_id == user_id for voice in case.voices):
        return _l("你已发表意见，须由另一名工作人员复核")
    if user_id is not None and user_id == case.submitted_by and case.asks == PUBLISH:
        return _l("提交人不能审核自己提交的内容")
    if is_insider(ctx, case.org_id):
        return _l("你是该单位的成员，须由与该单位无关的工作人员处理")
    if role_to_speak_in(ctx.actor, case) is None:
        return _l("这一步须由其他角色的工作人员处理")
    return None


def is_insider(ctx: Context, org_id: str) -> bool:
    """Is the actor, acting for the zone now, also a member of this organisation?"""
    membership = select(Membership.id).where(
        Membership.user_id == ctx.actor.user_id, Membership.org_id == org_id
    )
    return ctx.session.scalar(membership) is not None


def speaking_role(ctx: Context, case: Case) -> str:
    """The role in which the actor may speak on this case now. Raises Forbidden when they may not."""
    problem = hindrance(ctx, case)
    role = role_to_speak_in(ctx.actor, case)
    if problem is not None or role is None:
        raise Forbidden(DECIDE.name, problem)
    return role


def speak(ctx: Context, case: Case, role: str, outcome: str, reasons: list[JSONObject], note: str) -> None:
    """Add the officer's word, in a role that `speaking_role` gave."""
    voice = Voice(
        id=new_id("voi", ctx.now),
        user_id=ctx.actor.user_id,
        role=role,
        outcome=outcome,
        reasons=reasons,
        note=note,
        at=ctx.now,
    )
    case.voices.append(voice)
