from hypothesis import example, given
from hypothesis import strategies as st

from search_index.analysis import LONGEST, fold, is_cjk, tokens

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=2, max_size=12)


def test_a_chinese_run_becomes_overlapping_pairs():
    assert tokens("锂离子电池") == ["锂离", "离子", "子电", "电池"]


def test_a_run_of_one_character_is_that_character():
    assert tokens("用A法") == ["用", "法"]


def test_particles_standing_alone_are_dropped():
    assert tokens("电池的SOC") == ["电池", "池的", "soc"]
    assert tokens("the state of the battery") == ["state", "batteri"]


def test_half_width_case_and_traditional_characters_make_no_difference():
    assert tokens("鋰離子電池ＳＯＣ") == tokens("锂离子电池soc")


def test_a_phrase_decides_how_a_traditional_character_is_simplified():
    assert fold("乾坤乾燥") == "乾坤干燥"


def test_latin_words_are_stemmed_and_lose_accents():
    assert tokens("Batteries") == tokens("battery")
    assert tokens("Schrödinger") == tokens("Schrodinger")


def test_a_compound_is_kept_whole_and_in_parts():
    assert tokens("LR-TOPS-12 5G/6G") == ["lr-tops-12", "lr", "top", "12", "5g/6g", "5g", "6g"]
    assert tokens("3.5") == ["3.5"]
    assert tokens("C++ C#") == ["c++", "c#"]


def test_a_classification_symbol_gives_its_subclass_and_itself():
    assert tokens("G06F 16/33") == tokens("g06f16/33") == ["g06f", "g06f16/33"]


def test_every_spelling_of_a_patent_number_is_one_token():
    spellings = [
        "ZL202010123456.7",
        "ZL 2020 1 0123456.7",
        "CN202010123456",
        "202010123456.7",
        "cn 202010123456.x",
    ]
    assert {tuple(tokens(spelling)) for spelling in spellings} == {("cn202010123456",)}
    assert tokens("CN113456789A") == tokens("CN 113456789 B") == ["cn113456789"]
    assert tokens("US10123456B2") == ["us10123456"]


@given(st.text())
@example("İ a.. 。﷽")
def test_any_text_gives_clean_tokens(text):
    for token in tokens(text):
        assert token
        assert not any(character.isspace() for character in token)
        assert len(token) <= LONGEST


@given(HAN, st.data())
def test_any_piece_of_a_simplified_run_is_found_in_it(run, data):
    folded = fold(run)
    start = data.draw(st.integers(0, len(folded) - 2))
    end = data.draw(st.integers(start + 2, len(folded)))
    piece = folded[start:end]
    if fold(piece) == piece:  # alone, a traditional character may read as another simplified one
        assert set(tokens(piece)) <= set(tokens(folded))


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126)))
def test_full_width_text_gives_the_same_tokens(text):
    wide = "".join(chr(ord(character) + 0xFEE0) for character in text)
    assert tokens(wide) == tokens(text)


@given(HAN)
def test_chinese_tokens_are_chinese(run):
    assert all(is_cjk(token) for token in tokens(run))
