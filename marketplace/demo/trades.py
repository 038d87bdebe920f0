"""The demonstration's trades, one in each state that a visitor should meet: from submitted to sold and unsold.

Each is a story that begins with the collective decision and waits for its moments, like everything else here.
"""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from auctions.deposits.models import Deposit
from auctions.deposits.money import Receipt
from auctions.deposits.services import lock_deposit, record_receipt
from auctions.gates.models import GATES, NOT_CONCERNED, PASSED
from auctions.gates.services import Assessment, assess
from auctions.intents.models import Intent
from auctions.intents.reply import agree_to
from auctions.intents.review import opine_qualified
from auctions.intents.services import register_intent
from auctions.intents.statement import Statement
from auctions.offers.services import NewOffer, take_offer
from auctions.priority.services import Notice, notify_holder
from auctions.trades.drafting import create_trade, save_trade
from auctions.trades.facts import holders_of
from auctions.trades.models import Trade
from auctions.trades.services import Suspension, announce_trade, submit_trade, suspend_trade
from marketplace.accounts.models import Organisation
from marketplace.core.clock import local_date
from marketplace.core.context import Actor
from marketplace.core.db import db
from marketplace.core.runtime import runtime
from marketplace.core.uow import unit_of_work
from marketplace.demo.agenda import Agenda, Days, Story, at
from marketplace.demo.deciding import draft_plan, put_before_the_unit, record_approval
from marketplace.demo.hands import Market, submitter, zone_officer
from marketplace.demo.notices import Made, Scene
from marketplace.demo.reading import rows

_TERMS = ("price_fen", "deposit_fen", "conditions", "extensions", "quotation_wd", "priority_wd")
_REQUIREMENTS = frozenset({"secrecy", "title"})  # gates that every trade is assessed for on a document


def tell_trades(market: Market, agenda: Agenda) -> None:
    """Put the stories on the agenda."""
    days = Days(runtime().calendar, local_date(agenda.until))
    for row in rows("trades"):
        agenda.add(_STORIES[row["story"]](Scene(market, agenda, days, row, row)))


def _submitted(scene: Scene) -> Story:
    """It waits for the host."""
    yield from _handed_in(scene, scene.days.ago(8))


def _listed(scene: Scene) -> Story:
    """Open, with parties that have registered."""
    trade = yield from _announced(scene, scene.days.ago(16))
    yield from _registered(scene, trade)


def _suspended(scene: Scene) -> Story:
    """Stopped, because somebody claims a share of the title."""
    trade = yield from _announced(scene, scene.days.ago(19))
    yield from _registered(scene, trade)
    yield scene.next(2, "16:12")
    with unit_of_work(zone_officer(scene.achievement.zone_id)) as ctx:
        suspend_trade(ctx, trade, Suspension(scene.row["suspended"], "异议 2026-07"))


def _unsold(scene: Scene) -> Story:
    """Nobody registered; it was extended and lapsed."""
    yield from _announced(scene, scene.days.ago(50))


def _quoting(scene: Scene) -> Story:
    """Several eligible parties hand in sealed quotations these days."""
    trade = yield from _announced(scene, scene.days.ago(29))
    yield from _eligible(scene, trade)
    yield from _waiting_for(scene, trade, "quoting")
    yield scene.next(1, "09:44")
    _offer(scene, trade, scene.row["bidders"][0], scene.row["price_fen"] + 3_000_000)


def _priority(scene: Scene) -> Story:
    """One party has met the price, and the holders of the right of first refusal are being asked."""
    trade = yield from _announced(scene, scene.days.ago(31))
    yield from _eligible(scene, trade)
    yield from _waiting_for(scene, trade, "agreeing")
    yield scene.next(1, "10:26")
    _offers(scene, trade)


def _confirmed(scene: Scene) -> Story:
    """Three parties quoted, two of them the same; the earlier one bought, and the others have their money back."""
    trade = yield from _announced(scene, scene.days.ago(58))
    yield from _eligible(scene, trade)
    yield from _waiting_for(scene, trade, "quoting")
    yield scene.next(1, "15:31")
    _offers(scene, trade)
    yield from _waiting_for(scene, trade, "decided")


_STORIES = {
    "submitted": _submitted,
    "listed": _listed,
    "suspended": _suspended,
    "unsold": _unsold,
    "quoting": _quoting,
    "priority": _priority,
    "confirmed": _confirmed,
}


def _handed_in(scene: Scene, written: date) -> Made:
    """Decided by the unit, drafted, and put before the host; the trade's id."""
    row = scene.row
    yield at(written, "09:22")
    plan = draft_plan(scene.hand("written_by"), scene.achievement.id, row, None)
    yield scene.next(1, "10:40")
    put_before_the_unit(scene.hand("submitted_by"), plan)
    yield scene.next(1, "15:28")
    record_approval(scene.hand("decided_by"), plan, row)
    yield scene.next(1, "11:06")
    with unit_of_work(scene.officer) as ctx:
        trade = create_trade(ctx, "listing_for_sale", scene.achievement.id, plan_id=plan).id
        save_trade(ctx, trade, _content(scene))
        submit_trade(ctx, trade)
    return trade


def _content(scene: Scene) -> dict[str, Any]:
    row = scene.row
    return {
        **{name: row[name] for name in _TERMS if name in row},
        "payment_terms": row["content"]["payment_terms"],
        "scope": row["scope"],
        "insiders": "no",
        "contact": scene.achievement.holder.contact[:200],
    }


def _announced(scene: Scene, written: date) -> Made:
    """Its gates passed, the holders of first refusal told, and announced; the trade's id."""
    trade = yield from _handed_in(scene, written)
    yield scene.next(1, "09:35")
    with unit_of_work(scene.officer) as ctx:
        holders = holders_of(ctx, ctx.session.get_one(Trade, trade))
        for holder in holders:
            notify_holder(ctx, trade, holder.id, Notice("书面送达", f"送达回证（{holder.name}）"))
    yield scene.next(3 if holders else 1, "10:15")
    host = zone_officer(scene.achievement.zone_id)
    with unit_of_work(host) as ctx:
        for gate in GATES:
            asked = gate in _REQUIREMENTS
            document = "核查记录" if asked else ""
            today = local_date(ctx.now)
            assess(ctx, trade, Assessment(gate, PASSED if asked else NOT_CONCERNED, document, today))
        announce_trade(ctx, trade)
    return trade


def _registered(scene: Scene, trade: str) -> Story:
    """The parties register, each on another day."""
    for key in scene.row["bidders"]:
        yield scene.next(1, "14:37")
        party = _party(scene, key)
        firm = db.session.get_one(Organisation, party.org_id)
        with unit_of_work(party) as ctx:
            register_intent(
                ctx,
                trade,
                Statement(
                    conditions="逐项符合公告条件，证明材料随附。",
                    contact=firm.contact[:100],
                    foreign="no",
                    related="no",
                    truthful=True,
                    no_dishonesty=True,
                    no_collusion=True,
                    owner_disclosed=True,
                ),
            )


def _eligible(scene: Scene, trade: str) -> Story:
    """The parties register, are found qualified, and pay their deposits, which the desk confirms."""
    yield from _registered(scene, trade)
    intents = _intents(trade)
    yield scene.next(1, "10:08")
    for intent in intents:
        with unit_of_work(zone_officer(scene.achievement.zone_id)) as ctx:
            opine_qualified(ctx, intent)
    yield scene.next(1, "15:50")
    for intent in intents:
        with unit_of_work(scene.officer) as ctx:
            agree_to(ctx, intent)
    yield scene.next(1, "16:20")
    for number, intent in enumerate(intents, start=1):
        _money_came_in(scene, intent, number)


def _money_came_in(scene: Scene, intent: str, number: int) -> None:
    zone = scene.achievement.zone_id
    deposit = db.session.scalars(select(Deposit).where(Deposit.intent_id == intent)).unique().one()
    made, due, payer = deposit.id, deposit.due_fen, deposit.intent.bidder.name
    account, reference = f"6222{scene.row['price_fen']:012d}{number:03d}", f"{deposit.number}-{number}"
    with unit_of_work(zone_officer(zone, "settlement_clerk")) as ctx:
        record_receipt(ctx, made, Receipt(payer, account, due, local_date(ctx.now), reference))
    with unit_of_work(zone_officer(zone, "settlement_checker")) as ctx:
        lock_deposit(ctx, made)


def _waiting_for(scene: Scene, trade: str, state: str) -> Story:
    """Wait until the clock has brought the trade there."""
    while db.session.get_one(Trade, trade, populate_existing=True).state != state:
        yield at(scene.today + timedelta(days=1), "08:30")


def _offers(scene: Scene, trade: str) -> None:
    for key, amount in scene.row["offers"].items():
        _offer(scene, trade, key, amount)


def _offer(scene: Scene, trade: str, party: str, amount: int) -> None:
    take_offer(_party(scene, party), trade, NewOffer(amount), None)


def _party(scene: Scene, key: str) -> Actor:
    return submitter(scene.market.organisations[key])


def _intents(trade: str) -> list[str]:
    query = select(Intent.id).where(Intent.trade_id == trade).order_by(Intent.position)
    return list(db.session.scalars(query))
