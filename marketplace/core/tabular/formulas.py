"""The guard against formula injection in text tables: spreadsheets run a cell that looks like a formula.

Source: OWASP, CSV Injection. A text that could be taken for a formula gets one apostrophe in front; `unguarded` takes it
away again, so that a table we wrote and read back is the same. Numbers, also negative ones, stay numbers.
"""

import re

# Full-width and small forms of = + - @ | % count, because spreadsheets in Chinese locales fold them; so does the minus.
_TRIGGER = "=+\\-@|%" + "＝＋－＠｜％" + "﹢﹣﹦﹫﹪" + "−"
# Characters a spreadsheet may skip in front: spaces, controls, zero-width and direction marks.
_SKIPPED = r"\s\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_FORMULA = re.compile(rf"'*[{_SKIPPED}]*[{_TRIGGER}\t\r]")
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")


def guarded(text: str) -> str:
    """The text as it may stand in a CSV cell. NUL characters, which no spreadsheet reads, are left out."""
    clean = text.replace("\x00", "")
    return f"'{clean}" if _looks_like_formula(clean) else clean


def unguarded(text: str) -> str:
    """The text before `guarded`."""
    return text[1:] if text.startswith("'") and _looks_like_formula(text[1:]) else text


def _looks_like_formula(text: str) -> bool:
    # Apostrophes in front are looked through, so that a text which already has one is guarded too and comes back whole.
    return _FORMULA.match(text) is not None and _NUMBER.fullmatch(text) is None
