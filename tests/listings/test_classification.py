import dataclasses
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listings.classification import (
    PRICE_BANDS,
    RETURN_REASONS,
    SECRECY_QUESTIONS,
    TRL,
    Code,
    CodeList,
    MalformedListError,
    UnknownCodeError,
    UnknownListError,
    _build,
    _check,
    codes,
    label,
    list_names,
    price_band,
)

CHINESE = re.compile(r"[\u3400-\u9fff]")
# Chinese characters and the punctuation that comes with them
CHINESE_TEXT = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")

EXPECTED = {
    "abuse_reasons", "achievement_classes", "achievement_forms", "agency_kinds", "attributes", "disclosure_levels",
    "industries", "ip_kinds", "ip_states", "levels", "price_bands", "price_modes", "regions", "return_reasons",
    "secrecy_questions", "technology_fields", "transfer_modes", "trl", "withdrawal_reasons",
}  # fmt: skip

every_list = pytest.mark.parametrize("name", list_names())


def test_every_vocabulary_of_the_market_is_shipped():
    assert set(list_names()) >= EXPECTED


@every_list
def test_a_list_says_where_it_comes_from(name: str):
    listed = codes(name)
    assert listed.edition
    assert listed.source
    assert len(listed) > 0


@every_list
def test_every_code_has_a_chinese_and_an_english_name(name: str):
    for item in codes(name):
        for column in dataclasses.fields(item):
            value = getattr(item, column.name)
            assert value is None or not isinstance(value, str) or value == value.strip()
            if column.name == "zh" or (column.name.endswith("_zh") and value):
                assert CHINESE.search(value), (item.code, column.name)
            if column.name == "en" or column.name.endswith("_en"):
                assert not CHINESE_TEXT.search(value), (item.code, column.name)
        assert item.en, item.code


@every_list
def test_what_is_explained_in_one_language_is_explained_in_the_other(name: str):
    for item in codes(name):
        assert bool(item.note_zh) == bool(item.note_en), item.code


@every_list
def test_names_are_unique_among_siblings(name: str):
    for column in ("zh", "en"):
        named = [(item.parent, getattr(item, column)) for item in codes(name)]
        assert len(set(named)) == len(named), column


@every_list
def test_every_code_rolls_up_to_a_root_and_is_found_from_it(name: str):
    listed = codes(name)
    for item in listed:
        root = listed.root(item.code)
        assert root.parent is None
        assert item.code in listed.subtree(root.code)
        assert listed.path(item.code)[-1] is item
    assert frozenset().union(*(listed.subtree(root.code) for root in listed.roots())) == {
        i.code for i in listed
    }


@every_list
@given(code=st.text(max_size=8))
def test_an_unknown_code_is_an_error_and_a_known_one_has_a_label(name: str, code: str):
    listed = codes(name)
    if code in listed:
        assert listed.label(code, "zh")
    else:
        with pytest.raises(UnknownCodeError):
            listed[code]
        with pytest.raises(UnknownCodeError):
            listed.subtree(code)


def test_an_unknown_list_is_an_error():
    with pytest.raises(UnknownListError):
        codes("colours")


def test_labels_follow_the_locale():
    assert label("technology_fields", "0103", "zh") == "软件与人工智能"
    assert label("technology_fields", "0103", "zh_Hans_CN") == "软件与人工智能"
    assert label("technology_fields", "0103", "en") == "Software and artificial intelligence"
    assert label("technology_fields", "0103", "en_GB") == "Software and artificial intelligence"


def test_choices_keep_the_order_of_the_list():
    assert [code for code, _ in codes("trl").choices("en")] == [str(n) for n in range(1, 10)]


def test_technology_fields_are_the_eleven_of_the_contract_statistics_with_a_second_level_of_our_own():
    fields = codes("technology_fields")
    assert [root.code for root in fields.roots()] == [f"{n:02d}" for n in range(1, 12)]
    for root in fields.roots():
        below = fields.children(root.code)
        assert len(below) >= 5
        assert all(item.code.startswith(root.code) and item.status == "D" for item in below)


def test_industries_hold_sections_a_to_t_and_divisions_below_them():
    industries = codes("industries")
    assert [root.code for root in industries.roots()] == list("ABCDEFGHIJKLMNOPQRST")
    assert all(re.fullmatch(r"\d{2}", item.code) for item in industries if item.parent)


def test_a_city_belongs_to_the_province_its_number_names():
    regions = codes("regions")
    assert len(regions.roots()) == 34
    assert all(item.code[:2] + "0000" == item.parent for item in regions if item.parent)


def test_readiness_stages_never_go_back():
    order = [stage.code for stage in codes("stages")]
    positions = [order.index(level.stage) for level in TRL]
    assert positions == sorted(positions)
    assert TRL["6"].evidence("en") != TRL["6"].evidence("zh")


def test_return_reasons_point_to_a_part_of_the_form():
    groups = codes("field_groups")
    assert all(reason.field_group in groups for reason in RETURN_REASONS)
    assert {reason.field_group for reason in RETURN_REASONS} == {group.code for group in groups}


def test_secrecy_questions_block_on_a_plain_answer_and_rest_on_a_law():
    outcomes = codes("secrecy_outcomes")
    for question in SECRECY_QUESTIONS:
        assert question.blocks_on in {"yes", "no"}
        assert question.outcome in outcomes
        assert question.basis
        for basis in question.basis:
            assert CHINESE.search(basis.law)
            assert re.fullmatch(r"\d+", basis.article)
            assert basis.status in {"V", "V2", "K"}
        assert bool(question.evidence("zh")) == bool(question.evidence("en"))


def test_defence_export_and_genetic_resources_are_asked_about():
    assert {"secrecy", "defence", "export", "genetic"} <= {question.group for question in SECRECY_QUESTIONS}


@given(answer=st.text(max_size=4))
def test_only_the_harmless_answer_passes_a_secrecy_question(answer: str):
    for question in SECRECY_QUESTIONS:
        harmless = "no" if question.blocks_on == "yes" else "yes"
        assert question.blocks(answer) == (answer != harmless)


@given(amount=st.integers(min_value=0, max_value=10**13))
def test_every_price_falls_in_exactly_one_band(amount: int):
    holding = [band for band in PRICE_BANDS if band.holds(amount)]
    assert holding == [price_band(amount)]


def test_a_negative_price_has_no_band():
    with pytest.raises(ValueError):
        price_band(-1)


def test_notes_and_evidence_follow_the_locale():
    assert codes("disclosure_levels")["nda"].note("en").startswith("After signing")
    assert CHINESE.search(codes("disclosure_levels")["nda"].note("zh"))
    assert SECRECY_QUESTIONS["defence_origin"].evidence("en").startswith("Classifying body")


def _listed(*items: Code) -> CodeList[Code]:
    return CodeList(name="made_up", edition="1", source="test", status="D", items=items)


@pytest.mark.parametrize(
    "items",
    [
        (Code(code="a", zh="甲", en="A"), Code(code="a", zh="乙", en="B")),
        (Code(code="a", zh="甲", en="A", parent="b"), Code(code="b", zh="乙", en="B")),
        (Code(code="a", zh="甲", en="A", parent="a"),),
        (Code(code="a", zh="甲", en="A", status="X"),),
    ],
    ids=["a code twice", "a child before its parent", "its own parent", "a strange status"],
)
def test_a_malformed_list_is_refused(items: tuple[Code, ...]):
    with pytest.raises(MalformedListError):
        _check(_listed(*items))


@pytest.mark.parametrize(
    "raw", [{"code": "a", "zh": "甲"}, {"code": "a", "zh": "甲", "en": "A", "colour": "red"}]
)
def test_a_missing_or_unknown_column_is_refused(raw: dict[str, object]):
    with pytest.raises(MalformedListError):
        _build(Code, raw, "made_up[0]")
