"""The guard against formula injection."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.tabular.formulas import guarded, unguarded
from tests.core.tabular.payloads import FORMULAS, HARMLESS


@pytest.mark.parametrize("text", FORMULAS)
def test_what_looks_like_a_formula_gets_an_apostrophe(text):
    assert guarded(text) == "'" + text.replace("\x00", "")


@pytest.mark.parametrize("text", HARMLESS)
def test_numbers_and_words_are_left_alone(text):
    assert guarded(text) == text == unguarded(text)


@given(st.text(st.one_of(st.characters(), st.sampled_from("'=+-@|%＝ \t\r"))))
def test_the_guard_comes_off_again(text):
    assert unguarded(guarded(text)) == text.replace("\x00", "")


@given(st.text(st.sampled_from("=+-@|%\t\r \n'a1.")))
def test_a_guarded_text_begins_with_nothing_a_spreadsheet_runs(text):
    safe = guarded(text)
    assert safe.lstrip(" \n")[:1] not in {*"=+@|%\t\r"}
    if safe.lstrip(" \n").startswith("-"):
        assert float(safe) <= 0


@pytest.mark.parametrize("pattern", ["'", " ", "=", "\t", "-1", "1", "\u200b", "'\t"])
def test_fifty_kilobytes_take_no_time(pattern):
    started = perf_counter()
    unguarded(guarded(pattern * 50_000))
    assert perf_counter() - started < 0.05
