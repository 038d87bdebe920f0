"""Unified social credit codes."""

from time import perf_counter

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from marketplace.core.credit_code import ALPHABET, CreditCodeError, check_character, parse_credit_code

# A code published as an example, two companies and two universities.
KNOWN = [
    "91350100M000100Y43",
    "9144030071526726XG",
    "91110108551385082Q",
    "12100000400000624D",
    "12100000400002259P",
]

letters = st.sampled_from(ALPHABET)
firsts = st.builds(
    lambda kind, place, body: f"{kind}{place:06d}{body}",
    st.text(letters, min_size=2, max_size=2),
    st.integers(0, 999_999),
    st.text(letters, min_size=9, max_size=9),
)
codes = firsts.map(lambda first: first + check_character(first))


@pytest.mark.parametrize("code", KNOWN)
def test_known_codes_are_accepted(code):
    assert parse_credit_code(code) == code


def test_spaces_small_letters_and_full_width_are_put_right():
    assert parse_credit_code(" 91350100 m000100y 43") == KNOWN[0]
    assert parse_credit_code("９１３５０１００Ｍ０００１００Ｙ４３") == KNOWN[0]


@given(codes)
def test_a_code_with_its_check_character_is_accepted(code):
    assert parse_credit_code(code) == code


@given(codes, st.integers(0, 17), letters)
def test_one_changed_character_is_refused(code, place, other):
    assume(code[place] != other)
    with pytest.raises(CreditCodeError):
        parse_credit_code(code[:place] + other + code[place + 1 :])


@given(codes, st.integers(0, 16))
def test_two_swapped_neighbours_are_refused(code, place):
    assume(code[place] != code[place + 1])
    with pytest.raises(CreditCodeError):
        parse_credit_code(code[:place] + code[place + 1] + code[place] + code[place + 2 :])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "length"),
        (KNOWN[0][:-1], "length"),
        (KNOWN[0] + "1", "length"),
        ("9" * 50_000, "length"),
        ("91350100I000100Y43", "characters"),
        ("9135A100M000100Y43", "characters"),
        ("91350100M000100Y4-", "characters"),
        ("91350100M000100Y44", "check"),
    ],
)
def test_each_fault_has_its_code(text, code):
    started = perf_counter()
    with pytest.raises(CreditCodeError) as refused:
        parse_credit_code(text)
    assert refused.value.code == code
    assert str(refused.value.message)
    assert perf_counter() - started < 0.05


@given(st.one_of(st.text(max_size=40), st.text(letters, min_size=18, max_size=18)))
def test_any_other_text_is_refused(text):
    assume(len(text) != 18 or not set(text) <= set(ALPHABET) or text[-1] != check_character(text[:-1]))
    with pytest.raises(CreditCodeError):
        parse_credit_code(text)


def test_a_foreign_character_has_no_check_character():
    with pytest.raises(ValueError):
        check_character("9135010OM000100Y4")
