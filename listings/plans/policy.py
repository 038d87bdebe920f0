"""Who may do what with plans."""

from listings.achievements.policy import REVIEWERS
from marketplace.accounts.roles import UNIVERSITY
from marketplace.core.policy import Acting, Grant, Members, ZoneStaff, permission

EDITORS = frozenset({"unit_admin", "tto_officer", "inventor"})
SUBMITTERS = frozenset({"unit_admin", "tto_officer"})
#: What the zone may look at: what the unit has decided, never what it still thinks about or has refused.
DECIDED_ONCE = frozenset({"decided", "superseded", "withdrawn"})
WRITE = "plans:write"

READ = permission(
    "plan.read",
    Members("holder_id", EDITORS),
    Grant(ZoneStaff("zone_id", REVIEWERS), {"state": DECIDED_ONCE}),
    scope="read",
)
CREATE = permission("plan.create", Acting(frozenset({UNIVERSITY}), EDITORS), scope=WRITE)
EDIT = permission("plan.edit", Members("holder_id", EDITORS), scope=WRITE)
SUBMIT = permission("plan.submit", Members("holder_id", SUBMITTERS), scope=WRITE)
#: Who decides must not be who submitted: the command sees to that. Closed to tokens.
DECIDE = permission("plan.decide", Members("holder_id", SUBMITTERS))
RETURN = permission("plan.return", Members("holder_id", frozenset({"unit_admin"})))
WITHDRAW = permission("plan.withdraw", Members("holder_id", frozenset({"unit_admin"})))
