"""Who may do what with accounts, organisations, memberships and tokens."""

from marketplace.accounts.models import VERIFIED
from marketplace.accounts.roles import ADMINS, ROLES, ZONE_AUTHORITY, every_role
from marketplace.core.policy import Anyone, Grant, Members, SignedIn, ZoneStaff, permission

_ZONE_STAFF = frozenset(ROLES[ZONE_AUTHORITY])

REGISTER = permission("account.register", Anyone())
LOG_IN = permission("account.log_in", Anyone())
RECOVER = permission("account.recover", Anyone())
#: The signed link in the mail is the right; who opens it need not be signed in.
FOLLOW_LINK = permission("account.follow_link", Anyone())
READ_SELF = permission("account.read", SignedIn(), scope="read")

ORGANISATION_SEE = permission(
    "organisation.see",
    Grant(Anyone(), {"state": frozenset({VERIFIED})}),
    Members("id", every_role()),
    ZoneStaff("zone_id", _ZONE_STAFF),
    scope="read",
)
ORGANISATION_CREATE = permission("organisation.create", SignedIn(), scope="account")
ORGANISATION_EDIT = permission("organisation.edit", Members("id", ADMINS), scope="account")
ORGANISATION_SUBMIT = permission("organisation.submit", Members("id", ADMINS), scope="account")
ORGANISATION_VERIFY = permission(
    "organisation.verify",
    ZoneStaff("zone_id", frozenset({"zone_admin", "moderator"})),
    scope="moderation:write",
)

MEMBERS_SEE = permission("members.see", Members("id", every_role()), scope="account")
MEMBERS_MANAGE = permission("members.manage", Members("id", ADMINS), scope="account")
MEMBERSHIP_LEAVE = permission("membership.leave", Members("id", every_role()))
#: Closed to tokens: the second pair of eyes belongs to a person.
ROLES_CONFIRM = permission("roles.confirm", Members("id", frozenset({"zone_admin"})))

TOKENS_MANAGE = permission("tokens.manage", SignedIn(), scope="account")
