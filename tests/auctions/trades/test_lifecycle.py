"""The way of a trade by commands: who may when, and what the clock does on its own."""

from datetime import timedelta

import pytest

from auctions.gates.services import Assessment, assess
from auctions.trades.drafting import create_trade, discard_trade
from auctions.trades.services import (
    announce_trade,
    recall_trade,
    resume_trade,
    return_trade,
    submit_trade,
    terminate_trade,
    withdraw_trade,
)
from marketplace.core.clock import local_date
from marketplace.core.errors import Conflict, Forbidden, Invalid, NotFound
from marketplace.core.ticker import tick
from tests.auctions.floor import GATES, LISTING


def codes_of(caught):
    return {(error.field, error.code) for error in caught.value.errors}


def test_a_listing_nobody_wants_is_extended_as_announced_and_lapses(floor):
    made = floor.announced(extensions=2)
    for state in ("extended", "extended", "unsold"):
        floor.run_out(made)
        assert floor.look(made).state == state
    assert floor.kinds(made)[-4:] == ["trade.announced", "trade.extended", "trade.extended", "trade.lapsed"]


def test_a_worker_that_comes_weeks_late_changes_nothing(app, floor, clock):
    made = floor.announced(extensions=2)
    began = floor.look(made).spells[0].started_at
    clock.advance(days=90)
    with app.app_context():
        tick()
    trade = floor.look(made)
    assert trade.state == "unsold"
    starts = [spell.started_at for spell in trade.spells]
    ends = [spell.promised for spell in trade.spells]
    assert starts == [began, *ends[:-1]]
    assert trade.ended_at == ends[-1]


def test_a_plan_comes_first_for_a_unit(floor):
    achievement, _ = floor.planned()
    with floor.seller() as ctx, pytest.raises(Conflict) as caught:
        create_trade(ctx, LISTING, achievement)
    assert caught.value.code == "no_plan"


def test_an_achievement_is_traded_once_at_a_time(floor):
    trade = floor.look(floor.announced())
    with floor.seller() as ctx, pytest.raises(Conflict) as caught:
        create_trade(ctx, LISTING, trade.achievement_id, plan_id=trade.plan_id)
    assert caught.value.code == "already_trading"


def test_the_price_is_not_below_what_was_decided(floor):
    made = floor.complete(price_fen=79_000_000, deposit_fen=0)
    with floor.seller() as ctx, pytest.raises(Invalid) as caught:
        submit_trade(ctx, made)
    assert ("price_fen", "below_decided") in codes_of(caught)


def test_no_trade_is_announced_before_every_gate_was_passed(floor):
    made = floor.submitted()
    with floor.host() as ctx, pytest.raises(Conflict) as caught:
        announce_trade(ctx, made)
    assert caught.value.code == "gates"


def test_a_changed_word_closes_the_gates_again(floor):
    made = floor.assessed()
    with floor.host() as ctx:
        return_trade(ctx, made, "请补充许可范围。")
    floor.save(made, matters="设备需另行采购。")
    with floor.seller() as ctx:
        submit_trade(ctx, made)
    with floor.host() as ctx, pytest.raises(Conflict) as caught:
        announce_trade(ctx, made)
    assert caught.value.code == "gates"


def test_a_refused_gate_stays_closed(floor):
    made = floor.assessed()
    with floor.host() as ctx:
        assess(ctx, made, Assessment(GATES[1], "refused"))
    with floor.host() as ctx, pytest.raises(Conflict):
        announce_trade(ctx, made)


def test_the_public_sees_a_trade_only_once_it_is_announced(floor, cast, ctx_for):
    made = floor.submitted()
    with ctx_for(cast.firm_agent.actor) as ctx, pytest.raises(NotFound):
        announce_trade(ctx, made)
    floor.open_gates(made)
    with floor.host() as ctx:
        announce_trade(ctx, made)
    with ctx_for(cast.firm_agent.actor) as ctx, pytest.raises(Forbidden):
        terminate_trade(ctx, made, "不想交易了。")


def test_a_suspension_stops_the_clock_and_leaves_ten_working_days(floor, clock):
    made = floor.announced()
    before = floor.look(made).next_deadline
    clock.advance(days=10)
    floor.suspend(made)
    clock.advance(days=20)
    floor.tick(made)
    assert floor.look(made).state == "listed"
    with floor.host() as ctx:
        resume_trade(ctx, made)
    trade = floor.look(made)
    assert trade.suspended_at is None
    assert trade.next_deadline > before + timedelta(days=20)
    with floor.host() as ctx:
        day, rest = local_date(clock.now()), 0
        while day < local_date(trade.next_deadline - timedelta(seconds=1)):
            day += timedelta(days=1)
            rest += ctx.calendar.is_workday(day)
    assert rest >= 10


def test_a_suspension_ends_by_itself_after_a_month(floor, clock):
    made = floor.announced()
    floor.suspend(made)
    clock.advance(days=40)
    floor.tick(made)
    trade = floor.look(made)
    assert trade.suspended_at is None
    assert floor.kinds(made)[-2:] == ["trade.suspended", "trade.resumed"]
    assert trade.spells[-1].n == 2


def test_a_seller_withdraws_while_nobody_has_registered(floor):
    made = floor.announced()
    with floor.seller() as ctx:
        withdraw_trade(ctx, made, "项目另有安排。")
    assert floor.look(made).state == "withdrawn"


def test_what_was_submitted_can_be_recalled_and_discarded(floor):
    made = floor.submitted()
    with floor.seller() as ctx:
        recall_trade(ctx, made)
    with floor.seller() as ctx:
        discard_trade(ctx, made)
    assert floor.look(made).state == "discarded"
