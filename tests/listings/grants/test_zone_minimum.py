"""The least share of the title that a zone asks for: from a day on, and only ever more than before in a unit's rules."""

from datetime import date, datetime, timedelta

import pytest

from listings.grants.facts import least_share
from listings.grants.zone_minimum import NewMinimum, set_minimum
from marketplace.core.clock import SHANGHAI, local_date
from marketplace.core.context import SYSTEM
from marketplace.core.errors import Forbidden, Invalid


@pytest.fixture
def zone_sets(ctx_for, cast):
    def act(share_bp, effective_from, by=None):
        with ctx_for((by or cast.zone_admin).actor) as ctx:
            return set_minimum(ctx, NewMinimum(share_bp, effective_from)).id

    return act


def tomorrow(clock):
    return local_date(clock.now()) + timedelta(days=1)


@pytest.mark.parametrize(
    ("unit", "zone", "least"), [(None, None, None), (7_000, None, 7_000), (None, 8_000, 8_000), (7_000, 8_000, 8_000), (9_000, 8_000, 9_000)]
)  # fmt: skip
def test_the_stricter_of_both_rules_counts(desk, ctx_for, clock, cast, zone_sets, unit, zone, least):
    desk.office.rules(grant_share_min_bp=unit)
    if zone is not None:
        zone_sets(zone, tomorrow(clock))
    with ctx_for(SYSTEM) as ctx:
        found = least_share(ctx, cast.tto_officer.org_id, cast.zone_id, tomorrow(clock))
    assert found == least


def test_what_was_submitted_before_is_decided_by_what_held_then(desk, clock, zone_sets):
    desk.office.rules(grant_share_min_bp=None)
    made = desk.reviewed(share_bp=6_000)
    zone_sets(8_000, tomorrow(clock))
    clock.advance(days=2)
    desk.decide(made)
    assert desk.look(made).state == "decided"


def test_what_is_written_later_has_to_give_more(desk, clock, zone_sets):
    zone_sets(8_000, tomorrow(clock))
    clock.move_to(datetime.combine(tomorrow(clock), datetime.min.time(), SHANGHAI))
    with pytest.raises(Invalid) as caught:
        desk.asked(share_bp=7_999)
    assert [(error.field, error.code) for error in caught.value.errors] == [("share_bp", "below_minimum")]
    desk.asked(share_bp=8_000)


def test_a_later_rule_takes_the_place_of_an_earlier_one(ctx_for, clock, cast, zone_sets):
    zone_sets(8_000, tomorrow(clock))
    zone_sets(7_000, tomorrow(clock) + timedelta(days=10))
    with ctx_for(SYSTEM) as ctx:
        days = [tomorrow(clock), tomorrow(clock) + timedelta(days=9), tomorrow(clock) + timedelta(days=10)]
        assert [least_share(ctx, cast.firm_agent.org_id, cast.zone_id, day) for day in days] == [
            8_000,
            8_000,
            7_000,
        ]


def test_a_rule_begins_tomorrow_at_the_earliest_and_leaves_the_unit_a_share(clock, cast, zone_sets):
    for share, day in ((8_000, local_date(clock.now())), (10_000, tomorrow(clock)), (None, tomorrow(clock)), (8_000, None)):  # fmt: skip
        with pytest.raises(Invalid):
            zone_sets(share, day)
    with pytest.raises(Forbidden):
        zone_sets(8_000, date(2030, 1, 1), by=cast.unit_admin)
