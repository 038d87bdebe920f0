"""Several at once: distinct places for two buyers, one effect for one statement however often it is sent."""

import pytest

from auctions.deposits.money import Payment
from auctions.deposits.services import declare_payment
from auctions.intents.services import register_intent
from auctions.intents.statement import Statement
from marketplace.core.clock import local_date
from marketplace.core.uow import once, unit_of_work
from tests.auctions.counter import ACCOUNTS, PARTIES, STATEMENT
from tests.threads import together


@pytest.fixture
def register(app, cast):
    """Somebody of the cast registers, in a thread of their own."""

    def one(trade, part, key=None):
        with unit_of_work(cast.members[part].actor) as ctx:
            return once(
                ctx, key, "intent.register", lambda: register_intent(ctx, trade, Statement(**STATEMENT)).id
            )

    return one


def test_buyers_in_the_same_instant_get_places_without_gaps(app, floor, counter, register):
    trade = floor.announced()
    made = together(app, len(PARTIES), lambda index: register(trade, PARTIES[index]))
    found = sorted((counter.look(one).position, counter.look(one).code) for one in made)
    assert found == [(1, "01"), (2, "02"), (3, "03")]


def test_one_organisation_that_registers_twenty_times_has_one_intent(app, floor, register):
    trade = floor.announced()
    made = together(app, 20, lambda _index: register(trade, "firm_agent"))
    assert len(set(made)) == 1
    assert floor.kinds(trade).count("trade.intent_registered") == 1


def test_one_declaration_sent_twenty_times_has_one_effect(app, cast, floor, counter):
    trade = floor.announced()
    deposit = counter.deposit(counter.qualified(trade))
    given = Payment(
        "拾光储能有限公司", ACCOUNTS["firm_agent"], deposit.due_fen, local_date(floor.clock.now())
    )

    def declare(_index):
        with unit_of_work(cast.firm_agent.actor) as ctx:
            return once(ctx, "key", "deposit.declare", lambda: declare_payment(ctx, deposit.id, given).id)

    assert set(together(app, 20, declare)) == {deposit.id}
    assert floor.kinds(trade).count("deposit.declared") == 1
