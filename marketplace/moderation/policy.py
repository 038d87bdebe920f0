"""Who may do what in moderation."""

from marketplace.core.policy import OPEN as EVERYBODY
from marketplace.core.policy import ZoneStaff, permission

DECIDERS = frozenset({"moderator", "zone_admin", "security_officer"})
WATCHERS = DECIDERS | {"supervisor"}
WRITE = "moderation:write"

SEE_QUEUE = permission("case.see", ZoneStaff("zone_id", WATCHERS), scope=WRITE)
DECIDE = permission("case.decide", ZoneStaff("zone_id", DECIDERS), scope=WRITE)
TAKE_DOWN = permission("case.propose_take_down", ZoneStaff("zone_id", DECIDERS), scope=WRITE)
SEE_REPORTS = permission("report.see", ZoneStaff("zone_id", WATCHERS))
ANSWER_REPORT = permission("report.answer", ZoneStaff("zone_id", frozenset({"moderator", "zone_admin"})))
#: Reporting and the public log are open to everybody.
REPORT = READ_LOG = EVERYBODY
