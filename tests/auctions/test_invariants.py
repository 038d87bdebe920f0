"""Whatever people do in whatever order, and however long nobody looks: what must always hold of a trade holds.

Steps are drawn at random and carried out by the real commands on the real database. A step that is refused must change
nothing; after every step the invariants are asked of the rows and of the journal.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Flask
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import NoResultFound

from auctions.confirmations.services import confirm_deal
from auctions.deposits.models import LOCKED, REQUIRED, Deposit
from auctions.deposits.services import lock_deposit
from auctions.intents.models import ELIGIBLE
from auctions.intents.reply import agree_to, object_to
from auctions.intents.review import Rejection, opine_qualified, overrule_objection, reject_intent
from auctions.intents.services import withdraw_intent
from auctions.offers.services import NewOffer, take_offer
from auctions.priority.services import Answer, take_answer
from auctions.trades.engine import catch_up
from auctions.trades.facts import facts_of, holders_of, intents_of, offers_of
from auctions.trades.kinds import procedure_of
from auctions.trades.models import Trade
from auctions.trades.services import Suspension, resume_trade, suspend_trade, terminate_trade
from marketplace.core.context import SYSTEM
from marketplace.core.errors import DomainError
from marketplace.core.journal import entries_of
from tests.auctions.counter import PARTIES, Counter
from tests.listings.plans.office import WAN

PRICE = 80 * WAN
#: What may happen, by name; the numbers say who, how much, how long.
WHO = st.sampled_from(PARTIES)
STEPS = st.one_of(
    st.tuples(st.sampled_from(("register", "opine", "reject", "agree", "object", "overrule")), WHO),
    st.tuples(st.sampled_from(("record", "lock", "withdraw")), WHO),
    st.tuples(st.just("offer"), WHO, st.integers(-1, 2)),
    st.tuples(st.just("wait"), st.sampled_from((0.5, 1, 3, 8, 25))),
    st.tuples(st.sampled_from(("period", "period", "suspend", "resume", "confirm", "waive", "exercise"))),
    st.tuples(st.sampled_from(("terminate", "tick"))),
)
#: A course that gets far, to which the drawn steps are added in between.
COURSE = [
    *((step, who) for who in PARTIES for step in ("register", "opine", "agree", "record", "lock")),
    ("period",),
    ("offer", PARTIES[0], 1),
    ("offer", PARTIES[1], 1),
    ("offer", PARTIES[2], 0),
    ("period",),
    ("period",),
    ("confirm",),
]


@dataclass
class Course:
    """A trade, and who has registered in it by their part in the cast."""

    app: Flask
    counter: Counter
    trade: str
    intents: dict[str, str]

    def do(self, step: tuple[Any, ...]) -> None:
        """Carry out a step; one that is refused is part of the course."""
        try:
            getattr(self, step[0])(*step[1:])
        except (DomainError, LookupError, NoResultFound):
            return

    def register(self, who: str) -> None:
        self.intents[who] = self.counter.registered(self.trade, who)

    def opine(self, who: str) -> None:
        with self.counter.floor.host() as ctx:
            opine_qualified(ctx, self.intents[who])

    def reject(self, who: str) -> None:
        with self.counter.floor.host() as ctx:
            reject_intent(ctx, self.intents[who], Rejection("condition", 1, "没有产线。"))

    def agree(self, who: str) -> None:
        with self.counter.floor.seller() as ctx:
            agree_to(ctx, self.intents[who])

    def object(self, who: str) -> None:
        with self.counter.floor.seller() as ctx:
            object_to(ctx, self.intents[who], "产线已经停产。")

    def overrule(self, who: str) -> None:
        with self.counter.floor.host() as ctx:
            overrule_objection(ctx, self.intents[who], "现场核实在产。")

    def record(self, who: str) -> None:
        self.counter.record(self.intents[who], reference=f"LS{self.intents[who]}")

    def lock(self, who: str) -> None:
        deposit = self.counter.deposit(self.intents[who]).id
        with self.counter.acting("settlement_checker") as ctx:
            lock_deposit(ctx, deposit)

    def withdraw(self, who: str) -> None:
        with self.counter.acting(who) as ctx:
            withdraw_intent(ctx, self.intents[who])

    def offer(self, who: str, steps: int) -> None:
        member = self.counter.floor.cast.members[who]
        with self.app.app_context():
            take_offer(member.actor, self.trade, NewOffer(PRICE + steps * WAN), None)

    def wait(self, days: float) -> None:
        self.counter.floor.clock.advance(days=days)

    def period(self) -> None:
        self.tick()
        due = self.counter.floor.look(self.trade).next_deadline
        if due is not None:
            self.counter.floor.clock.move_to(due + timedelta(seconds=1))
        self.tick()

    def suspend(self) -> None:
        with self.counter.floor.host() as ctx:
            suspend_trade(ctx, self.trade, Suspension("第三人提出权属异议", "异议 2026-01"))

    def resume(self) -> None:
        with self.counter.floor.host() as ctx:
            resume_trade(ctx, self.trade)

    def terminate(self) -> None:
        with self.counter.floor.host() as ctx:
            terminate_trade(ctx, self.trade, "标的权利被宣告无效。")

    def confirm(self) -> None:
        with self.counter.acting("second_moderator") as ctx:
            confirm_deal(ctx, self.trade)

    def waive(self) -> None:
        self._answer("waived")

    def exercise(self) -> None:
        self._answer("exercised")

    def tick(self) -> None:
        self.counter.floor.tick(self.trade)

    def _answer(self, answer: str) -> None:
        with self.counter.floor.seller() as ctx:
            holder = holders_of(ctx, ctx.session.get_one(Trade, self.trade))[0]
            take_answer(ctx, self.trade, holder.id, Answer(answer, "答复书 2026-01"))


def check(course: Course, frozen: tuple[str, str]) -> None:
    """Ask the invariants of the trade as it stands."""
    with course.counter.floor.ctx_for(SYSTEM) as ctx:
        trade = ctx.session.get_one(Trade, course.trade)
        procedure = procedure_of(trade.kind)
        assert (trade.digest, trade.rules) == frozen  # a rule or a word never changes after the announcement
        holders = holders_of(ctx, trade)
        assert all(holder.notified_at < trade.announced_at for holder in holders)
        intents = intents_of(ctx, trade)
        assert [intent.position for intent in intents] == list(range(1, len(intents) + 1))
        offers = offers_of(ctx, trade)
        assert [offer.position for offer in offers] == list(range(1, len(offers) + 1))
        for offer in offers:
            spells = [spell for spell in trade.spells if spell.period == procedure.stage(offer.stage).period]
            assert any(s.started_at <= offer.at < (s.stopped_at or s.promised) for s in spells)
            assert offer.intent.state == ELIGIBLE
            assert offer.intent.settled_at <= offer.at
        deposits = {
            deposit.intent_id: deposit
            for deposit in ctx.session.query(Deposit).filter(Deposit.trade_id == trade.id)
        }
        for intent in intents:
            deposit = deposits.get(intent.id)
            if intent.state == ELIGIBLE:
                assert deposit is not None
                assert deposit.state not in {REQUIRED, "declared", "recorded", "rejected", "unpaid"}
            if deposit is not None and deposit.checked_by is not None:
                assert deposit.recorded_by != deposit.checked_by
        ended = trade.state in procedure.final
        if ended or trade.state == "decided":
            buyer = procedure.result(facts_of(ctx, trade))
            for intent in intents:
                held = deposits.get(intent.id)
                if held is not None and held.state == LOCKED:  # only the buyer's money stays
                    assert buyer is not None
                    assert buyer.buyer == intent.code
        assert ended == (trade.ended_at is not None)
        states = [entry.data["state"] for entry in entries_of(ctx.session, trade.id) if "move" in entry.data]
        assert set(states) <= set(procedure.states)
        if trade.state in procedure.sealed:
            said = [str(entry.data) for entry in entries_of(ctx.session, trade.id)]
            assert not any("amount_fen" in text for text in said)
        before = (trade.state, trade.next_deadline, len(trade.spells))
        catch_up(ctx, trade)
        after = (trade.state, trade.next_deadline, len(trade.spells))
        catch_up(ctx, trade)
        assert after == (trade.state, trade.next_deadline, len(trade.spells))
        assert before == after or trade.next_deadline is None or trade.next_deadline > ctx.now


@settings(max_examples=12, phases=[Phase.explicit, Phase.reuse, Phase.generate])  # shrinking would take hours
@example(inserted=[], sold=False)
@example(inserted=[], sold=True)
@given(st.lists(st.tuples(st.integers(0, len(COURSE)), STEPS), max_size=10), st.booleans())
def test_every_course_of_steps_keeps_the_invariants(app, floor, clock, inserted, sold):
    start = clock.now()
    floor.plan = {"mode": "assignment"} if sold else {}
    made = floor.announced(deposit_fen=8 * WAN, mode="assignment" if sold else "licence_ordinary")
    trade = floor.look(made)
    course, frozen = Course(app, Counter(floor), made, {}), (trade.digest, trade.rules)
    steps = list(COURSE)
    for place, step in sorted(inserted, key=lambda pair: pair[0], reverse=True):
        steps.insert(place, step)
    for step in steps:
        course.do(step)
        check(course, frozen)
    if not inserted:  # undisturbed, the course leads to the deal
        assert floor.look(made).state == "confirmed"
    clock.move_to(start + timedelta(days=400))
    course.tick()
    clock.move_to(start)
