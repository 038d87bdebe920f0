"""English is complete and as new as the code."""

import re
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo

from marketplace.catalogue import CATALOGUE, english, extracted, merged, missing

PLACE = re.compile(r"%\((\w+)\)|\{(\w+)\}")


def test_the_catalogue_has_what_the_code_says_and_nothing_else(tmp_path: Path):
    known = english()
    found = merged(extracted(tmp_path / "messages.pot"), known)
    keys = [(str(message.id), message.context) for message in found]
    assert sorted(keys, key=str) == sorted(((str(m.id), m.context) for m in known), key=str), (
        "run `make i18n`"
    )


def test_every_message_has_english():
    assert missing(english()) == []


def test_a_translation_fills_in_the_same_values():
    wrong = []
    for message in english():
        texts = message.string if isinstance(message.string, (tuple, list)) else [message.string]
        original = message.id[0] if isinstance(message.id, (tuple, list)) else message.id
        wrong += [original for text in texts if message.id and _places(text) - _places(original)]
    assert wrong == []


def test_no_english_text_holds_chinese():
    """Legal terms may be quoted in brackets after their English word."""
    chinese = re.compile(r"[\u4e00-\u9fff]")
    quoted = re.compile(r"[(（“][^()（）”]*[\u4e00-\u9fff][^()（）”]*[)）”]")
    wrong = [str(m.string) for m in english() if m.id and chinese.search(quoted.sub("", str(m.string)))]
    assert wrong == []


def test_the_compiled_catalogue_is_the_written_one():
    compiled = BytesIO()
    write_mo(compiled, english())
    assert CATALOGUE.with_suffix(".mo").read_bytes() == compiled.getvalue(), "run `make i18n`"


def _places(text: object) -> set[str]:
    return {one or other for one, other in PLACE.findall(str(text))}
