"""Who may do what with grants of rights."""

from listings.achievements.policy import REVIEWERS
from listings.grants.models import (
    AGREEMENT_SIGNED,
    DECIDED,
    EFFECTIVE,
    EXPIRED,
    REJECTED,
    REVOKED,
    SUBMITTED,
    TERMINATED,
    TITLE_CHANGE_FILED,
    UNIT_REVIEW,
    WITHDRAWN,
)
from listings.involved import UNIT_KINDS, Author, NamedCompleter
from marketplace.core.policy import Acting, Grant, Members, ZoneStaff, permission

OFFICERS = frozenset({"unit_admin", "tto_officer"})
BEGINNERS = OFFICERS | {"inventor"}
WRITE = "grants:write"
#: What the zone may look at: what the unit has decided in favour of.
DECIDED_ONCE = frozenset(
    {DECIDED, WITHDRAWN, AGREEMENT_SIGNED, TITLE_CHANGE_FILED, EFFECTIVE, EXPIRED, REVOKED, TERMINATED}
)
#: What the unit's officers may look at: what was put before the unit.
HANDED_IN = DECIDED_ONCE | {SUBMITTED, UNIT_REVIEW, REJECTED}

READ = permission(
    "grant.read",
    Author(),
    NamedCompleter(),
    Grant(Members("holder_id", OFFICERS), {"state": HANDED_IN}),
    Grant(ZoneStaff("zone_id", REVIEWERS), {"state": DECIDED_ONCE}),
    scope="read",
)
CREATE = permission("grant.create", Acting(UNIT_KINDS, BEGINNERS), scope=WRITE)
EDIT = permission("grant.edit", Author(), NamedCompleter(), scope=WRITE)
#: Each completer for themselves, with what the page showed them.
CONFIRM = permission("grant.confirm", NamedCompleter(), scope=WRITE)
#: Who reviews or decides must have no part in it: the commands see to that. Closed to tokens.
REVIEW = permission("grant.review", Grant(Members("holder_id", OFFICERS), {"state": HANDED_IN}))
DECIDE = permission("grant.decide", Grant(Members("holder_id", OFFICERS), {"state": HANDED_IN}))
WITHDRAW = permission(
    "grant.withdraw", Grant(Members("holder_id", frozenset({"unit_admin"})), {"state": HANDED_IN})
)
#: What happens outside and is taken down here: the agreement, the filing, the registration, the end.
CARRY_OUT = permission("grant.carry_out", Grant(Members("holder_id", OFFICERS), {"state": DECIDED_ONCE}))
#: A zone may ask for more than units do, never for less than the law.
SET_MINIMUM = permission("grant.set_minimum", ZoneStaff("zone_id", frozenset({"zone_admin"})))
END = permission("grant.end", Grant(Members("holder_id", frozenset({"unit_admin"})), {"state": DECIDED_ONCE}))
