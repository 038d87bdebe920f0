import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index.parsing import parse
from search_index.query import Alternative, Match
from search_index.synonyms import SynonymError, read_synonyms, shipped_synonyms

TABLE = read_synonyms("锂电池, 锂离子电池, lithium battery\nAI, 人工智能\n软体 => 软件\n")
SHIPPED = shipped_synonyms()


def alternatives(text, table=None):
    return [group[0] for group in parse(text, table).clauses.groups]


def test_words_must_all_be_there():
    assert alternatives("石墨烯 导热") == [
        Alternative(("石墨",)),
        Alternative(("墨烯",)),
        Alternative(("导热",)),
    ]


@pytest.mark.parametrize("text", ['"石墨烯膜"', "“石墨烯膜”", "「石墨烯膜」"])
def test_quoted_words_stand_side_by_side(text):
    assert alternatives(text) == [Alternative(("石墨", "墨烯", "烯膜"), Match.PHRASE)]


def test_a_minus_before_a_word_or_a_phrase_excludes_it():
    clauses = parse('电池 -铅酸 -"回收利用"').clauses
    assert clauses.excluded == (Alternative(("铅酸",)), Alternative(("回收", "收利", "利用"), Match.PHRASE))
    assert [group[0].tokens for group in clauses.groups] == [("电池",)]


def test_a_hyphen_inside_a_word_excludes_nothing():
    assert parse("LR-TOPS-12").clauses.excluded == ()


def test_one_character_is_searched_as_a_beginning():
    assert alternatives("锂") == [Alternative(("锂",), Match.PREFIX)]
    assert alternatives("的") == [Alternative(("的",), Match.PREFIX)]


def test_punctuation_alone_asks_for_something_that_is_never_there():
    assert parse("!!!").clauses.groups == ((),)


def test_nothing_typed_asks_for_everything():
    assert parse("  ").clauses.empty


def test_synonyms_are_searched_beside_the_word_with_less_weight():
    parsed = parse("新型锂电池材料", TABLE)
    synonym_group = next(group for group in parsed.clauses.groups if len(group) > 1)
    assert [one.tokens for one in synonym_group] == [
        ("型锂", "锂电", "电池", "池材"),
        ("锂离", "离子", "子电", "电池"),
        ("lithium", "batteri"),
    ]
    assert {one.boost for one in synonym_group[1:]} == {0.6}
    assert [synonym.word for synonym in parsed.synonyms] == ["锂电池"]


def test_the_longest_word_of_the_table_wins():
    assert [synonym.word for synonym in parse("锂离子电池", TABLE).synonyms] == ["锂离子电池"]


def test_latin_words_of_the_table_are_whole_words():
    assert parse("AI chip", TABLE).synonyms
    assert not parse("maintain", TABLE).synonyms


def test_an_arrow_leads_one_way():
    assert parse("软体", TABLE).synonyms[0].also == ("软件",)
    assert not parse("软件", TABLE).synonyms


def test_quoted_words_have_no_synonyms():
    assert not parse('"锂电池"', TABLE).synonyms


@pytest.mark.parametrize(("text", "line"), [("AI", 1), ("\nA1=>", 2), ("=>B1", 1), ("锂, lithium", 1)])
def test_a_bad_line_of_the_table_is_named(text, line):
    with pytest.raises(SynonymError) as caught:
        read_synonyms(text)
    assert caught.value.line == line


def test_the_shipped_table_is_large_and_crosses_languages():
    assert len(SHIPPED) >= 400
    assert any("internet of things" in synonym.also for synonym in parse("物联网", SHIPPED).synonyms)
    assert any("锂电池" in synonym.also for synonym in parse("lithium battery", SHIPPED).synonyms)


@pytest.mark.parametrize("text", ["CG2026000001", "lr-tops-12", "ZL202010123456.7"])
def test_what_may_be_a_number_is_looked_up_as_one(text):
    assert parse(text).number is not None


@pytest.mark.parametrize("text", ["锂电池", "battery", "CG2026000001 -x"])
def test_words_are_not_numbers(text):
    assert parse(text).number is None


@given(st.text())
def test_any_text_can_be_parsed(text):
    parsed = parse(text, SHIPPED)
    assert parsed.clauses.empty or text.strip()
    assert all(one.tokens for group in parsed.clauses.groups for one in group)


@given(st.text(alphabet='"-“”「 锂电池ai>=,的', max_size=30))
def test_any_mixture_of_operators_can_be_parsed(text):
    optional = parse(text, TABLE).clauses.optional()
    assert len({(one.tokens, one.match) for one in optional}) == len(optional)
    assert all(len(one.tokens) == 1 or one.match is Match.PHRASE for one in optional)


@given(st.text(alphabet="AB锂电池,=>#\n ", max_size=40))
def test_a_table_is_read_or_refused_with_its_line(text):
    assert 1 <= bad_line(text) <= max(len(text.splitlines()), 1)


def bad_line(text):
    """The line a table is refused for, or its first if it is read."""
    try:
        read_synonyms(text)
    except SynonymError as error:
        return error.line
    return 1
