"""Who may do what with trades."""

from auctions.procedure import HOST as HOST_SEES
from auctions.procedure import PUBLIC
from listings.achievements.policy import HOLDER_KINDS
from marketplace.core.policy import (
    Acting,
    Anyone,
    Grant,
    Members,
    Permission,
    Verified,
    ZoneStaff,
    permission,
)

SELLERS = frozenset({"unit_admin", "tto_officer", "firm_admin"})
HOSTS = frozenset({"moderator", "zone_admin"})
OVERSEERS = HOSTS | {"supervisor", "security_officer", "settlement_clerk", "settlement_checker"}
WRITE = "trades:write"
LEFT_THE_SELLER = frozenset({HOST_SEES, PUBLIC})

READ = permission(
    "trade.read",
    Grant(Anyone(), {"seen": frozenset({PUBLIC})}),
    Members("holder_id", SELLERS | {"inventor", "firm_agent"}),
    Grant(ZoneStaff("zone_id", OVERSEERS), {"seen": LEFT_THE_SELLER}),
    scope="read",
)
CREATE = permission("trade.create", Acting(HOLDER_KINDS, SELLERS, verified=True), scope=WRITE)
EDIT = permission("trade.edit", Members("holder_id", SELLERS), scope=WRITE)
SUBMIT = permission("trade.submit", Members("holder_id", SELLERS), scope=WRITE)
#: The zone runs the trade. Closed to tokens: what has legal effect is decided by people who looked.
HOST = permission("trade.host", Grant(ZoneStaff("zone_id", HOSTS), {"seen": LEFT_THE_SELLER}))

#: Questions about a trade, put in the open: whoever asks stays unnamed.
ASK = permission("trade.ask", Grant(Verified(), {"seen": frozenset({PUBLIC})}), scope=WRITE)
ANSWER = permission(
    "trade.answer", Grant(Members("holder_id", SELLERS), {"seen": frozenset({PUBLIC})}), scope=WRITE
)

#: By the names that procedures give to the rights of their moves.
PERMISSIONS: dict[str, Permission] = {right.name: right for right in (EDIT, SUBMIT, HOST)}
