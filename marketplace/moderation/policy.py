"""Who may do what in moderation."""

from marketplace.core.policy import OPEN as EVERYBODY
from marketplace.core.policy import ZoneStaff, permission

DECIDERS = frozenset({"moderator", "zone_admin", "security_officer"})
WRITE = "moderation:write"

SEE_QUEUE = permission("case.see", ZoneStaff("zone_id", DECIDERS | {"supervisor"}), scope=WRITE)
DECIDE = permission("case.decide", ZoneStaff("zone_id", DECIDERS), scope=WRITE)
SEE_REPORTS = permission("report.see", ZoneStaff("zone_id", DECIDERS | {"supervisor"}))
ANSWER_REPORT = permission("report.answer", ZoneStaff("zone_id", frozenset({"moderator", "zone_admin"})))
REPORT = EVERYBODY
