"""Kinds of organisation, the roles a person may hold in each, and which roles one person must not combine."""

from collections.abc import Iterable

from marketplace.core.errors import Words
from marketplace.core.i18n import lazy_pgettext

UNIVERSITY, FIRM, AGENCY, ZONE_AUTHORITY = "university", "firm", "agency", "zone_authority"

KINDS = {
    UNIVERSITY: lazy_pgettext("机构类型", "高等院校与科研机构"),
    FIRM: lazy_pgettext("机构类型", "企业"),
    AGENCY: lazy_pgettext("机构类型", "服务机构"),
    ZONE_AUTHORITY: lazy_pgettext("机构类型", "示范区管理机构"),
}

ROLES = {
    UNIVERSITY: {
        "unit_admin": lazy_pgettext("角色", "单位管理员"),
        "tto_officer": lazy_pgettext("角色", "技术转移专员"),
        "inventor": lazy_pgettext("角色", "完成人"),
        "secrecy_officer": lazy_pgettext("角色", "保密责任人"),
    },
    FIRM: {
        "firm_admin": lazy_pgettext("角色", "企业管理员"),
        "firm_agent": lazy_pgettext("角色", "授权代表"),
    },
    AGENCY: {
        "agency_admin": lazy_pgettext("角色", "机构管理员"),
        "broker": lazy_pgettext("角色", "技术经理人"),
    },
    ZONE_AUTHORITY: {
        "zone_admin": lazy_pgettext("角色", "示范区管理员"),
        "moderator": lazy_pgettext("角色", "审核员"),
        "security_officer": lazy_pgettext("角色", "安全员"),
        "settlement_clerk": lazy_pgettext("角色", "结算经办"),
        "settlement_checker": lazy_pgettext("角色", "结算复核"),
        "supervisor": lazy_pgettext("角色", "监督员"),
    },
}

#: The role that the person who registers an organisation gets; it may grant the others.
FIRST_ROLE = {
    UNIVERSITY: "unit_admin",
    FIRM: "firm_admin",
    AGENCY: "agency_admin",
    ZONE_AUTHORITY: "zone_admin",
}
ADMINS = frozenset(FIRST_ROLE.values())

#: Roles that one person must not hold together in one organisation: who watches does not act.
APART = (
    frozenset({"supervisor", "moderator"}),
    frozenset({"supervisor", "zone_admin"}),
    frozenset({"supervisor", "settlement_clerk"}),
    frozenset({"supervisor", "settlement_checker"}),
    frozenset({"settlement_clerk", "settlement_checker"}),
)


def every_role() -> frozenset[str]:
    return frozenset(role for roles in ROLES.values() for role in roles)


def kept_apart(roles: Iterable[str]) -> frozenset[str] | None:
    """Two of these roles that one person must not hold together, if there are any."""
    held = frozenset(roles)
    return next((pair for pair in APART if pair <= held), None)


def role_name(role: str) -> Words:
    """The name of a role, in whatever kind of organisation it is held."""
    return next((names[role] for names in ROLES.values() if role in names), role)
