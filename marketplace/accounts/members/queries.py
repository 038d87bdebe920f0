"""Questions about members."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from marketplace.accounts.links import Purpose
from marketplace.accounts.members.proposals import open_proposals
from marketplace.accounts.models import MailLink, Membership, Organisation, RoleProposal, User
from marketplace.accounts.policy import MEMBERS_SEE
from marketplace.core.context import Context
from marketplace.core.lookup import get
from marketplace.core.policy import require


@dataclass(frozen=True)
class Member:
    """A member as colleagues see them."""

    user_id: str
    name: str
    email: str
    roles: tuple[str, ...]
    since: datetime


@dataclass(frozen=True)
class Proposed:
    """A proposal with the names of those it is about."""

    proposal: RoleProposal
    about: str
    by: str


def the_organisation(ctx: Context, org_id: str | None) -> Organisation:
    """The organisation, for somebody who may see its members. Raises NotFound."""
    org = get(ctx.session, Organisation, org_id)
    require(ctx, MEMBERS_SEE, org, see=MEMBERS_SEE)
    return org


def members_of(ctx: Context, org_id: str) -> list[Member]:
    """Everybody who may act for the organisation, longest first. Raises NotFound for strangers."""
    org = the_organisation(ctx, org_id)
    rows = ctx.session.scalars(
        select(Membership)
        .where(Membership.org_id == org.id)
        .options(joinedload(Membership.user))
        .order_by(Membership.id)
    )
    return [Member(row.user_id, row.user.name, row.user.email, tuple(row.roles), row.since) for row in rows]


def open_invitations(ctx: Context, org_id: str) -> list[MailLink]:
    """Invitations that can still be accepted, newest first."""
    waiting = select(MailLink).where(
        MailLink.org_id == org_id,
        MailLink.purpose == Purpose.INVITE,
        MailLink.used_at.is_(None),
        MailLink.expires_at > ctx.now,
    )
    return list(ctx.session.scalars(waiting.order_by(MailLink.id.desc())))


def proposals_of(ctx: Context, org_id: str) -> list[Proposed]:
    """What waits for a second administrator, with names."""
    found = open_proposals(ctx, org_id)
    ids = {user_id for proposal in found for user_id in (proposal.user_id, proposal.proposed_by) if user_id}
    people = ctx.session.execute(select(User.id, User.name).where(User.id.in_(sorted(ids))))
    names = {user_id: name for user_id, name in people}  # noqa: C416 - rows, which dict() does not take
    return [
        Proposed(proposal, names.get(proposal.user_id or "", proposal.email), names[proposal.proposed_by])
        for proposal in found
    ]
