from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.halfwidth import halfwidth


def test_full_width_signs_become_ascii():
    assert halfwidth("ＺＬ２０２０　１．５，") == "ZL2020 1.5,"


@given(st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E)))
def test_every_ascii_sign_has_a_full_width_form_that_comes_back(text):
    assert halfwidth("".join(chr(ord(character) + 0xFEE0) for character in text)) == text


@given(st.text())
def test_the_length_stays_and_twice_changes_nothing_more(text):
    assert len(halfwidth(text)) == len(text)
    assert halfwidth(halfwidth(text)) == halfwidth(text)
