"""Commands of an organisation's administrators about its members. Each takes a context from a unit of work."""

from dataclasses import dataclass

from marketplace.accounts.checks import Checks
from marketplace.accounts.links import DeadLink, Purpose, open_link
from marketplace.accounts.members.changes import (
    add_member,
    check_roles,
    end_membership,
    membership_of,
    send_invitation,
    set_roles,
    the_membership,
)
from marketplace.accounts.members.proposals import propose
from marketplace.accounts.models import MailLink, Organisation, User
from marketplace.accounts.people import Registration, make_user, user_by_email
from marketplace.accounts.policy import MEMBERS_MANAGE, MEMBERS_SEE, MEMBERSHIP_LEAVE
from marketplace.accounts.roles import ZONE_AUTHORITY
from marketplace.core.context import Context
from marketplace.core.errors import Conflict, NotFound
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.journal import record
from marketplace.core.lookup import get, get_for
from marketplace.core.policy import Permission


@dataclass(frozen=True)
class Invitation:
    """Whom to ask to join, and as what."""

    email: str
    roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class RoleChange:
    """The roles a member is to hold from now on."""

    roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What became of a request: `invited`, `changed`, `removed`, or `proposed` to a second administrator.

    `id` is the invitation's, the member's or the proposal's.
    """

    outcome: str
    id: str


def invite(ctx: Context, org_id: str, data: Invitation) -> Outcome:
    """Ask somebody by mail to join. In a zone authority a second administrator confirms first. Raises Invalid."""
    org = _organisation(ctx, org_id, MEMBERS_MANAGE)
    checks = Checks()
    email = checks.email("email", data.email)
    roles = check_roles(checks, org.kind, data.roles)
    user = user_by_email(ctx.session, email) if not checks.complained("email") else None
    if user is not None and membership_of(ctx, org.id, user.id) is not None:
        checks.complain("email", "member", _l("已经是本单位成员，可以在成员列表中修改角色"))
    checks.settle()
    if org.kind == ZONE_AUTHORITY:
        return Outcome("proposed", propose(ctx, org, email, None, roles).id)
    return Outcome("invited", send_invitation(ctx, org, email, roles).id)


def withdraw_invitation(ctx: Context, org_id: str, link_id: str) -> None:
    """The invitation opens nothing any more."""
    org = _organisation(ctx, org_id, MEMBERS_MANAGE)
    link = get(ctx.session, MailLink, link_id, org_id=org.id, purpose=Purpose.INVITE)
    if link.used_at is not None:
        raise Conflict(_l("这份邀请已被接受或撤回"), code="used")
    link.used_at = ctx.now
    record(ctx, "membership.invitation_withdrawn", org.id, {"link": link.id})


def change_roles(ctx: Context, org_id: str, user_id: str, data: RoleChange) -> Outcome:
    """Give a member other roles. Raises Conflict for the last administrator, Invalid."""
    org = _organisation(ctx, org_id, MEMBERS_MANAGE)
    membership = the_membership(ctx, org.id, user_id)
    if org.kind != ZONE_AUTHORITY:
        set_roles(ctx, membership, data.roles)
        return Outcome("changed", user_id)
    checks = Checks()
    roles = check_roles(checks, org.kind, data.roles)
    checks.settle()
    if roles == membership.roles:
        return Outcome("changed", user_id)
    return Outcome("proposed", propose(ctx, org, membership.user.email, user_id, roles).id)


def remove_member(ctx: Context, org_id: str, user_id: str) -> Outcome:
    """End somebody's membership. Raises Conflict for the last administrator."""
    org = _organisation(ctx, org_id, MEMBERS_MANAGE)
    membership = the_membership(ctx, org.id, user_id)
    if org.kind == ZONE_AUTHORITY:
        return Outcome("proposed", propose(ctx, org, membership.user.email, user_id, []).id)
    end_membership(ctx, membership)
    return Outcome("removed", user_id)


def leave(ctx: Context, org_id: str) -> None:
    """End one's own membership. Raises Conflict for the last administrator."""
    org = _organisation(ctx, org_id, MEMBERSHIP_LEAVE)
    end_membership(ctx, the_membership(ctx, org.id, str(ctx.actor.user_id)))


def accept_invitation(ctx: Context, key: str, token: str) -> str:
    """Join by an invitation sent to one's own address. Returns the organisation's id. Raises DeadLink, Conflict."""
    link = open_link(ctx, key, token, Purpose.INVITE)
    user = get(ctx.session, User, ctx.actor.user_id)
    if user.email != link.email:
        raise Conflict(_l("邀请发给了另一个邮箱，请用那个邮箱的账户登录后接受"), code="other_address")
    return _join(ctx, link, user)


def register_by_invitation(
    ctx: Context, key: str, token: str, data: Registration, password_hash: str, language: str
) -> User:
    """Make an account for the address the invitation was sent to, and join. Raises DeadLink.

    Replaces a registration of that address that nobody has confirmed: the link proves whose mailbox it is.
    """
    link = open_link(ctx, key, token, Purpose.INVITE)
    user = user_by_email(ctx.session, link.email)
    if user is not None and user.email_confirmed_at is not None:
        raise DeadLink
    if user is None:
        user = make_user(ctx, data, password_hash, language=language, confirmed=True)
    else:
        user.name, user.password, user.email_confirmed_at = data.name, password_hash, ctx.now
    record(ctx, "user.registered", user.id, {"link": link.id})
    _join(ctx, link, user)
    return user


def _join(ctx: Context, link: MailLink, user: User) -> str:
    if link.org_id is None:
        raise NotFound
    link.used_at = ctx.now
    add_member(ctx, link.org_id, user.id, link.roles, {"link": link.id})
    user.acting_org_id = link.org_id
    return link.org_id


def _organisation(ctx: Context, org_id: str, needed: Permission) -> Organisation:
    return get_for(ctx, Organisation, org_id, needed, MEMBERS_SEE)
