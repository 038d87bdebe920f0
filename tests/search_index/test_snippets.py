import re

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from search_index.analysis import tokens
from search_index.snippets import WIDTH, mark, snippet

MARK = re.compile("</?mark>")


def marks(text):
    return frozenset(tokens(text))


def test_touching_pairs_are_one_mark():
    assert mark("固态锂离子电池包", marks("锂离子电池")) == "固态<mark>锂离子电池</mark>包"


def test_the_original_spelling_is_shown():
    assert mark("鋰離子ＳＯＣ Batteries", marks("锂离 soc battery")) == (
        "<mark>鋰離</mark>子<mark>ＳＯＣ</mark> <mark>Batteries</mark>"
    )


def test_markup_in_a_text_is_escaped_and_only_the_marks_are_tags():
    assert mark("<b>电池</b>&", marks("电池")) == "&lt;b&gt;<mark>电池</mark>&lt;/b&gt;&amp;"


def test_the_window_with_the_most_words_is_shown():
    text = "电池。" + "其他内容" * 60 + "石墨烯电池隔膜很好。" + "其他内容" * 60
    assert "<mark>石墨烯电池隔膜</mark>" in snippet(text, marks("石墨烯电池隔膜"))


def test_a_cut_text_shows_where_it_was_cut():
    text = "前" * 200 + "电池" + "后" * 200
    shown = snippet(text, marks("电池"))
    assert shown.startswith("…")
    assert shown.endswith("…")


def test_a_text_without_a_mark_shows_its_beginning():
    assert snippet("短文", frozenset({"电池"})) == "短文"


@given(st.text(), st.text(max_size=8))
def test_without_the_marks_a_title_is_the_escaped_text(text, query):
    assert MARK.sub("", mark(text, marks(query))) == Markup.escape(text)


@given(st.text(alphabet="锂电池ab<>&\"' 。İ㎡", max_size=400), st.text(alphabet="锂电池ab ", max_size=8))
def test_a_snippet_is_safe_short_and_from_the_text(text, query):
    shown = snippet(text, marks(query))
    inside = MARK.sub("", shown)
    assert "<" not in inside
    assert ">" not in inside
    plain = Markup(inside).unescape().strip("…")
    assert plain in text
    assert len(plain) <= WIDTH
    assert shown.count("<mark>") == shown.count("</mark>")
