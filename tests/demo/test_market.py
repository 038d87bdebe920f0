"""The demonstration market, built through the commands that people use."""

from collections import Counter
from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from auctions.trades.models import Trade
from listings.achievements.models import Achievement
from listings.disclosures.models import Disclosure
from listings.plans.models import DECIDED, WITHDRAWN, Plan
from listings.unit_rules.models import IN_FORCE, UnitRules
from marketplace.core.clock import FrozenClock
from marketplace.core.db import db
from marketplace.core.journal import Entry
from marketplace.core.relay import drain
from marketplace.core.runtime import runtime
from marketplace.core.uploads.gate import check as check_upload
from marketplace.demo.guide import log_ins
from marketplace.demo.market import HISTORY, PASSWORD, loaded
from marketplace.demo.reading import achievements, rows
from search_index.wiring import check


def test_every_hand_written_achievement_reaches_its_state(market: Flask):
    with market.app_context():
        states = Counter(db.session.scalars(select(Achievement.state)))
    assert states == Counter(row["state"] for row in achievements())


def test_disclosures_stand_at_different_points_of_their_way(market: Flask):
    with market.app_context():
        found = {(row.state, row.outcome) for row in db.session.scalars(select(Disclosure))}
    assert found == {("draft", ""), ("evaluation", ""), ("closed", "transform_now")}


def test_its_history_lies_in_the_last_weeks_and_in_order(market: Flask, clock: FrozenClock):
    with market.app_context():
        times = list(db.session.scalars(select(Entry.at).order_by(Entry.position)))
        assert times == sorted(times)
        assert clock.now() - HISTORY <= times[0]
        assert times[-1] <= clock.now() + timedelta(minutes=1)


def test_the_index_holds_what_is_published(market: Flask):
    with market.app_context():
        drain()
        assert check() == []


def test_everybody_on_the_list_of_log_ins_can_log_in(market: Flask):
    for sample in log_ins():
        answer = market.test_client().submit("/login", {"email": sample.email, "password": PASSWORD})
        assert answer.status_code == 303, sample.email


def test_a_market_is_loaded_once(market: Flask):
    with market.app_context():
        assert loaded()


def test_two_units_have_rules_in_force_and_have_decided_about_plans(market: Flask):
    with market.app_context():
        plans = list(db.session.scalars(select(Plan)))
        assert Counter(plan.state for plan in plans) == {DECIDED: 4 + len(rows("trades")), WITHDRAWN: 1}
        assert len(plans) == len(rows("plans")) + len(rows("trades"))
        for plan in plans:
            rules = db.session.get_one(UnitRules, plan.rules_id)
            assert (rules.org_id, rules.state) == (plan.holder_id, IN_FORCE)
            assert plan.submitted_by != plan.decision.recorded_by
            assert runtime().files.exists(plan.digest)
            check_upload("纪要.pdf", runtime().files.path(plan.decision.minutes))


def test_a_trade_stands_in_every_state_that_a_visitor_should_meet(market: Flask):
    with market.app_context():
        trades = list(db.session.scalars(select(Trade)).unique())
        states = Counter(trade.state for trade in trades)
        assert states == {"submitted": 1, "listed": 2, "quoting": 1, "priority": 1, "unsold": 1, "decided": 1}
        assert sum(trade.suspended_at is not None for trade in trades) == 1
        for trade in trades:
            assert trade.seen == ("host" if trade.state == "submitted" else "public")
