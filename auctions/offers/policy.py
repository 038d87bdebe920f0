"""Who may do what with offers. The subject is the intent: what an organisation offers, it offers as a party to the trade."""

from auctions.intents.policy import BIDDERS
from marketplace.core.policy import Members, permission

WRITE = "offers:write"

READ = permission("offer.read", Members("bidder_id", BIDDERS), scope="read")
MAKE = permission("offer.make", Members("bidder_id", BIDDERS), scope=WRITE)
