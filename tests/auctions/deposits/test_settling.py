"""Deposits: two officers, the bank's value date, one receipt once, and money that ends somewhere."""

from datetime import timedelta
from typing import Any

import pytest

from auctions.deposits.forfeiture import Forfeiture, decide_forfeiture, propose_forfeiture
from auctions.deposits.lifecycle import DEPOSIT
from auctions.deposits.money import Payment
from auctions.deposits.refunds import Refund, check_refund, record_refund
from auctions.deposits.services import declare_payment, lock_deposit, reject_payment
from auctions.offers.models import TradeOffer
from auctions.trades.services import terminate_trade
from marketplace.core.clock import local_date
from marketplace.core.errors import Conflict, Forbidden, Invalid
from marketplace.core.ids import new_id
from marketplace.core.journal import entries_of
from marketplace.core.ticker import tick
from tests.auctions.counter import ACCOUNTS


def declare(counter, intent, **changes) -> None:
    deposit = counter.deposit(intent)
    given: dict[str, Any] = {
        "payer": "拾光储能有限公司",
        "account": ACCOUNTS["firm_agent"],
        "amount_fen": deposit.due_fen,
        "value_date": local_date(counter.floor.clock.now()),
    }
    with counter.acting(counter.party(intent)) as ctx:
        declare_payment(ctx, deposit.id, Payment(**{**given, **changes}))


def lock(counter, intent, who="settlement_checker") -> None:
    deposit = counter.deposit(intent).id
    with counter.acting(who) as ctx:
        lock_deposit(ctx, deposit)


def locked_code(counter, intent) -> str:
    deposit = counter.deposit(intent).id
    with counter.acting("settlement_checker") as ctx, pytest.raises(Conflict) as caught:
        lock_deposit(ctx, deposit)
    return caught.value.code


def reject(counter, intent, who="settlement_clerk") -> None:
    deposit = counter.deposit(intent).id
    with counter.acting(who) as ctx:
        reject_payment(ctx, deposit, "户名不一致。")


def terminate(floor, trade) -> None:
    with floor.host() as ctx:
        terminate_trade(ctx, trade, "成果权属发生争议。")


def test_declared_recorded_checked_and_the_party_is_eligible(floor, counter):
    trade = floor.announced()
    made = counter.qualified(trade)
    declare(counter, made)
    assert counter.look(made).payment_pending
    counter.record(made)
    lock(counter, made)
    assert (counter.deposit(made).state, counter.look(made).state) == ("locked", "eligible")
    assert [kind for kind in floor.kinds(trade) if kind.startswith("deposit.")] == [
        "deposit.required",
        "deposit.declared",
        "deposit.recorded",
        "deposit.locked",
    ]


def test_no_account_number_is_kept(floor, counter, ctx_for, cast):
    trade = floor.announced()
    made = counter.qualified(trade)
    declare(counter, made)
    counter.record(made)
    found = counter.deposit(made)
    kept = f"{found.declared}{found.receipt}{found.account}"
    assert ACCOUNTS["firm_agent"] not in kept
    assert found.receipt["account"] == f"****{ACCOUNTS['firm_agent'][-4:]}"


def test_a_payment_that_was_declared_in_time_counts_when_it_is_confirmed_later(floor, counter, clock):
    made = counter.qualified(floor.announced())
    declare(counter, made)
    paid_on = local_date(clock.now())
    clock.advance(days=9)
    counter.record(made, value_date=paid_on)
    lock(counter, made)
    assert counter.look(made).state == "eligible"


def test_a_value_date_after_the_cut_off_is_refused_however_early_it_was_declared(floor, counter, clock):
    made = counter.qualified(floor.announced())
    declare(counter, made)
    clock.advance(days=9)
    counter.record(made)
    assert locked_code(counter, made) == "late"
    reject(counter, made)
    assert (counter.look(made).state, counter.deposit(made).state) == ("unpaid", "unpaid")
    assert counter.look(made).settled_at == clock.now()


def test_who_declares_nothing_by_the_cut_off_is_out(app, floor, counter, clock):
    made = counter.qualified(floor.announced())
    due = counter.look(made).deposit_due
    clock.move_to(due)
    with app.app_context():
        tick()
    assert (counter.look(made).state, counter.deposit(made).state) == ("unpaid", "unpaid")
    assert counter.look(made).settled_at == due


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"payer": "澄江材料有限公司"}, "payer"), ({"received_fen": 7_999_999}, "amount")],
)
def test_a_wrong_payer_or_too_little_can_only_be_rejected(floor, counter, changes, code):
    made = counter.recorded(floor.announced(), **changes)
    assert locked_code(counter, made) == code


def test_the_width_of_letters_and_spaces_make_no_other_payer(floor, counter):
    made = counter.recorded(floor.announced(), payer=" 拾光储能　有限公司 ")
    lock(counter, made)
    assert counter.deposit(made).state == "locked"


def test_after_a_rejection_in_time_the_party_declares_again(floor, counter):
    made = counter.qualified(floor.announced())
    declare(counter, made, payer="程砚")
    reject(counter, made)
    assert counter.look(made).state == "qualified"
    declare(counter, made)
    assert counter.deposit(made).state == "declared"


def test_one_receipt_of_the_bank_is_recorded_once(floor, counter):
    trade = floor.announced()
    counter.recorded(trade, reference="LS1", account=ACCOUNTS["firm_agent"])
    made = counter.qualified(trade, "rival_agent")
    with pytest.raises(Conflict) as caught:
        counter.record(made, reference="LS1", account=ACCOUNTS["firm_agent"])
    assert caught.value.code == "recorded_before"


def test_two_parties_that_pay_from_one_account_are_flagged_by_their_codes(floor, counter):
    trade = floor.announced()
    counter.recorded(trade)
    counter.recorded(trade, "rival_agent", account=ACCOUNTS["firm_agent"], reference="LS2")
    with floor.host() as ctx:
        told = [e.data for e in entries_of(ctx.session, trade) if e.kind == "trade.same_account_flagged"]
    assert told == [{"codes": ["01", "02"]}]


def test_the_clerk_does_not_check_and_the_host_does_not_settle(floor, counter, ctx_for, cast):
    made = counter.recorded(floor.announced())
    deposit = counter.deposit(made).id
    with counter.acting("settlement_clerk") as ctx, pytest.raises(Forbidden):
        lock_deposit(ctx, deposit)
    host = cast.moderator.actor
    both = type(host)(**{**host.__dict__, "roles": frozenset({"settlement_checker"})})
    with ctx_for(both) as ctx, pytest.raises(Conflict) as caught:
        lock_deposit(ctx, deposit)
    assert caught.value.code == "host"
    clerk = cast.settlement_clerk.actor
    same = type(clerk)(**{**clerk.__dict__, "roles": frozenset({"settlement_checker"})})
    with ctx_for(same) as ctx, pytest.raises(Conflict) as caught:
        lock_deposit(ctx, deposit)
    assert caught.value.code == "same_person"


def test_a_suspension_leaves_the_whole_time_to_pay(floor, counter, clock):
    trade = floor.announced()
    made = counter.qualified(trade)
    before = counter.look(made).deposit_due
    floor.suspend(trade)
    clock.advance(days=31)
    floor.tick(trade)
    assert counter.look(made).state == "qualified"
    assert counter.look(made).deposit_due > before + timedelta(days=28)
    assert counter.deposit(made).due_at == counter.look(made).deposit_due


def test_everybody_gets_the_money_back_when_a_trade_is_terminated(floor, counter, clock):
    trade = floor.announced()
    made = counter.paid(trade)
    terminate(floor, trade)
    found = counter.deposit(made)
    assert (found.state, found.refund_from) == ("refund_due", clock.now())
    with counter.acting("settlement_clerk") as ctx:
        record_refund(ctx, found.id, Refund(local_date(ctx.now), "TK 0001"))
    with counter.acting("settlement_checker") as ctx:
        check_refund(ctx, found.id)
    assert counter.deposit(made).state == "refunded"


def test_a_refund_that_is_not_made_in_time_is_told_once(app, floor, counter, clock):
    trade = floor.announced()
    made = counter.paid(trade)
    terminate(floor, trade)
    clock.advance(days=20)
    with app.app_context():
        tick()
        tick()
    assert floor.kinds(trade).count("deposit.refund_overdue") == 1
    assert counter.deposit(made).overdue_at == counter.deposit(made).refund_by


def test_a_deposit_is_forfeited_by_two_officers_on_a_listed_ground(floor, counter):
    trade = floor.announced()
    made = counter.paid(trade)
    deposit = counter.deposit(made).id
    with counter.acting("settlement_clerk") as ctx, pytest.raises(Invalid):
        propose_forfeiture(ctx, deposit, Forfeiture("default", "没有签约。"))
    with counter.acting("settlement_clerk") as ctx:
        propose_forfeiture(ctx, deposit, Forfeiture("collusion", "与另一方同一账户付款。"))
    with counter.acting("settlement_clerk") as ctx, pytest.raises(Conflict):
        decide_forfeiture(ctx, deposit, forfeited=True, note="属实。")
    with counter.acting("settlement_checker") as ctx:
        decide_forfeiture(ctx, deposit, forfeited=True, note="属实。")
    assert counter.deposit(made).state == "forfeited"


def test_a_deposit_that_is_spared_after_the_end_is_due_back(floor, counter):
    trade = floor.announced()
    made = counter.paid(trade)
    deposit = counter.deposit(made).id
    terminate(floor, trade)
    with counter.acting("settlement_clerk") as ctx:
        propose_forfeiture(ctx, deposit, Forfeiture("collusion", "与另一方同一账户付款。"))
    with counter.acting("settlement_checker") as ctx:
        decide_forfeiture(ctx, deposit, forfeited=False, note="证据不足。")
    assert counter.deposit(made).state == "refund_due"


def test_the_losers_get_their_money_back_once_the_buyer_is_known(floor, counter, ctx_for, clock):
    trade = floor.announced()
    winner, loser = counter.eligible(trade, 2)
    floor.run_out(trade)
    offer(counter, trade, winner, 90_000_000)
    floor.run_out(trade)
    assert floor.look(trade).state == "decided"
    assert [counter.deposit(one).state for one in (winner, loser)] == ["locked", "refund_due"]


def offer(counter, trade, intent, fen) -> None:
    """A quotation as its own concept writes it, without its page."""
    with counter.acting(counter.party(intent)) as ctx:
        ctx.session.add(
            TradeOffer(
                id=new_id("off", ctx.now),
                trade_id=trade,
                intent_id=intent,
                stage="quoting",
                position=1,
                amount_fen=fen,
                commitment="0" * 64,
                salt="0" * 32,
                made_by=ctx.actor.person,
                at=ctx.now,
            )
        )


def test_every_deposit_that_was_locked_ends_somewhere():
    ends = {"refunded", "applied", "forfeited"}
    moves = (*DEPOSIT.transitions, *DEPOSIT.consequences)
    reached, front = set(), {"locked"}
    while front:
        state = front.pop()
        reached.add(state)
        front |= {move.target for move in moves if state in move.source} - reached
    assert reached & DEPOSIT.final == ends
