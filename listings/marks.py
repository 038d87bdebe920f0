"""A mark of what a section holds. A page of a form carries the one it was made with, so that a later save can tell
whether this very section was changed meanwhile: a colleague at work on another one is in nobody's way.
"""

import hashlib
from typing import Protocol

import rfc8785

from listings.written import Written
from marketplace.core.db import JSONObject

_LENGTH = 20  # hex digits: enough to tell texts apart


class Kept(Protocol):
    """A row with a text: what was understood of it, and what was only typed."""

    @property
    def content(self) -> JSONObject: ...

    @property
    def typed(self) -> JSONObject: ...


def mark_of(text: Written, row: Kept, section: str) -> str:
    """The mark of the section as it is stored."""
    return _mark(text, section, row.content, row.typed)


def fresh(text: Written, row: Kept, section: str, mark: str, changes: JSONObject, typed: JSONObject) -> bool:
    """May `changes` and `typed` be saved by whoever began from `mark`?

    Yes when the section is still what it was, and when it already says the same: a save pressed while the automatic
    one was on its way meets its own words.
    """
    kept = {name: words for name, words in row.typed.items() if name not in changes}
    wished = _mark(text, section, {**row.content, **changes}, {**kept, **typed})
    return mark_of(text, row, section) in {mark, wished}


def _mark(text: Written, section: str, content: JSONObject, typed: JSONObject) -> str:
    fields = text.sections[section]
    whole = text.to_json(text.from_json(content))  # as it would be stored, whatever shape the changes have
    said = {
        "content": {name: whole[name] for name in fields},
        "typed": {name: typed[name] for name in fields if name in typed},
    }
    return hashlib.sha256(rfc8785.dumps(said)).hexdigest()[:_LENGTH]
