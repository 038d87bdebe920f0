"""The comparison of two texts loses nothing and says what changed."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from marketplace.moderation import difference
from marketplace.moderation.difference import segments

TEXTS = st.text(alphabet="的技术转化率ab1 .,；。\n", max_size=80) | st.text(max_size=40)


@given(TEXTS, TEXTS)
def test_kept_and_deleted_pieces_are_the_old_text_kept_and_inserted_ones_the_new(before, after):
    found = segments(before, after)
    assert "".join(text for operation, text in found if operation != "insert") == before
    assert "".join(text for operation, text in found if operation != "delete") == after


@given(TEXTS, TEXTS)
def test_there_are_no_empty_pieces_and_no_two_of_a_kind_in_a_row(before, after):
    found = segments(before, after)
    assert all(text for _operation, text in found)
    assert all(one[0] != two[0] for one, two in pairwise(found))


@given(TEXTS)
def test_equal_texts_have_no_changes(text):
    assert segments(text, text) == ([("equal", text)] if text else [])


def test_chinese_is_compared_by_character_and_numbers_whole():
    assert segments("转化效率达到23.5%以上", "转化效率达到25.1%以上") == [
        ("equal", "转化效率达到"),
        ("delete", "23.5"),
        ("insert", "25.1"),
        ("equal", "%以上"),
    ]
    assert segments("柔性组件", "刚性组件") == [("delete", "柔"), ("insert", "刚"), ("equal", "性组件")]
    assert segments("solar cells", "solar panels")[1:] == [("delete", "cells"), ("insert", "panels")]


def test_a_single_kept_character_between_changes_is_shown_as_changed():
    assert segments("甲乙丙", "丁乙戊") == [("delete", "甲乙丙"), ("insert", "丁乙戊")]


def test_long_texts_are_compared_by_sentence(monkeypatch):
    monkeypatch.setattr(difference, "_MOST_PAIRS", 20)
    same = "这一句没有变化。"
    assert segments(same + "甲乙丙丁戊己", same + "子丑寅卯辰巳") == [
        ("equal", same),
        ("delete", "甲乙丙丁戊己"),
        ("insert", "子丑寅卯辰巳"),
    ]
