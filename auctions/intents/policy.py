"""Who may do what with intents."""

from auctions.trades.policy import HOSTS, OVERSEERS, SELLERS
from marketplace.accounts.roles import AGENCY, FIRM, UNIVERSITY
from marketplace.core.policy import Acting, Members, ZoneStaff, permission

BIDDER_KINDS = frozenset({FIRM, UNIVERSITY, AGENCY})
BIDDERS = frozenset({"firm_admin", "firm_agent", "unit_admin", "tto_officer", "agency_admin", "broker"})
WRITE = "intents:write"

#: An intent names its seller and its zone by columns that copy the trade's.
READ = permission(
    "intent.read",
    Members("bidder_id", BIDDERS),
    Members("holder_id", SELLERS),
    ZoneStaff("zone_id", OVERSEERS),
    scope="read",
)
REGISTER = permission("intent.register", Acting(BIDDER_KINDS, BIDDERS, verified=True), scope=WRITE)
EDIT = permission("intent.edit", Members("bidder_id", BIDDERS), scope=WRITE)
REPLY = permission("intent.reply", Members("holder_id", SELLERS))
REVIEW = permission("intent.review", ZoneStaff("zone_id", HOSTS))
