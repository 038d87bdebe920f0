"""Commands about organisations. Each takes a context from a unit of work."""

from marketplace.accounts.members.changes import add_member
from marketplace.accounts.models import UNVERIFIED, Organisation, User
from marketplace.accounts.organisations import lifecycle
from marketplace.accounts.organisations.input import NewOrganisation, Profile, checked_new, checked_profile
from marketplace.accounts.organisations.lifecycle import move
from marketplace.accounts.policy import (
    ORGANISATION_CREATE,
    ORGANISATION_EDIT,
    ORGANISATION_SEE,
    ORGANISATION_SUBMIT,
    ORGANISATION_VERIFY,
)
from marketplace.accounts.roles import FIRST_ROLE, ZONE_AUTHORITY
from marketplace.core.context import Context
from marketplace.core.errors import Conflict, FieldError, Forbidden, Invalid
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.ids import new_id
from marketplace.core.journal import record
from marketplace.core.lookup import get, get_for
from marketplace.core.policy import Permission, require


def create_organisation(ctx: Context, data: NewOrganisation, owner_id: str | None = None) -> Organisation:
    """Register an organisation, not yet verified. Its owner, by default the actor, becomes its first administrator.

    The system may create one without an owner, and is the only one to create a zone authority. Raises Invalid.
    """
    if not ctx.actor.system:
        require(ctx, ORGANISATION_CREATE, None)
    data = checked_new(ctx, data)
    org = Organisation(
        id=new_id("org", ctx.now), kind=data.kind, zone_id=data.zone_id, created_at=ctx.now, state=UNVERIFIED
    )
    _fill(org, data)
    ctx.session.add(org)
    ctx.session.flush()
    record(ctx, "organisation.created", org.id, {"kind": org.kind, "zone": org.zone_id})
    owner_id = owner_id or ctx.actor.user_id
    if owner_id is not None:
        add_member(ctx, org.id, owner_id, [FIRST_ROLE[org.kind]])
        get(ctx.session, User, owner_id).acting_org_id = org.id
    return org


def edit_organisation(ctx: Context, org_id: str, data: Profile, version: int | None = None) -> Organisation:
    """Change the profile. Raises Conflict if `version` is given and somebody else has changed it since, or Invalid."""
    org = _organisation(ctx, org_id, ORGANISATION_EDIT)
    if version is not None and version != org.version:
        raise Conflict(code="changed_elsewhere")
    data = checked_profile(ctx, data, org.kind, org.id)
    if org.state not in lifecycle.OPEN_STATES:
        _check_identity_kept(org, data)
    if _fill(org, data):
        record(ctx, "organisation.edited", org.id)
    ctx.session.flush()
    return org


def submit_organisation(ctx: Context, org_id: str) -> None:
    """Ask the zone to verify the organisation."""
    org = _organisation(ctx, org_id, ORGANISATION_SUBMIT)
    move(ctx, org, lifecycle.SUBMIT, {"zone": org.zone_id})


def reopen_organisation(ctx: Context, org_id: str) -> None:
    """Give up the verification, or the request for it, to change name or credit code. Not for a zone authority."""
    org = _organisation(ctx, org_id, ORGANISATION_SUBMIT)
    if org.kind == ZONE_AUTHORITY:
        raise Forbidden(ORGANISATION_SUBMIT.name, _l("示范区管理机构的名称和代码由平台运营方变更"))
    move(ctx, org, lifecycle.REOPEN, {"zone": org.zone_id})
    org.verified_at = None


def verify_organisation(ctx: Context, org_id: str) -> None:
    """The zone has looked at the organisation and found it to be who it says. By its staff or the system."""
    org = _for_zone(ctx, org_id)
    move(ctx, org, lifecycle.VOUCH if ctx.actor.system else lifecycle.VERIFY, {"zone": org.zone_id})
    org.reason, org.verified_at = "", ctx.now


def return_organisation(ctx: Context, org_id: str, reason: str) -> None:
    """Send the request back with a reason for its administrators. By the zone's staff or the system."""
    org = _for_zone(ctx, org_id)
    if not reason.strip():
        raise Invalid([FieldError("reason", "missing", _l("写明退回理由"))])
    move(ctx, org, lifecycle.RETURN, {"zone": org.zone_id})
    org.reason = reason.strip()


def _organisation(ctx: Context, org_id: str, needed: Permission) -> Organisation:
    return get_for(ctx, Organisation, org_id, needed, ORGANISATION_SEE)


def _for_zone(ctx: Context, org_id: str) -> Organisation:
    if ctx.actor.system:
        return get(ctx.session, Organisation, org_id)
    return get_for(ctx, Organisation, org_id, ORGANISATION_VERIFY, ORGANISATION_SEE)


def _check_identity_kept(org: Organisation, data: Profile) -> None:
    """What was or is being verified stays as it is."""
    sentence = _l("名称和信用代码已提交核验，不能直接修改。如需变更，请先撤回核验")
    changed = [name for name in ("name", "credit_code") if getattr(org, name) != getattr(data, name)]
    if changed:
        raise Invalid(FieldError(name, "verified", sentence) for name in changed)


def _fill(org: Organisation, data: Profile) -> bool:
    """Take over the profile; whether anything changed."""
    values = {name: getattr(data, name) for name in Profile.__dataclass_fields__}
    values["services"] = list(data.services)
    changed = {name: value for name, value in values.items() if getattr(org, name) != value}
    for name, value in changed.items():
        setattr(org, name, value)
    return bool(changed)
