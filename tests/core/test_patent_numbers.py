"""Chinese patent application numbers."""

from time import perf_counter

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from marketplace.core.patent_numbers import PatentKind, PatentNumberError, check_digit, parse_patent_number

modern = st.builds(
    lambda year, kind, serial: f"{year}{kind}{serial:07d}",
    st.integers(2003, 2099),
    st.sampled_from("12389"),
    st.integers(0, 9_999_999),
)
early = st.builds(
    lambda year, kind, serial: f"{year:02d}{kind}{serial:05d}",
    st.sampled_from([*range(85, 100), *range(4)]),
    st.sampled_from("12389"),
    st.integers(0, 99_999),
)
numbers = st.one_of(modern, early)


@pytest.mark.parametrize(
    "text",
    [
        "ZL200310102344.5",
        "ZL 2003 1 0102344.5",
        "zl2003101023445",
        "ＺＬ２００３１０１０２３４４．５",
        "ZL-2003-1-0102344·5",
        "ZL200310102344。5",
    ],
)
def test_every_way_of_writing_is_the_same_number(text):
    number = parse_patent_number(text)
    assert str(number) == "ZL200310102344.5"
    assert (number.year, number.kind, number.granted) == (2003, PatentKind.INVENTION, True)


def test_application_and_grant_share_the_application_number():
    application, grant = parse_patent_number("CN200310102344.5"), parse_patent_number("ZL200310102344.5")
    assert application.application == grant.application == "200310102344.5"
    assert not application.granted
    assert str(parse_patent_number("2003101023445")) == "CN200310102344.5"


@given(numbers, st.sampled_from(["", "CN", "ZL"]))
def test_a_number_with_its_check_digit_is_accepted_and_stays_the_same(digits, prefix):
    number = parse_patent_number(prefix + digits + check_digit(digits))
    assert parse_patent_number(str(number)) == number if prefix else str(number).startswith("CN")
    assert number.digits == digits


@given(numbers, st.data())
def test_one_changed_digit_is_refused(digits, data):
    text = digits + check_digit(digits)
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from("0123456789X" if place == len(text) - 1 else "0123456789"))
    assume(other != text[place])
    with pytest.raises(PatentNumberError):
        parse_patent_number(text[:place] + other + text[place + 1 :])


def test_kinds_include_the_international_ones():
    kinds = {
        kind: parse_patent_number(f"2010{kind}0000001{check_digit(f'2010{kind}0000001')}").kind
        for kind in "12389"
    }
    assert kinds == {
        "1": PatentKind.INVENTION,
        "2": PatentKind.UTILITY_MODEL,
        "3": PatentKind.DESIGN,
        "8": PatentKind.INVENTION,
        "9": PatentKind.UTILITY_MODEL,
    }


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "layout"),
        ("CN110123456A", "layout"),
        ("US200310102344.5", "layout"),
        ("2" * 50_000, "layout"),
        ("200340102344" + check_digit("200340102344"), "kind"),
        ("199910102344" + check_digit("199910102344"), "year"),
        ("04100001" + check_digit("04100001"), "year"),
        ("200310102344.6", "check"),
    ],
)
def test_each_fault_has_its_code(text, code):
    started = perf_counter()
    with pytest.raises(PatentNumberError) as refused:
        parse_patent_number(text)
    assert refused.value.code == code
    assert str(refused.value.message)
    assert perf_counter() - started < 0.05
