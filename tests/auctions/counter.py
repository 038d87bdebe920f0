"""What parties, the host and the settlement desk do in a trade, without pages: shortcuts to eligible parties."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from auctions.deposits.models import Deposit
from auctions.deposits.money import Receipt
from auctions.deposits.services import lock_deposit, record_receipt
from auctions.intents.models import Intent
from auctions.intents.reply import agree_to
from auctions.intents.review import opine_qualified
from auctions.intents.services import register_intent
from auctions.intents.statement import Statement
from marketplace.core.clock import local_date
from marketplace.core.context import SYSTEM, Context
from tests.auctions.floor import Floor
from tests.cast import ORGANISATIONS, PARTS

#: Who registers, in this order.
PARTIES = ("firm_agent", "rival_agent", "third_agent")
STATEMENT: dict[str, Any] = {
    "conditions": "自有环境监测设备产线，见附件清单。",
    "contact": "程砚 0571-11111111",
    "foreign": "no",
    "related": "no",
    "truthful": True,
    "no_dishonesty": True,
    "no_collusion": True,
    "owner_disclosed": True,
}
ACCOUNTS = {part: f"62220000000000{place:02d}" for place, part in enumerate(PARTS)}


@dataclass
class Counter:
    """Brings parties of a trade on the floor into a state. Methods give the id of the intent."""

    floor: Floor

    def registered(self, trade: str, who: str = "firm_agent", **changes: Any) -> str:
        with self.acting(who) as ctx:
            return register_intent(ctx, trade, Statement(**{**STATEMENT, **changes})).id

    def opined(self, trade: str, who: str = "firm_agent", **changes: Any) -> str:
        """Found qualified by the host; the seller has not answered."""
        made = self.registered(trade, who, **changes)
        with self.floor.host() as ctx:
            opine_qualified(ctx, made)
        return made

    def qualified(self, trade: str, who: str = "firm_agent", **changes: Any) -> str:
        """Accepted by the seller: the deposit is to be paid."""
        made = self.opined(trade, who, **changes)
        with self.floor.seller() as ctx:
            agree_to(ctx, made)
        return made

    def recorded(self, trade: str, who: str = "firm_agent", **changes: Any) -> str:
        """The clerk has found the money on the statement."""
        made = self.qualified(trade, who)
        self.record(made, **changes)
        return made

    def paid(self, trade: str, who: str = "firm_agent", **changes: Any) -> str:
        """Recorded and checked: the deposit is locked, the party eligible."""
        made = self.recorded(trade, who, **changes)
        deposit = self.deposit(made).id
        with self.acting("settlement_checker") as ctx:
            lock_deposit(ctx, deposit)
        return made

    def eligible(self, trade: str, number: int) -> list[str]:
        """So many eligible parties, in the order of registration; the trade need not ask for a deposit."""
        asks = bool(self.floor.look(trade).terms.get("deposit_fen"))
        return [(self.paid if asks else self.qualified)(trade, who) for who in PARTIES[:number]]

    def record(self, intent: str, **changes: Any) -> None:
        """Take down the whole amount, today, from the party's own account, unless `changes` say otherwise."""
        deposit, who = self.deposit(intent), self.party(intent)
        given: dict[str, Any] = {
            "payer": ORGANISATIONS[PARTS[who][0]][1],
            "account": ACCOUNTS[who],
            "received_fen": deposit.due_fen,
            "value_date": local_date(self.floor.clock.now()),
            "reference": f"LS-{intent}",
        }
        with self.acting("settlement_clerk") as ctx:
            record_receipt(ctx, deposit.id, Receipt(**{**given, **changes}))

    def party(self, intent: str) -> str:
        """The part in the cast that registered."""
        found = self.look(intent)
        members = self.floor.cast.members.items()
        return next(part for part, member in members if member.user_id == found.registered_by)

    def look(self, intent: str) -> Intent:
        """The row as everybody would find it now."""
        with self.floor.ctx_for(SYSTEM) as ctx:
            found = ctx.session.get_one(Intent, intent)
            _ = found.trade.holder.name, found.bidder.name
            ctx.session.expunge_all()
            return found

    def deposit(self, intent: str) -> Deposit:
        """The deposit of an intent."""
        with self.floor.ctx_for(SYSTEM) as ctx:
            found = ctx.session.scalars(select(Deposit).where(Deposit.intent_id == intent)).unique().one()
            _ = found.intent.trade.holder.name, found.intent.bidder.name
            ctx.session.expunge_all()
            return found

    def acting(self, who: str) -> AbstractContextManager[Context]:
        return self.floor.ctx_for(self.floor.cast.members[who].actor)
