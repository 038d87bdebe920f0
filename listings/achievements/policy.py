"""Who may do what with achievements."""

from marketplace.core.policy import Acting, Anyone, Grant, Members, Verified, ZoneStaff, permission

EDITORS = frozenset({"unit_admin", "tto_officer", "inventor", "firm_admin", "firm_agent"})
SUBMITTERS = frozenset({"unit_admin", "tto_officer", "firm_admin"})
REVIEWERS = frozenset({"moderator", "zone_admin", "supervisor", "security_officer"})
HOLDER_KINDS = frozenset({"university", "firm"})
SEEN = frozenset({"published", "withdrawn"})
LEFT_THE_HOLDER = frozenset({"submitted", "returned", "published", "withdrawn"})
WRITE = "achievements:write"

READ = permission(
    "achievement.read",
    Grant(Anyone(), {"state": SEEN}),
    Members("holder_id", EDITORS | {"secrecy_officer"}),
    Grant(ZoneStaff("zone_id", REVIEWERS), {"state": LEFT_THE_HOLDER}),
    scope="read",
)
#: Found by search: a withdrawn achievement has a page (its tombstone) but is not found.
FIND = permission("achievement.find", Grant(Anyone(), {"state": frozenset({"published"})}), scope="read")
#: Blocks at the disclosure level `verified`.
READ_VERIFIED = permission(
    "achievement.read_verified",
    Grant(Verified(), {"state": frozenset({"published"})}),
    Members("holder_id", EDITORS),
    Grant(ZoneStaff("zone_id", REVIEWERS), {"state": LEFT_THE_HOLDER}),
    scope="read",
)
#: The working text with all levels: for the holder's own people, and in review for the zone's officers.
PREVIEW = permission(
    "achievement.preview",
    Members("holder_id", EDITORS | {"secrecy_officer"}),
    ZoneStaff("zone_id", REVIEWERS),
)
CREATE = permission("achievement.create", Acting(HOLDER_KINDS, EDITORS), scope=WRITE)
EDIT = permission("achievement.edit", Members("holder_id", EDITORS), scope=WRITE)
SUBMIT = permission("achievement.submit", Members("holder_id", SUBMITTERS), scope=WRITE)
WITHDRAW = permission(
    "achievement.withdraw",
    Grant(Members("holder_id", SUBMITTERS), {"state": frozenset({"published"})}),
    scope=WRITE,
)
#: Decisions come through moderation, which has its own rule about who decides; this one keeps the lifecycle closed.
DECIDE = permission(
    "achievement.decide",
    ZoneStaff("zone_id", frozenset({"moderator", "zone_admin", "security_officer"})),
    scope="moderation:write",
)
GRANT_ACCESS = permission("achievement.grant_access", Members("holder_id", SUBMITTERS))
READ_CONFIDENTIAL = permission(
    "achievement.read_confidential",
    Members("holder_id", EDITORS),
    Grant(Verified(), {"state": frozenset({"published"})}),
)
IMPORT = permission("achievement.import", Acting(HOLDER_KINDS, SUBMITTERS), scope=WRITE)
EXPORT = permission("achievement.export", Acting(HOLDER_KINDS, EDITORS), scope="read")
