"""Reading and writing amounts."""

from decimal import Decimal
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.money import MAX_FEN, MoneyError, format_fen, parse_yuan
from marketplace.core.money_words import uppercase_fen

AMOUNTS = st.integers(0, MAX_FEN)


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("1950000", 195_000_000),
        ("1,950,000", 195_000_000),
        ("￥1,950,000.00", 195_000_000),
        ("¥ 195万", 195_000_000),
        ("195 万元", 195_000_000),
        ("１９５　万元", 195_000_000),
        ("１，９５０，０００．５", 195_000_050),
        ("人民币 1.95亿元", 19_500_000_000),
        ("RMB 12.5 万", 12_500_000),
        ("0.000001万", 1),
        ("CNY 0.01", 1),
        (".5", 50),
        ("0", 0),
        ("-0", 0),
        ("90万", 90_000_000),
        ("300元", 30_000),
        (" 12 ", 1_200),
    ],
)
def test_amounts_are_read_as_people_type_them(typed, fen):
    assert parse_yuan(typed) == fen


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "missing"),
        (" 　", "missing"),
        ("面议", "not_a_number"),
        ("1,95", "not_a_number"),
        ("1 950 000", "not_a_number"),
        ("1e5", "not_a_number"),
        ("12 千", "not_a_number"),
        ("1.2.3", "not_a_number"),
        ("1万2", "not_a_number"),
        ("九十万", "not_a_number"),
        ("٣٤", "not_a_number"),
        ("9" * 65, "not_a_number"),
        ("0.001", "too_precise"),
        ("0.0000001 万", "too_precise"),
        ("1.00000000000000000000000000000000000001 万", "too_precise"),
        ("-1", "negative"),
        ("－5万", "negative"),
        ("90071992547409.92", "too_large"),
        ("90071993 亿", "too_large"),
    ],
)
def test_what_is_not_an_amount_is_refused_with_its_code(typed, code):
    with pytest.raises(MoneyError) as refused:
        parse_yuan(typed)
    assert refused.value.code == code
    assert isinstance(refused.value, ValueError)
    assert str(refused.value.message)


@pytest.mark.parametrize("pattern", ["1", "1,", "1,111", " ", "￥", "万", "1.", "-", "９"])
def test_fifty_kilobytes_are_refused_at_once(pattern):
    started = perf_counter()
    with pytest.raises(MoneyError):
        parse_yuan(pattern * 50_000 + "x")
    assert perf_counter() - started < 0.05


@given(AMOUNTS)
def test_an_exact_amount_is_read_back_in_both_languages(fen):
    assert parse_yuan(format_fen(fen, "zh", "full")) == fen
    assert parse_yuan(format_fen(fen, "en")) == fen


@given(AMOUNTS, st.sampled_from(["", "元", "万", "万元", "亿", "亿元"]))
def test_every_unit_means_the_same_amount(fen, unit):
    factor = {"万": 10**4, "亿": 10**8}.get(unit[:1], 1)
    assert parse_yuan(f"{Decimal(fen).scaleb(-2) / factor:f}{unit}") == fen


@given(st.one_of(st.integers(0, 20_000_000_000), st.integers(0, MAX_FEN // 2)))
def test_a_list_shows_the_amount_to_half_of_its_last_digit(fen):
    shown = format_fen(fen)
    off = abs(parse_yuan(shown) - fen)
    if shown.endswith("亿元"):
        assert off <= 50_000_000
        assert fen >= 9_999_995_000
    elif shown.endswith("万元"):
        assert off <= 5_000
        assert 10_000 <= fen < 10_000_000_000
    else:
        assert off == 0
        assert fen < 10_000


@pytest.mark.parametrize(
    ("fen", "shown"),
    [
        (195_000_000, "195 万元"),
        (12_345_600, "12.35 万元"),
        (500_000, "0.5 万元"),
        (1_950_000_000, "1,950 万元"),
        (9_999_999_999, "1 亿元"),
        (10_000_000_000, "1 亿元"),
        (12_000_000_000, "1.2 亿元"),
        (5_000, "50 元"),
        (0, "0 元"),
        (-195_000_000, "-195 万元"),
    ],
)
def test_chinese_lists_use_wan_and_yi_without_trailing_zeros(fen, shown):
    assert format_fen(fen, "zh", "list") == shown


def test_full_amounts_are_exact():
    assert format_fen(195_000_000, "zh", "full") == "¥1,950,000"
    assert format_fen(195_000_050, "zh", "full") == "¥1,950,000.50"
    assert format_fen(-1, "zh", "full") == "-¥0.01"
    assert format_fen(195_000_000, "en", "list") == format_fen(195_000_000, "en", "full") == "CNY 1,950,000"


# The examples of the regulation itself, annex 1, article 3, and the corners between them.
@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (140_950, "壹仟肆佰零玖元伍角"),
        (600_714, "陆仟零柒元壹角肆分"),
        (168_032, "壹仟陆佰捌拾元叁角贰分"),
        (10_700_053, "壹拾万柒仟元伍角叁分"),
        (1_640_902, "壹万陆仟肆佰零玖元零贰分"),
        (32_504, "叁佰贰拾伍元零肆分"),
        (195_000_000, "壹佰玖拾伍万元整"),
        (0, "零元整"),
        (50, "伍角"),
        (5, "伍分"),
        (1_000_010_00, "壹佰万零壹拾元整"),
        (10_000_100_000, "壹亿零壹仟元整"),
        (100_100_000_000, "壹拾亿零壹佰万元整"),
        (100_000_000_000_000, "壹万亿元整"),
    ],
)
def test_capital_numerals_follow_the_regulation(fen, words):
    assert uppercase_fen(fen) == words


def read_capitals(words: str) -> int:
    """The other direction, written independently: a sum of digit times place within section within unit."""
    total = section = digit = 0
    places = {"拾": 10, "佰": 100, "仟": 1000}
    fen = {"元": 100, "角": 10, "分": 1}
    result = 0
    for character in words.removesuffix("整"):
        if character in "零壹贰叁肆伍陆柒捌玖":
            digit = "零壹贰叁肆伍陆柒捌玖".index(character)
        elif character in places:
            section, digit = section + digit * places[character], 0
        elif character == "万":
            total, section, digit = total + (section + digit) * 10**4, 0, 0
        elif character == "亿":
            total, section, digit = (total + section + digit) * 10**8, 0, 0
        else:
            result += (total + section + digit) * fen[character]
            total = section = digit = 0
    return result


@given(AMOUNTS)
def test_capital_numerals_can_be_read_back(fen):
    words = uppercase_fen(fen)
    assert read_capitals(words) == fen
    assert "零零" not in words
    assert words.endswith("整") == (fen % 100 == 0)


@pytest.mark.parametrize("fen", [-1, MAX_FEN + 1])
def test_capital_numerals_have_bounds(fen):
    with pytest.raises(ValueError):
        uppercase_fen(fen)
