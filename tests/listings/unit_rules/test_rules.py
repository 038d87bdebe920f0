"""What an edition must say, and which tier decides about a price."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listings.unit_rules.content import RulesContent, Tier, from_json, rising
from listings.unit_rules.labels import share_words, tier_words
from listings.unit_rules.rules import REQUIRED, SHORTEST_PROCEDURE, publication_complaints
from tests.listings.plans.office import PRESIDENT, RULES, TRANSFER_OFFICE, VICE_PRESIDENT, WAN

TODAY = date(2026, 3, 2)
SOUND = from_json(RULES)


def found(content: RulesContent) -> list[tuple[str, str]]:
    return [(complaint.field, complaint.code) for complaint in publication_complaints(content, TODAY)]


@st.composite
def tiers(draw: st.DrawFn) -> tuple[Tier, ...]:
    bounds = sorted(draw(st.sets(st.integers(1, 10**12), max_size=6)))
    return tuple(Tier(bound, f"第 {n} 级") for n, bound in enumerate([*bounds, None]))


def test_sound_rules_raise_no_complaint():
    assert found(SOUND) == []


@pytest.mark.parametrize("name", REQUIRED)
def test_everything_needed_is_asked_for(name):
    assert (name, "required") in found(replace(SOUND, **{name: getattr(RulesContent(), name)}))


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"objection_procedure": "异" * (SHORTEST_PROCEDURE - 1)}, ("objection_procedure", "too_short")),
        ({"objection_procedure": "异" * 10_001}, ("objection_procedure", "too_long")),
        ({"notice_url": "www.yunxiu.example"}, ("notice_url", "address")),
        ({"notice_url": "javascript:alert(1)"}, ("notice_url", "address")),
        ({"notice_url": "https://[bad"}, ("notice_url", "address")),
        ({"adopted_on": date(2026, 3, 3)}, ("adopted_on", "future")),
        ({"consulted_on": date(2026, 1, 16)}, ("consulted_on", "order")),
        ({"related_route": "open"}, ("related_route", "unknown_code")),
        ({"grant_share_min_bp": 10_001}, ("grant_share_min_bp", "range")),
        ({"title": "a\x00"}, ("title", "unstorable")),
        ({"tiers": (Tier(None, ""),)}, ("tiers.0.body", "required")),
        ({"tiers": (Tier(5, "甲"), Tier(None, "甲"))}, ("tiers.1.body", "repeated")),
        ({"tiers": (Tier(5, "甲"), Tier(5, "乙"), Tier(None, "丙"))}, ("tiers", "order")),
        ({"tiers": (Tier(5, "甲"),)}, ("tiers", "order")),
        ({"tiers": (Tier(None, "甲"), Tier(None, "乙"))}, ("tiers", "order")),
        ({"tiers": (Tier(0, "甲"), Tier(None, "乙"))}, ("tiers.0.up_to_fen", "range")),
    ],
)
def test_what_is_wrong_is_named(changes, complaint):
    assert complaint in found(replace(SOUND, **changes))


@pytest.mark.parametrize(
    ("price", "body"),
    [
        (1, TRANSFER_OFFICE),
        (200 * WAN - 1, TRANSFER_OFFICE),
        (200 * WAN, VICE_PRESIDENT),
        (500 * WAN - 1, VICE_PRESIDENT),
        (500 * WAN, PRESIDENT),
    ],
)
def test_a_bound_belongs_to_the_tier_above_it(price, body):
    assert SOUND.bodies_for(price)[0] == body


@given(tiers(), st.integers(0, 10**13))
def test_every_price_has_one_lowest_tier_and_all_higher_ones(made, price):
    content = RulesContent(tiers=made)
    place = content.tier_for(price)
    below = [tier.up_to_fen for tier in made[:place]]
    bound = made[place].up_to_fen
    assert all(limit is not None and limit <= price for limit in below)
    assert bound is None or price < bound
    assert content.bodies_for(price) == tuple(tier.body for tier in made[place:])


@given(tiers(), st.integers(0, 10**13))
def test_a_raised_price_goes_one_tier_up_or_stays_at_the_top(made, price):
    content = RulesContent(tiers=made)
    assert content.tier_for(price, raised=True) == min(content.tier_for(price) + 1, len(made) - 1)


@given(tiers())
def test_tiers_rise_unless_two_are_exchanged(made):
    assert rising(made)
    assert len(made) == 1 or not rising(made[::-1])


def test_tiers_and_shares_are_said_in_words(app):
    with app.app_context():
        assert tier_words(SOUND.tiers)[1] == f"200 万元以上、不足 500 万元：{VICE_PRESIDENT}"
    assert [share_words(bp) for bp in (None, 7000, 7050, 7005, 10_000)] == [
        "",
        "70%",
        "70.5%",
        "70.05%",
        "100%",
    ]
