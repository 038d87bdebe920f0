"""Changes to memberships, made once the right to make them is established: who asks for them is the caller's matter."""

from collections.abc import Iterable

from sqlalchemy import select

from marketplace.accounts.checks import Checks
from marketplace.accounts.links import Purpose, make_link
from marketplace.accounts.models import MailLink, Membership, Organisation, User
from marketplace.accounts.roles import ADMINS, ROLES, kept_apart, role_name
from marketplace.core.context import Context
from marketplace.core.db import JSONObject, JSONValue
from marketplace.core.errors import Conflict, FieldError, Invalid, NotFound
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.journal import record
from marketplace.core.lookup import get


def check_roles(checks: Checks, kind: str, roles: Iterable[str]) -> list[str]:
    """The roles in order, complaining unless they exist in this kind of organisation and one person may hold them all."""
    held = sorted(set(roles))
    if not held:
        checks.complain("roles", "missing", _l("至少选择一个角色"))
    elif any(role not in ROLES.get(kind, {}) for role in held):
        checks.complain("roles", "choice", _l("从列表中选择角色"))
    elif pair := kept_apart(held):
        one, other = sorted(pair)
        checks.complain(
            "roles",
            "apart",
            _l("%(one)s与%(other)s不能由同一人担任", one=role_name(one), other=role_name(other)),
        )
    return held


def add_member(
    ctx: Context, org_id: str, user_id: str, roles: Iterable[str], data: JSONObject | None = None
) -> Membership:
    """Make a user a member; it becomes what they act for, if they act for none yet. Raises Invalid, NotFound."""
    org, user = get(ctx.session, Organisation, org_id), get(ctx.session, User, user_id)
    if membership_of(ctx, org_id, user_id) is not None:
        raise Invalid([FieldError("email", "member", _l("已经是本单位成员"))])
    held = _checked(org, roles)
    membership = Membership(user_id=user.id, org_id=org.id, roles=held, since=ctx.now)
    ctx.session.add(membership)
    ctx.session.flush()
    ctx.session.expire(user, ["memberships"])
    ctx.session.expire(org, ["memberships"])
    if user.acting_org_id is None:
        user.acting_org_id = org.id
    record(ctx, "membership.added", org.id, _facts(user.id, held) | (data or {}))
    return membership


def set_roles(
    ctx: Context, membership: Membership, roles: Iterable[str], data: JSONObject | None = None
) -> None:
    """Give a member these roles instead of those held. Raises Conflict for the last administrator, Invalid."""
    held = _checked(membership.organisation, roles)
    if held == membership.roles:
        return
    _keep_an_admin(ctx, membership, held)
    membership.roles = held
    record(ctx, "membership.changed", membership.org_id, _facts(membership.user_id, held) | (data or {}))


def end_membership(ctx: Context, membership: Membership, data: JSONObject | None = None) -> None:
    """The member acts for the organisation no more. Raises Conflict for the last administrator."""
    _keep_an_admin(ctx, membership, [])
    user = get(ctx.session, User, membership.user_id)
    if user.acting_org_id == membership.org_id:
        user.acting_org_id = None
    ctx.session.delete(membership)
    ctx.session.flush()
    ctx.session.expire(user, ["memberships"])
    record(ctx, "membership.removed", membership.org_id, {"user": membership.user_id, **(data or {})})


def send_invitation(
    ctx: Context, org: Organisation, email: str, roles: list[str], data: JSONObject | None = None
) -> MailLink:
    """Have a link sent to the address with which its reader joins the organisation."""
    link = make_link(ctx, Purpose.INVITE, None, email=email, org_id=org.id, roles=tuple(roles))
    listed: list[JSONValue] = [*roles]
    record(ctx, "membership.invited", org.id, {"link": link.id, "roles": listed, **(data or {})})
    return link


def membership_of(ctx: Context, org_id: str, user_id: str) -> Membership | None:
    return ctx.session.scalar(
        select(Membership).where(Membership.org_id == org_id, Membership.user_id == user_id)
    )


def the_membership(ctx: Context, org_id: str, user_id: str) -> Membership:
    """The membership of a user. Raises NotFound."""
    user = get(ctx.session, User, user_id)
    found = membership_of(ctx, org_id, user.id)
    if found is None:
        raise NotFound
    return found


def admins_of(ctx: Context, org_id: str) -> list[User]:
    """The users who administer an organisation and can log in."""
    rows = ctx.session.scalars(select(Membership).where(Membership.org_id == org_id).order_by(Membership.id))
    return [row.user for row in rows if ADMINS & set(row.roles) and row.user.active]


def _keep_an_admin(ctx: Context, membership: Membership, roles: list[str]) -> None:
    if ADMINS & set(roles):
        return
    if {user.id for user in admins_of(ctx, membership.org_id)} <= {membership.user_id} and ADMINS & set(
        membership.roles
    ):
        raise Conflict(_l("这是最后一名管理员。请先让另一名成员成为管理员，再修改或移除"), code="last_admin")


def _checked(org: Organisation, roles: Iterable[str]) -> list[str]:
    checks = Checks()
    held = check_roles(checks, org.kind, roles)
    checks.settle()
    return held


def _facts(user_id: str, roles: list[str]) -> JSONObject:
    return {"user": user_id, "roles": [*roles]}
