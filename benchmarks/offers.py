"""Fifty parties hand in their offers at once over HTTP, against the same rows written by bare transactions.

The target is 0.4 of the speed of a transaction that does nothing else. On SQLite as a site runs it, and on a PostgreSQL
that waits for the disk at every commit. A fast answer that is wrong is worth nothing, so afterwards the log is looked
through: places without gaps, one offer for each party, an entry for each offer.
"""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select, text

from auctions.intents.models import ELIGIBLE, Intent
from auctions.offers.models import TradeOffer
from auctions.trades.engine import catch_up
from auctions.trades.models import Trade
from benchmarks.journal import postgresql, sqlite
from benchmarks.ratios import Ratio, compare, keep
from marketplace.accounts.identity import token_digest
from marketplace.accounts.models import ApiToken, Membership, Organisation, User
from marketplace.accounts.roles import FIRM
from marketplace.app import create_app
from marketplace.core.clock import FrozenClock
from marketplace.core.context import SYSTEM, Actor, Context
from marketplace.core.db import IMMEDIATE, db
from marketplace.core.ids import new_id
from marketplace.core.journal import Entry
from marketplace.core.uow import unit_of_work
from marketplace.database import upgrade_schema
from marketplace.settings import Settings
from tests.applications import OPENING
from tests.auctions.floor import Floor
from tests.cast import load_cast, settle

CLIENTS = 50
REPEATS = 5
FEN = 81_000_000


def main() -> None:
    results = []
    for backend in (sqlite, postgresql):
        with backend() as settings:
            results.append(measured(settings, backend.__name__))
    keep("offers", results)


def measured(settings: Settings, backend: str) -> Ratio:
    clock = FrozenClock(OPENING)
    app = create_app(settings, clock)
    with app.app_context():
        upgrade_schema()
    settle(app)
    hall = Hall(app, clock)
    rounds = REPEATS + 1  # one to warm up
    trades = hall.opened(rounds)
    waiting = iter(trades)
    numbers = iter(range(rounds))
    found = compare(
        f"{backend}: {CLIENTS} offers over HTTP at once / bare transactions",
        lambda: hall.offer(next(waiting)),
        lambda: hall.write_bare(next(numbers)),
        ">= 0.4",
        repeats=REPEATS,
        clock=time.perf_counter,
    )
    for trade in trades:
        hall.check(trade)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    return found


class Hall:
    """A trade at a time in which fifty firms are eligible, each with a program of its own."""

    def __init__(self, app: Flask, clock: FrozenClock) -> None:
        self.app, self.clock = app, clock
        self.cast = load_cast(app)
        self.floor = Floor(self.cast, clock, self.work)
        with app.app_context(), unit_of_work(SYSTEM) as ctx:
            self.firms = [_firm(ctx, self.cast.zone_id, number) for number in range(CLIENTS)]
            ctx.session.execute(text("CREATE TABLE bare (round INTEGER, client INTEGER, amount BIGINT)"))
        self.pool = ThreadPoolExecutor(CLIENTS)

    def work(self, actor: Actor) -> AbstractContextManager[Context]:
        return _in_app(self.app, actor)

    def opened(self, count: int) -> list[str]:
        """Trades that take sealed offers of every firm, side by side."""
        made = [self.floor.announced() for _ in range(count)]
        for trade_id in made:
            with self.work(SYSTEM) as ctx:
                trade = ctx.session.get_one(Trade, trade_id)
                ctx.session.add_all(_intent(trade, firm, place, ctx) for place, firm in enumerate(self.firms))
                ctx.session.flush()
                catch_up(ctx, trade)
        self.floor.run_out(made[0])
        for trade_id in made:
            self.floor.tick(trade_id)
        return made

    def offer(self, trade: str) -> None:
        self._at_once(lambda client: self._post(trade, client))

    def write_bare(self, number: int) -> None:
        self._at_once(lambda client: self._insert(number, client))

    def check(self, trade: str) -> None:
        """Is the log what it has to be?"""
        with self.app.app_context():
            places = db.session.scalars(select(TradeOffer.position).where(TradeOffer.trade_id == trade)).all()
            parties = db.session.scalar(
                select(func.count(TradeOffer.intent_id.distinct())).where(TradeOffer.trade_id == trade)
            )
            entries = select(Entry).where(Entry.subject == trade, Entry.kind == "trade.offer_received")
            told = [entry.data["position"] for entry in db.session.scalars(entries.order_by(Entry.n))]
        assert sorted(places) == list(range(1, CLIENTS + 1))
        assert parties == CLIENTS
        assert told == list(range(1, CLIENTS + 1))

    def _at_once(self, act: Callable[[int], None]) -> None:
        for _ in self.pool.map(act, range(CLIENTS)):
            pass

    def _post(self, trade: str, client: int) -> None:
        answer = self.app.test_client().post(
            f"/api/v1/trades/{trade}/offers",
            json={"amount_fen": FEN + client},
            headers={"Authorization": f"Bearer {_secret(client)}", "Idempotency-Key": f"{trade} {client}"},
        )
        assert answer.status_code == 201, answer.text

    def _insert(self, number: int, client: int) -> None:
        with self.app.app_context(), db.engine.connect() as connection:
            writing = connection.execution_options(**{IMMEDIATE: True})
            with writing.begin():
                row = {"round": number, "client": client, "amount": FEN + client}
                writing.execute(text("INSERT INTO bare VALUES (:round, :client, :amount)"), row)


@contextmanager
def _in_app(app: Flask, actor: Actor) -> Iterator[Context]:
    with app.app_context(), unit_of_work(actor) as ctx:
        yield ctx


def _secret(client: int) -> str:
    return f"benchmark {client}"


def _firm(ctx: Context, zone_id: str, number: int) -> tuple[str, str]:
    """A verified firm whose agent has a token; (organisation, person)."""
    org_id, user_id = f"org_{number:020d}", f"usr_{number:020d}"
    org = Organisation(
        id=org_id, kind=FIRM, name=f"基准企业 {number}", credit_code=f"B{number:017d}", zone_id=zone_id, state="verified", created_at=ctx.now
    )  # fmt: skip
    user = User(id=user_id, email=f"b{number}@example.test", name="基准", password="", created_at=ctx.now)
    ctx.session.add_all([org, user])
    ctx.session.flush()
    ctx.session.add(Membership(user_id=user_id, org_id=org_id, roles=["firm_agent"], since=ctx.now))
    token = ApiToken(
        id=f"tok_{number:020d}", user_id=user_id, org_id=org_id, label="benchmark", scopes=["read", "offers:write"], digest=token_digest(_secret(number)),
        created_at=ctx.now, expires_at=ctx.now + timedelta(days=900),
    )  # fmt: skip
    ctx.session.add(token)
    return org_id, user_id


def _intent(trade: Trade, firm: tuple[str, str], place: int, ctx: Context) -> Intent:
    return Intent(
        id=new_id("int", ctx.now), trade_id=trade.id, bidder_id=firm[0], holder_id=trade.holder_id, zone_id=trade.zone_id, code=f"{place + 1:02d}",
        position=place + 1, state=ELIGIBLE, statement={}, digest="0" * 64, registered_by=firm[1], registered_at=ctx.now, clock_from=ctx.now, settled_at=ctx.now,
    )  # fmt: skip


if __name__ == "__main__":
    main()
