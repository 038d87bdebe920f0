"""Who may have the paper of a confirmation: buyer, seller and the zone. That a deal was confirmed, everybody may read."""

from auctions.intents.policy import BIDDERS
from auctions.trades.policy import OVERSEERS, SELLERS
from marketplace.core.policy import Members, Self, ZoneStaff, permission

READ_PAPER = permission(
    "confirmation.read_paper",
    Members("buyer_id", BIDDERS),
    Self("buyer_user_id"),
    Members("holder_id", SELLERS),
    ZoneStaff("zone_id", OVERSEERS),
    scope="read",
)
