"""Drafting a grant: begin it from an achievement, save it, discard it."""

from dataclasses import fields, replace

from sqlalchemy import select

from listings.achievements.models import PUBLISHED
from listings.achievements.reach import own_achievement
from listings.documents import digest_of
from listings.grants.content import GrantContent, TeamMember, arranged, from_json, to_json, without_addresses
from listings.grants.facts import first_content
from listings.grants.lifecycle import GRANT
from listings.grants.models import DRAFT, ENDED, GrantCompleter, RightsGrant
from listings.grants.policy import CREATE, EDIT
from listings.grants.reach import grant_for
from listings.grants.rules import shape_complaints
from listings.signatories import match_accounts, seats, unask, void
from marketplace.core.context import Context
from marketplace.core.db import JSONObject
from marketplace.core.errors import Conflict, Invalid
from marketplace.core.halfwidth import halfwidth
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.ids import new_id, next_number
from marketplace.core.journal import record
from marketplace.core.policy import require

FIELDS = frozenset(field.name for field in fields(GrantContent))
NUMBER = "FQ"
KIND = "grant"


def document_of(grant: RightsGrant) -> JSONObject:
    """What the team signs and the unit decides about, as it is hashed and kept. Addresses are no part of it."""
    return {
        "kind": KIND,
        "grant": grant.id,
        "number": grant.number,
        "achievement": grant.achievement_id,
        "holder": grant.holder_id,
        "content": to_json(without_addresses(from_json(grant.content))),
    }


def create_grant(ctx: Context, achievement_id: str) -> RightsGrant:
    """A draft for a published achievement of the acting unit, filled with what is known of it.

    Raises NotFound or Forbidden, and Conflict for an achievement that is not public or has a grant already.
    """
    require(ctx, CREATE, None)
    achievement = own_achievement(ctx, achievement_id, CREATE)
    if achievement.state != PUBLISHED:
        raise Conflict(_l("成果公开之后才能申请赋权"), code="not_published")
    if grant_alive(ctx, achievement.id) is not None:
        raise Conflict(_l("这项成果已有办理中或已生效的赋权"), code="already_granted")
    content = first_content(ctx, achievement)
    grant = RightsGrant(
        id=new_id("grt", ctx.now),
        number=next_number(ctx, NUMBER),
        achievement_id=achievement.id,
        achievement=achievement,
        holder_id=achievement.holder_id,
        zone_id=achievement.zone_id,
        content=to_json(content),
        version=1,
        created_by=ctx.actor.person,
        created_at=ctx.now,
        saved_by=ctx.actor.person,
        saved_at=ctx.now,
    )
    GRANT.begin(ctx, grant)
    ctx.session.add(grant)
    grant.digest = digest_of(document_of(grant))
    _follow_team(ctx, grant, content.team)
    ctx.session.flush()
    data: JSONObject = {"number": grant.number, "achievement": achievement.id, "holder": grant.holder_id}
    record(ctx, "grant.drafted", grant.id, data)
    return grant


def save_grant(
    ctx: Context, grant_id: str, changes: JSONObject, *, version: int | None = None
) -> RightsGrant:
    """Put `changes` (content fields in JSON shape) into a draft. What changes the words voids every signature.

    `version` is the save the editor began from. Raises Invalid for what may not be kept, and Conflict with the code
    `stale` when another save came between, `wrong_state` when the grant is no draft any more.
    """
    grant = grant_for(ctx, grant_id, EDIT)
    if grant.state != DRAFT:
        raise Conflict(_l("全体完成人已签署或已提交，不能修改"), code="wrong_state")
    if version is not None and version != grant.version:
        raise Conflict(_l("这份草稿在你编辑期间被保存过，请核对差异后再保存"), code="stale")
    if unknown := set(changes) - FIELDS:
        raise ValueError(f"no content fields: {sorted(unknown)}")
    content = _tidied(arranged(from_json({**grant.content, **changes})))
    if errors := list(shape_complaints(content)):
        raise Invalid(errors)
    grant.content = to_json(content)
    grant.version += 1
    grant.saved_at, grant.saved_by = ctx.now, ctx.actor.person
    _follow_team(ctx, grant, content.team)
    digest = digest_of(document_of(grant))
    if digest != grant.digest:
        grant.digest = digest
        void_signatures(ctx, grant)
    return grant


def void_signatures(ctx: Context, grant: RightsGrant) -> None:
    """Nobody has signed, and nobody is asked to, until the team is asked anew."""
    if grant.asked_at is None:
        return
    had = void(grant.completers)
    grant.asked_at = None
    record(ctx, "grant.signatures_voided", grant.id, {"completers": [*had]})


def discard_grant(ctx: Context, grant_id: str) -> None:
    """Throw a draft away; its number is not used again."""
    grant = grant_for(ctx, grant_id, EDIT)
    GRANT.move(ctx, grant, "discard")
    grant.ended_at = ctx.now


def grant_alive(ctx: Context, achievement_id: str) -> RightsGrant | None:
    """The grant of this achievement that has not ended, if there is one; whatever the worker has noted by now."""
    query = select(RightsGrant).where(RightsGrant.achievement_id == achievement_id)
    alive = ctx.session.scalars(query.where(RightsGrant.state.not_in(sorted(ENDED)))).unique()
    return next((grant for grant in alive if GRANT.state_now(ctx, grant) not in ENDED), None)


def _follow_team(ctx: Context, grant: RightsGrant, people: tuple[TeamMember, ...]) -> None:
    """The rows of the completers as the content has them; a row keeps its id as long as its place is taken."""
    rows = seats(
        grant.completers,
        len(people),
        lambda place: GrantCompleter(id=new_id("gco", ctx.now), position=place, paper={}),
    )
    for row, member in zip(rows, people, strict=True):
        row.email, row.name, row.unit, row.share_bp = member.email, member.name, member.unit, member.share_bp
    unask(rows)
    match_accounts(ctx, grant.holder_id, grant.completers)


def _tidied(content: GrantContent) -> GrantContent:
    """Addresses as accounts keep them: half width, lower case."""
    team = (replace(one, email=halfwidth(one.email).strip().lower()) for one in content.team)
    return replace(content, team=tuple(team))
