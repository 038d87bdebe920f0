"""Trades that take offers, were decided and confirmed, for the market that the browser looks at."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask import Flask

from auctions.confirmations.services import confirm_deal
from tests.auctions.floor import PLAN, Floor
from tests.auctions.parties import FIRMS, Parties
from tests.listings.achievements.desk import RICH
from tests.listings.plans.office import PLAN as USUAL

EARLIER = date(2026, 1, 26)


@dataclass
class EarlyFloor(Floor):
    """The same, weeks before: what was checked and decided bears earlier days. The rules are in force already."""

    def planned(self) -> tuple[str, str]:
        achievement = self.desk.published(**{**RICH, "rights_checked_on": "2026-01-20"})
        signed = [{**one, "signed_on": "2026-01-20"} for one in USUAL["completers"]]
        plan = self.office.submitted(achievement, **{**PLAN, **self.plan, "completers": signed})
        self.office.decide(plan, held_on=EARLIER)
        return achievement, plan


def traded(app: Flask, floor: Floor, made: dict[str, str]) -> None:
    """Side by side: one waits for its confirmation, one is confirmed; another takes sealed offers until after today."""
    clock, parties = floor.clock, Parties(app, floor)
    opening = clock.now()
    clock.move_to(opening - timedelta(days=28))
    early = {name: floor.announced() for name in ("decided", "confirmed")}
    for trade in early.values():
        for part in FIRMS:
            parties.register(trade, part)
    clock.move_to(opening - timedelta(days=19))
    late = floor.announced()
    for part in FIRMS:
        parties.register(late, part)
    floor.run_out(early["decided"])
    floor.tick(early["confirmed"])
    for trade in early.values():
        for part, wan in zip(FIRMS, (81, 95, 95), strict=True):
            parties.offer(trade, part, wan)
    floor.run_out(late)
    parties.offer(late, "firm_agent", 88)
    for trade in early.values():
        floor.tick(trade)
    clock.move_to(opening - timedelta(hours=1))
    for trade in (*early.values(), late):
        floor.tick(trade)
    with floor.host() as ctx:
        confirm_deal(ctx, early["confirmed"])
    made |= {"offering trade": late, "decided trade": early["decided"], "confirmed trade": early["confirmed"]}
    clock.move_to(opening)
    assert floor.look(late).state == "quoting"
