import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index.analysis import fold, is_han
from search_index.pinyin import full, readings
from search_index.schema import document
from search_index.spelling import Speller, one_edit_apart
from search_index.suggest import suggest
from search_index.terms import TermTable
from tests.search_index.corpus import PUBLIC, docs, papers, technologies

WORDS = st.text(alphabet="abc", max_size=6)


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    made = TermTable(tmp_path_factory.mktemp("terms") / "terms.sqlite3", PUBLIC)
    made.apply(docs(), ())
    yield made
    made.close()


@pytest.fixture(scope="module")
def keywords():
    """Chinese keywords of 4 to 10 characters."""
    all_of_them = {fold(word) for paper in papers() for word in paper.keywords}
    return sorted(word for word in all_of_them if 4 <= len(word) <= 10 and is_han(word))


def texts(suggestions):
    return [suggestion.text for suggestion in suggestions]


def test_words_are_suggested_by_characters_pinyin_and_initials(table):
    for typed in ("遗传算", "yichuansuan", "YCSF", "遺傳", "ｙｉｃｈｕａｎ"):
        assert "遗传算法" in texts(suggest(table, typed)), typed


def test_suggestions_say_what_they_are_and_where_they_lead(table):
    paper = papers()[0]
    (title,) = [one for one in suggest(table, paper.title[:12]) if one.group == "title"]
    assert (title.text, title.doc) == (paper.title, paper.id)
    (number,) = suggest(table, "cg2026000000")
    assert (number.group, number.text, number.doc) == ("number", "CG2026000000", paper.id)


def test_at_most_eight_the_most_frequent_first(table):
    found = suggest(table, "s")
    assert len(found) == 8
    assert suggest(table, "") == ()


def test_most_keywords_are_suggested_from_their_pinyin(table, keywords):
    sample = random.Random(1).sample(keywords, 300)
    by_pinyin = sum(word in [fold(text) for text in texts(suggest(table, full(word)))] for word in sample)
    by_initials = sum(
        word in [fold(text) for text in texts(suggest(table, readings(word)[1]))] for word in sample
    )
    assert by_pinyin / len(sample) >= 0.99
    assert by_initials / len(sample) >= 0.9


def wrong_sound(word, chance, characters):
    for place in chance.sample(range(len(word)), len(word)):
        others = [one for one in characters.get(full(word[place]), ()) if one != word[place]]
        if others:
            return word[:place] + chance.choice(others) + word[place + 1 :]
    return word


def wrong_character(word, chance, _characters):
    place = chance.randrange(len(word))
    return word[:place] + chance.choice("的学机电水分") + word[place + 1 :]


def swapped(word, chance, _characters):
    place = chance.randrange(len(word) - 1)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


@pytest.mark.parametrize(
    ("mistype", "target"), [(wrong_sound, 0.95), (wrong_character, 0.90), (swapped, 0.95)]
)
def test_mistyped_chinese_is_put_right_first(table, keywords, mistype, target):
    chance = random.Random(2)
    characters: dict[str, list[str]] = {}
    for character in sorted({character for word in keywords for character in word}):
        characters.setdefault(full(character), []).append(character)
    pairs = [(mistype(word, chance, characters), word) for word in chance.sample(keywords, 400)]
    wrong = [(typed, word) for typed, word in pairs if typed != word and typed not in set(keywords)]
    speller = Speller(table)
    right = sum(speller.correct(typed) == word for typed, word in wrong)
    assert len(wrong) >= 300
    assert right / len(wrong) >= target


def test_misspelt_english_is_put_right(table):
    chance = random.Random(3)
    words = sorted({word.lower() for text in technologies() for word in text.title.split() if word.isalpha()})
    words = [word for word in words if len(word) >= 6]
    speller = Speller(table)
    misspelt = [
        (word[:at] + word[at + 1 :], word) for word in words for at in [chance.randrange(1, len(word))]
    ]
    misspelt = [(typed, word) for typed, word in misspelt if not table.knows(typed)]
    right = sum(speller.correct(typed) == word for typed, word in misspelt)
    assert len(misspelt) >= 100
    assert right / len(misspelt) >= 0.9


def test_a_word_that_sounds_right_is_found_inside_a_longer_text(table):
    assert Speller(table).correct("基于遗船算法") == "基于遗传算法"


@pytest.mark.parametrize(
    "typed", ["yichuansuanfa", "yi chuan suan fa", "YiChuan SuanFa", "ｙｉｃｈｕａｎｓｕａｎｆａ"]
)
def test_a_word_left_as_its_sound_is_put_into_characters(table, typed):
    assert Speller(table).correct(typed) == "遗传算法"


def test_most_keywords_are_found_from_their_pinyin(table, keywords):
    sample = random.Random(4).sample(keywords, 300)
    speller = Speller(table)
    right = sum(full(speller.correct(full(word)) or "") == full(word) for word in sample)
    assert right / len(sample) >= 0.99


def test_words_of_the_trade_are_right_though_no_document_has_them_alone(tmp_path: Path):
    table = TermTable(tmp_path / "terms.sqlite3", PUBLIC)
    speller = Speller(table, ["传感器", "sensor"])
    assert [speller.correct(text) for text in ("传感期", "chuanganqi", "传感器", "sensor")] == [
        "传感器",
        "传感器",
        None,
        None,
    ]
    assert speller.correct("高温传敢器阵列") == "高温传感器阵列"
    table.close()


@pytest.mark.parametrize("text", ["遗传算法", "genetic", "x", "", "12345", "!!!", "batteries battery"])
def test_what_is_right_or_unknown_is_left_alone(table, text):
    assert Speller(table).correct(text) is None


def test_a_wrong_letter_is_likelier_than_one_more(tmp_path: Path):
    table = TermTable(tmp_path / "terms.sqlite3", PUBLIC)
    titles = ["cart", "carxo one", "carxo two"]
    table.apply([document(id=t, kind="x", title=t, body="", audiences=PUBLIC) for t in titles], ())
    assert Speller(table).correct("carx") == "cart"
    table.close()


@given(text=st.text(max_size=30))
def test_any_text_can_be_suggested_for_and_corrected(table, text):
    assert len(suggest(table, text)) <= 8
    assert Speller(table).correct(text) != text


@given(WORDS, WORDS)
def test_one_edit_is_told_from_more(one, other):
    letters = "abc"
    edits = {one}
    edits |= {one[:at] + one[at + 1 :] for at in range(len(one))}
    edits |= {one[:at] + letter + one[at:] for at in range(len(one) + 1) for letter in letters}
    edits |= {one[:at] + letter + one[at + 1 :] for at in range(len(one)) for letter in letters}
    edits |= {one[:at] + one[at + 1] + one[at] + one[at + 2 :] for at in range(len(one) - 1)}
    assert one_edit_apart(one, other) == (other in edits)


def test_a_word_goes_with_its_last_document(tmp_path: Path):
    table = TermTable(tmp_path / "terms.sqlite3", PUBLIC)
    both = [
        document(id=id_, kind="x", title=f"标题{id_}", body="", audiences=PUBLIC, keywords=["石墨烯"])
        for id_ in "ab"
    ]
    table.apply(both, ())
    table.apply(both, ())  # applying the same again changes nothing
    assert [entry.docs for entry in table.beginning("key", "石墨烯", 5)] == [2]
    table.apply((), ["a"])
    assert [entry.docs for entry in table.beginning("key", "石墨烯", 5)] == [1]
    table.apply((), ["b", "never"])
    assert table.beginning("key", "石墨烯", 5) == []
    assert table.near(["石墨"]) == []
    table.close()


def test_the_table_outlives_the_process(tmp_path: Path):
    first = TermTable(tmp_path / "terms.sqlite3", PUBLIC)
    first.apply(docs()[:5], ())
    first.close()
    again = TermTable(tmp_path / "terms.sqlite3", PUBLIC)
    assert texts(suggest(again, papers()[0].title[:6])) == [papers()[0].title]
    again.close()


def test_a_word_written_in_two_ways_counts_once_for_a_document(tmp_path: Path):
    table = TermTable(tmp_path / "terms.sqlite3", PUBLIC)
    made = document(id="a", kind="x", title="t", body="", keywords=["LiDAR", "lidar"], audiences=PUBLIC)
    table.apply([made, made], ())
    assert [(one.text, one.docs) for one in table.beginning("key", "lidar", 8)] == [("lidar", 1)]
    table.apply([], ["a"])
    assert table.beginning("key", "lidar", 8) == []
    table.close()
