"""What people do with trades, without pages: shortcuts to the state a test begins in."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from auctions.gates.models import GATES, NOT_CONCERNED, PASSED
from auctions.gates.services import Assessment, assess
from auctions.priority.services import Notice, notify_holder
from auctions.trades.drafting import create_trade, save_trade
from auctions.trades.engine import catch_up
from auctions.trades.facts import holders_of
from auctions.trades.models import Trade
from auctions.trades.services import Suspension, announce_trade, submit_trade, suspend_trade
from listings.unit_rules.queries import rules_in_force
from marketplace.core.clock import FrozenClock, local_date
from marketplace.core.context import SYSTEM, Actor, Context
from marketplace.core.journal import entries_of
from tests.cast import Cast
from tests.listings.achievements.desk import RICH, Desk
from tests.listings.plans.office import WAN, Office

LISTING = "listing_for_sale"
#: A plan that sells by listing: nobody is named, a licence so that nobody holds a right of first refusal.
PLAN: dict[str, Any] = {
    "pricing_method": "listing",
    "buyer": {"kind": "public", "name": "", "credit_code": ""},
    "price_fen": 80 * WAN,
}
LOT: dict[str, Any] = {
    "scope": "中国境内，五年，生产、销售和许诺销售。",
    "insiders": "no",
    "contact": "技术转移中心 0571-00000000",
}
TERMS: dict[str, Any] = {
    "price_fen": 80 * WAN,
    "deposit_fen": 8 * WAN,
    "conditions": ["具有环境监测设备的生产条件"],
    "payment_terms": "签约后五个工作日内一次付清。",
}


@dataclass
class Floor:
    """Brings trades of the university into a state. Every method that makes one gives its id."""

    cast: Cast
    clock: FrozenClock
    ctx_for: Callable[[Actor], AbstractContextManager[Context]]
    plan: dict[str, Any] = field(default_factory=dict)

    @property
    def office(self) -> Office:
        return Office(self.cast, self.ctx_for)

    @property
    def desk(self) -> Desk:
        return Desk(self.cast, self.ctx_for)

    def planned(self) -> tuple[str, str]:
        """A published achievement and the decided plan to list it."""
        with self.seller() as ctx:
            ruled = rules_in_force(ctx, self.cast.tto_officer.org_id) is not None
        if not ruled:
            self.office.rules()
        achievement = self.desk.published(**RICH)
        plan = self.office.decided(achievement, **{**PLAN, **self.plan})
        return achievement, plan

    def drafted(self) -> str:
        return self.drafted_as(LISTING, *self.planned())

    def drafted_as(self, kind: str, achievement: str, plan: str | None, **more: Any) -> str:
        with self.seller() as ctx:
            return create_trade(ctx, kind, achievement, plan_id=plan, **more).id

    def complete(self, **changes: Any) -> str:
        made = self.drafted()
        self.save(made, **{**LOT, **TERMS, **changes})
        return made

    def save(self, trade: str, **changes: Any) -> None:
        with self.seller() as ctx:
            save_trade(ctx, trade, changes)

    def submitted(self, **changes: Any) -> str:
        made = self.complete(**changes)
        with self.seller() as ctx:
            submit_trade(ctx, made)
        return made

    def assessed(self, **changes: Any) -> str:
        """Every gate has been passed, every holder of the right of first refusal told, three days ago."""
        made = self.submitted(**changes)
        self.open_gates(made)
        if self.tell_holders(made):
            self.clock.advance(days=3)
        return made

    def open_gates(self, trade: str) -> None:
        with self.host() as ctx:
            today = local_date(ctx.now)
            for gate in GATES:
                result = PASSED if gate in {"secrecy", "title"} else NOT_CONCERNED
                until = today + timedelta(days=365)
                assess(ctx, trade, Assessment(gate, result, "核查意见 2026-01", today, until))

    def tell_holders(self, trade: str) -> int:
        """How many there are."""
        with self.seller() as ctx:
            holders = holders_of(ctx, ctx.session.get_one(Trade, trade))
            for holder in holders:
                notify_holder(ctx, trade, holder.id, Notice("书面送达", "送达回证 2026-01"))
            return len(holders)

    def announced(self, **changes: Any) -> str:
        """Listed, since now."""
        made = self.assessed(**changes)
        with self.host() as ctx:
            announce_trade(ctx, made)
        return made

    def suspend(self, trade: str) -> None:
        with self.host() as ctx:
            suspend_trade(ctx, trade, Suspension("第三人提出权属异议", "异议 2026-01"))

    def run_out(self, trade: str) -> None:
        """Move the clock to the end of the period that runs, and let the trade catch up."""
        due = self.look(trade).next_deadline
        assert due is not None
        self.clock.move_to(due + timedelta(seconds=1))
        self.tick(trade)

    def tick(self, trade: str) -> None:
        with self.ctx_for(SYSTEM) as ctx:
            catch_up(ctx, ctx.session.get_one(Trade, trade))

    def look(self, trade: str) -> Trade:
        """The row as everybody would find it now."""
        with self.ctx_for(SYSTEM) as ctx:
            found = ctx.session.get_one(Trade, trade)
            _ = found.achievement.title, found.holder.name, found.spells
            ctx.session.expunge_all()
            return found

    def kinds(self, trade: str) -> list[str]:
        """The kinds of its journal, oldest first."""
        with self.ctx_for(SYSTEM) as ctx:
            return [entry.kind for entry in entries_of(ctx.session, trade)]

    def seller(self) -> AbstractContextManager[Context]:
        return self.ctx_for(self.cast.tto_officer.actor)

    def host(self) -> AbstractContextManager[Context]:
        return self.ctx_for(self.cast.moderator.actor)
