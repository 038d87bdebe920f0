"""Who may do what with deposits: the party declares, one officer of the zone records, another checks."""

from auctions.intents.policy import BIDDERS, WRITE
from auctions.trades.policy import OVERSEERS
from marketplace.core.policy import Members, ZoneStaff, permission

CLERKS = frozenset({"settlement_clerk"})
CHECKERS = frozenset({"settlement_checker"})

READ = permission(
    "deposit.read",
    Members("bidder_id", BIDDERS),
    ZoneStaff("zone_id", OVERSEERS),
    scope="read",
)
DECLARE = permission("deposit.declare", Members("bidder_id", BIDDERS), scope=WRITE)
#: What is said about money outside is said by people who looked: closed to tokens.
RECORD = permission("deposit.record", ZoneStaff("zone_id", CLERKS))
CHECK = permission("deposit.check", ZoneStaff("zone_id", CHECKERS))
SETTLE = permission("deposit.settle", ZoneStaff("zone_id", CLERKS | CHECKERS))
#: The desk is open to those who watch it as well.
DESK = permission("deposit.desk", ZoneStaff("zone_id", CLERKS | CHECKERS | {"supervisor", "zone_admin"}))
