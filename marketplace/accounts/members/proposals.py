"""Four eyes on the roles in a zone authority: one administrator proposes, another confirms.

Whoever may publish, verify and decide for everybody in a zone is not appointed by one person alone.
"""

from sqlalchemy import select

from marketplace.accounts.members.changes import (
    admins_of,
    end_membership,
    send_invitation,
    set_roles,
    the_membership,
)
from marketplace.accounts.models import Organisation, RoleProposal
from marketplace.accounts.policy import MEMBERS_SEE, ROLES_CONFIRM
from marketplace.core.context import Context
from marketplace.core.errors import Conflict, Forbidden
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.ids import new_id
from marketplace.core.journal import record
from marketplace.core.lookup import get, get_for


def propose(
    ctx: Context, org: Organisation, email: str, user_id: str | None, roles: list[str]
) -> RoleProposal:
    """Propose roles for a member or for somebody to be invited; no roles end a membership.

    The actor is known to administer `org`. Raises Conflict while another proposal about the same person is open, or
    when there is nobody who could confirm it.
    """
    if len(admins_of(ctx, org.id)) < 2:
        raise Conflict(
            _l("管理机构的角色变更须由两名管理员先后确认，目前只有一名。请联系平台运营方增加第二名管理员"),
            code="second_admin_needed",
        )
    if any(other.email == email for other in open_proposals(ctx, org.id)):
        raise Conflict(_l("关于此人已有一项待确认的变更，请先处理"), code="proposal_open")
    proposal = RoleProposal(
        id=new_id("prp", ctx.now),
        org_id=org.id,
        user_id=user_id,
        email=email,
        roles=roles,
        proposed_by=str(ctx.actor.user_id),
        proposed_at=ctx.now,
    )
    ctx.session.add(proposal)
    record(ctx, "membership.proposed", org.id, {"proposal": proposal.id, "user": user_id, "roles": [*roles]})
    return proposal


def confirm_proposal(ctx: Context, proposal_id: str) -> None:
    """Agree to another administrator's proposal: it takes effect. Raises Forbidden for one's own, Conflict if decided."""
    proposal = _open_proposal(ctx, proposal_id)
    if proposal.proposed_by == ctx.actor.user_id:
        raise Forbidden(ROLES_CONFIRM.name, _l("自己提出的变更须由另一名管理员确认"))
    _decide(ctx, proposal, accepted=True)
    org = get(ctx.session, Organisation, proposal.org_id)
    if proposal.user_id is None:
        send_invitation(ctx, org, proposal.email, proposal.roles, {"proposal": proposal.id})
        return
    membership = the_membership(ctx, org.id, proposal.user_id)
    if proposal.roles == membership.roles:  # an operator was faster; that two agreed is a fact all the same
        record(ctx, "membership.proposal_confirmed", org.id, {"proposal": proposal.id})
    elif proposal.roles:
        set_roles(ctx, membership, proposal.roles, {"proposal": proposal.id})
    else:
        end_membership(ctx, membership, {"proposal": proposal.id})


def reject_proposal(ctx: Context, proposal_id: str) -> None:
    """Refuse a proposal, or take back one's own."""
    proposal = _open_proposal(ctx, proposal_id)
    _decide(ctx, proposal, accepted=False)
    record(ctx, "membership.proposal_rejected", proposal.org_id, {"proposal": proposal.id})


def open_proposals(ctx: Context, org_id: str) -> list[RoleProposal]:
    """What waits for a second administrator, oldest first."""
    waiting = select(RoleProposal).where(RoleProposal.org_id == org_id, RoleProposal.decided_at.is_(None))
    return list(ctx.session.scalars(waiting.order_by(RoleProposal.id)))


def _open_proposal(ctx: Context, proposal_id: str) -> RoleProposal:
    proposal = get(ctx.session, RoleProposal, proposal_id)
    get_for(ctx, Organisation, proposal.org_id, ROLES_CONFIRM, MEMBERS_SEE)
    if proposal.decided_at is not None:
        raise Conflict(_l("这项变更已经处理"), code="decided")
    return proposal


def _decide(ctx: Context, proposal: RoleProposal, *, accepted: bool) -> None:
    proposal.accepted, proposal.decided_by, proposal.decided_at = accepted, ctx.actor.user_id, ctx.now
