"""Who may do what with notices and with objections to them."""

from marketplace.core.policy import Acting, Anyone, Grant, Members, Self, ZoneStaff, permission

OFFICERS = frozenset({"unit_admin", "tto_officer"})
ZONE_READERS = frozenset({"moderator", "zone_admin", "supervisor"})
WRITE = "notices:write"
HANDED_IN = frozenset({"submitted", "returned", "scheduled", "running", "objected", "suspended", "correcting", "expired", "certified", "void"})  # fmt: skip

READ = permission(
    "notice.read",
    Grant(Anyone(), {"visibility": frozenset({"public"})}),
    Members("holder_id", OFFICERS | {"inventor"}),
    Grant(ZoneStaff("zone_id", ZONE_READERS), {"state": HANDED_IN}),
    scope="read",
)
CREATE = permission("notice.create", Acting(frozenset({"university"}), OFFICERS), scope=WRITE)
EDIT = permission("notice.edit", Members("holder_id", OFFICERS), scope=WRITE)
RUN = permission("notice.run", Members("holder_id", OFFICERS), scope=WRITE)
#: Decisions come through moderation, which has its own rule about who decides.
DECIDE = permission(
    "notice.decide", ZoneStaff("zone_id", frozenset({"moderator", "zone_admin"})), scope="moderation:write"
)
#: A lapse of the platform itself is recorded by the authority, for every notice it touched.
RECORD_OUTAGE = permission("notice.record_outage", ZoneStaff("zone_id", frozenset({"zone_admin"})))
#: Longer periods for the zone's notices; shorter ones than the law's there are none.
SET_TERMS = permission("notice.set_terms", ZoneStaff("zone_id", frozenset({"zone_admin"})))
CERTIFY = permission("notice.certify", ZoneStaff("zone_id", frozenset({"zone_admin", "moderator"})))
OBSERVE = permission("notice.observe", Anyone(), scope="read")

#: Anybody, without an account.
OBJECT = permission("objection.file", Anyone())
#: The proceeding, without who objected.
SEE_OBJECTION = permission(
    "objection.see",
    Members("holder_id", OFFICERS),
    ZoneStaff("zone_id", frozenset({"supervisor", "zone_admin"})),
)
TAKE = permission("objection.take", Members("holder_id", OFFICERS))
#: Whoever handles the objection is the only one of the unit who may know who objects.
HANDLE = permission("objection.handle", Self("handler_id"))
READ_STATEMENT = permission(
    "objection.read_statement", Self("handler_id"), ZoneStaff("zone_id", frozenset({"supervisor"}))
)
REVIEW = permission("objection.review", ZoneStaff("zone_id", frozenset({"supervisor"})))
