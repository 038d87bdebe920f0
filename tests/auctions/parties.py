"""Parties to trades, put straight where a test needs them: intents with their eligibility decided."""

from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from auctions.intents.models import ELIGIBLE, Intent
from auctions.offers.services import NewOffer, take_offer
from auctions.trades.engine import catch_up
from auctions.trades.models import Trade
from marketplace.core.context import SYSTEM
from marketplace.core.ids import new_id
from tests.auctions.floor import Floor
from tests.cast import Member
from tests.listings.plans.office import WAN

FIRMS = ("firm_agent", "rival_agent", "third_agent")


@dataclass
class Parties:
    """Firms that registered and are eligible, and what they offer. The price of the floor's trades is 80 万元."""

    app: Flask
    floor: Floor

    def member(self, part: str) -> Member:
        return self.floor.cast.members[part]

    def register(self, trade_id: str, part: str, state: str = ELIGIBLE) -> str:
        """An intent of the member's organisation, settled now; its id."""
        member = self.member(part)
        with self.floor.ctx_for(SYSTEM) as ctx:
            trade = ctx.session.get_one(Trade, trade_id)
            count = select(func.count()).select_from(Intent).where(Intent.trade_id == trade_id)
            position = (ctx.session.scalar(count) or 0) + 1
            intent = Intent(
                id=new_id("int", ctx.now),
                trade_id=trade_id,
                bidder_id=member.org_id,
                holder_id=trade.holder_id,
                zone_id=trade.zone_id,
                code=f"{position:02d}",
                position=position,
                state=state,
                statement={},
                salt="",
                digest="0" * 64,
                registered_by=member.user_id,
                registered_at=ctx.now,
                clock_from=ctx.now,
                settled_at=ctx.now if state != "registered" else None,
            )
            ctx.session.add(intent)
            ctx.session.flush()
            catch_up(ctx, trade)
            return intent.id

    def offering(self, count: int = 2, trade_id: str = "", **changes: Any) -> str:
        """A trade that takes offers of that many eligible firms: an agreement for one, sealed quotations for more."""
        made = trade_id or self.floor.announced(**changes)
        for part in FIRMS[:count]:
            self.register(made, part)
        self.floor.run_out(made)
        return made

    def offer(self, trade_id: str, part: str, wan: float = 80, key: str | None = None) -> str:
        with self.app.app_context():
            return take_offer(self.member(part).actor, trade_id, NewOffer(round(wan * WAN)), key)

    def decided(self, **wan: float) -> str:
        """Every named firm has offered so many 万元, and the result is known."""
        made = self.offering(len(wan))
        for part, amount in wan.items():
            self.offer(made, part, amount)
        if len(wan) > 1:
            self.floor.run_out(made)
        return made
