"""Shares are whole basis points that make one whole, however they are typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listings.disclosures.content import Completer
from listings.disclosures.rules import share_complaints
from listings.shares import WHOLE_BP, percent, share_bp

shares = st.integers(min_value=1, max_value=WHOLE_BP)


@st.composite
def wholes(draw):
    """Shares that make one whole."""
    cuts = sorted(draw(st.sets(st.integers(min_value=1, max_value=WHOLE_BP - 1), max_size=9)))
    return [end - start for start, end in zip([0, *cuts], [*cuts, WHOLE_BP], strict=True)]


def people(parts):
    return tuple(Completer(name=str(n), share_bp=part) for n, part in enumerate(parts))


@given(wholes())
def test_parts_of_a_whole_raise_no_complaint(parts):
    assert list(share_complaints(people(parts))) == []


@given(wholes(), st.integers(min_value=-WHOLE_BP, max_value=WHOLE_BP).filter(bool))
def test_any_other_sum_is_refused_and_named(parts, off):
    parts[0] += off
    (complaint,) = share_complaints(people(parts))
    assert (complaint.field, complaint.code) == ("completers", "share_sum")
    assert percent(abs(WHOLE_BP + off)) in str(complaint.message)


@given(st.lists(st.one_of(st.none(), shares), min_size=1, max_size=12))
def test_the_sum_decides_and_nothing_else(parts):
    whole = sum(part or 0 for part in parts) == WHOLE_BP
    assert (list(share_complaints(people(parts))) == []) == whole


@given(shares)
def test_a_share_that_is_shown_is_read_back(share):
    assert share_bp(percent(share)) == share
    assert share_bp(f" {percent(share)} ％") == share


@pytest.mark.parametrize(
    "typed", ["0", "100.01", "-5", "1/3", "33.333", "1e2", "三十", "5 0", ".", "9.9.9", "²"]
)
def test_what_is_no_share_is_refused(typed):
    with pytest.raises(ValueError) as refused:
        share_bp(typed)
    assert refused.value.args == (typed,)


@given(st.text(max_size=8))
def test_any_text_is_read_or_refused(typed):
    try:
        found = share_bp(typed)
    except ValueError:
        return
    assert found is None or 1 <= found <= WHOLE_BP
