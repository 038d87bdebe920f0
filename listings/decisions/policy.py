"""Who may read decisions. Who may take one down is the affair of what is decided about."""

from marketplace.core.policy import Grant, Members, ZoneStaff, permission

HOLDERS_PEOPLE = frozenset({"unit_admin", "tto_officer", "inventor"})
#: What a unit refused is its own affair; what it approved is looked at by its zone.
_APPROVED = {"result": frozenset({"approved"})}

READ = permission(
    "decision.read",
    Members("holder_id", HOLDERS_PEOPLE),
    Grant(ZoneStaff("zone_id", frozenset({"zone_admin", "supervisor", "moderator"})), _APPROVED),
    scope="read",
)
#: The minutes name people and what they said: fewer may open them, and each look is journalled. Closed to tokens.
READ_MINUTES = permission(
    "decision.read_minutes",
    Members("holder_id", HOLDERS_PEOPLE),
    Grant(ZoneStaff("zone_id", frozenset({"zone_admin", "supervisor"})), _APPROVED),
)
