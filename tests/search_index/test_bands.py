import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index.bands import PRICE_BANDS, WAN, Bands


@given(st.integers(0, 10**13))
def test_a_price_lies_in_exactly_the_band_named(price):
    inside = [
        band.key
        for band in PRICE_BANDS
        if (band.low is None or band.low <= price) and (band.high is None or price < band.high)
    ]
    assert inside == [PRICE_BANDS.of(price)]


def test_no_price_is_negotiable():
    assert PRICE_BANDS.of(None) == "negotiable"
    assert PRICE_BANDS.of(10 * WAN) == "10-50"
    assert PRICE_BANDS.of(10 * WAN - 1) == "0-10"


def test_edges_and_keys_must_fit():
    with pytest.raises(ValueError, match="ascend"):
        Bands((2, 1), ("a", "b", "c"), "none")
    with pytest.raises(ValueError, match="one key more"):
        Bands((1, 2), ("a", "b"), "none")
