"""What law and regime make of the terms of a listing: lengths by price, appraisal, deposit, relisting."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auctions.procedure import Setting
from auctions.regimes import RULES, Nature, Regime, regime_of
from auctions.terms.law import TERMS, listing_terms
from auctions.terms.listing import ListingTerms, check, foresee, lengths
from marketplace.core.calendar import load_calendar

CALENDAR = load_calendar(None)
WAN = 1_000_000  # fen
TODAY = date(2026, 3, 2)
GOOD = ListingTerms(price_fen=80 * WAN)
APPRAISED = replace(
    GOOD,
    appraisal_fen=80 * WAN,
    appraisal_on=date(2026, 1, 31),
    appraisal_document="评估报告 2026-01",
    regime=Regime.SOE_ASSET,
)


def complaints(terms, regime=Regime.STATE_RD, mode="licence_ordinary", **setting):
    found = check(terms, Setting(regime, mode, setting.pop("today", TODAY), **setting))
    return {(error.field, error.code) for error in found}


@pytest.mark.parametrize(
    ("nature", "shared", "regime"),
    [
        (Nature.STATE_INSTITUTION, False, Regime.STATE_RD),
        (Nature.STATE_INSTITUTION, True, Regime.MIXED),
        (Nature.STATE_ENTERPRISE, False, Regime.SOE_ASSET),
        (Nature.STATE_ENTERPRISE, True, Regime.SOE_ASSET),
        (Nature.PRIVATE, False, Regime.PRIVATE),
        (Nature.PRIVATE, True, Regime.MIXED),
    ],
)
def test_who_sells_decides_the_regime(nature, shared, regime):
    assert regime_of(nature, shared=shared) is regime
    assert RULES[regime].why.zh


@pytest.mark.parametrize(
    ("wan", "announced", "last"),
    [
        (80, date(2026, 3, 2), date(2026, 3, 17)),  # 15 days
        (80, date(2026, 4, 17), date(2026, 5, 6)),  # they end in the May holidays
        (300, date(2026, 4, 27), date(2026, 5, 13)),  # 10 working days are the longer
        (300, date(2026, 3, 2), date(2026, 3, 17)),  # 15 days are the longer
        (1_500, date(2026, 2, 2), date(2026, 3, 6)),  # 20 working days over the Spring Festival
        (1_500, date(2026, 9, 14), date(2026, 10, 16)),
    ],
)
def test_a_listing_is_open_as_long_as_its_price_asks(wan, announced, last):
    listing = foresee(replace(GOOD, price_fen=wan * WAN), announced, CALENDAR)[1]
    assert listing.on == last


@given(st.integers(1, 5_000), st.sampled_from(list(Regime)))
def test_no_listing_is_shorter_than_the_law_of_its_price(wan, regime):
    for term in listing_terms(wan * WAN, regime):
        assert term.bound == "floor"
    chosen = lengths(ListingTerms(price_fen=wan * WAN, regime=regime))
    assert chosen == listing_terms(wan * WAN, regime)


def test_a_seller_may_list_longer_but_not_shorter():
    assert complaints(replace(GOOD, listing_amount=30)) == set()
    assert complaints(replace(GOOD, listing_amount=14)) == {("listing_amount", "too_short")}
    assert complaints(replace(GOOD, listing_amount=500)) == {("listing_amount", "too_long")}


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"price_fen": None}, ("price_fen", "required")),
        ({"price_fen": 0}, ("price_fen", "range")),
        ({"extensions": 4}, ("extensions", "range")),
        ({"extension_wd": 4}, ("extension_wd", "range")),
        ({"quotation_wd": 2}, ("quotation_wd", "range")),
        ({"priority_wd": 0}, ("priority_wd", "range")),
        ({"deposit_wd": 61}, ("deposit_wd", "range")),
        ({"deposit_fen": 24 * WAN + 1}, ("deposit_fen", "range")),
        ({"conditions": ("",)}, ("conditions.0", "length")),
        ({"conditions": ("条件",) * 11}, ("conditions", "too_many")),
        ({"payment": "instalments", "first_instalment_bp": 2_900}, ("first_instalment_bp", "range")),
        ({"payment": "barter"}, ("payment", "unknown_code")),
    ],
)
def test_terms_that_law_or_platform_refuse_are_named(change, complaint):
    assert complaint in complaints(replace(GOOD, **change))


def test_thirty_per_cent_is_the_most_that_a_deposit_may_be():
    assert complaints(replace(GOOD, deposit_fen=24 * WAN)) == set()


def test_a_state_owned_enterprise_lists_at_its_appraisal_first():
    assert complaints(replace(GOOD, regime=Regime.SOE_ASSET), Regime.SOE_ASSET) == {
        ("appraisal_fen", "required")
    }
    assert complaints(APPRAISED, Regime.SOE_ASSET) == set()
    below = replace(APPRAISED, price_fen=79 * WAN)
    assert complaints(below, Regime.SOE_ASSET) == {("price_fen", "below_appraisal")}


def test_a_relisting_is_free_down_to_ninety_per_cent_of_the_appraisal():
    before = {"before_fen": 80 * WAN, "first_listed": date(2026, 1, 5)}
    at_the_floor, below = replace(APPRAISED, price_fen=72 * WAN), replace(APPRAISED, price_fen=72 * WAN - 1)
    assert complaints(at_the_floor, Regime.SOE_ASSET, **before) == set()
    assert complaints(below, Regime.SOE_ASSET, **before) == {("approval", "required")}
    approved = replace(below, approval="批复 2026-4")
    assert complaints(approved, Regime.SOE_ASSET, **before) == set()


def test_after_twelve_months_an_old_appraisal_counts_no_longer():
    before = {"before_fen": 80 * WAN, "first_listed": date(2026, 2, 1)}
    assert complaints(APPRAISED, Regime.SOE_ASSET, today=date(2027, 1, 31), **before) == set()
    assert complaints(APPRAISED, Regime.SOE_ASSET, today=date(2027, 2, 1), **before) == {
        ("appraisal_on", "stale")
    }
    anew = replace(APPRAISED, appraisal_on=date(2027, 2, 1))
    assert complaints(anew, Regime.SOE_ASSET, today=date(2027, 2, 1), **before) == set()


def test_a_capital_contribution_is_appraised_whoever_makes_it():
    assert complaints(GOOD, mode="capital") == {("appraisal_fen", "required")}


def test_every_term_has_a_name_of_its_own_and_says_where_it_comes_from():
    assert len({term.name for term in TERMS}) == len(TERMS)
    assert all(term.basis.law and term.basis.text and term.basis.text_en for term in TERMS)
