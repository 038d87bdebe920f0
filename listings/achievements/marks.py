"""A mark of what a section holds. A page of the form carries the one it was made with, so that a later save can tell
whether this very section was changed meanwhile: a colleague at work on another one is in nobody's way.
"""

import hashlib

import rfc8785

from listings.achievements.content import SECTIONS, from_json, to_json
from listings.achievements.models import Revision
from marketplace.core.db import JSONObject

_FIELDS = {section.name: section.fields for section in SECTIONS}
_LENGTH = 20  # hex digits: enough to tell texts apart


def mark_of(revision: Revision, section: str) -> str:
    """The mark of the section as it is stored."""
    return _mark(section, revision.content, revision.typed)


def fresh(revision: Revision, section: str, mark: str, changes: JSONObject, typed: JSONObject) -> bool:
    """May `changes` and `typed` be saved by whoever began from `mark`?

    Yes when the section is still what it was, and when it already says the same: a save pressed while the automatic
    one was on its way meets its own words.
    """
    kept = {name: text for name, text in revision.typed.items() if name not in changes}
    wished = _mark(section, {**revision.content, **changes}, {**kept, **typed})
    return mark_of(revision, section) in {mark, wished}


def _mark(section: str, content: JSONObject, typed: JSONObject) -> str:
    fields = _FIELDS[section]
    whole = to_json(from_json(content))  # as it would be stored, whatever shape the changes have
    said = {
        "content": {name: whole[name] for name in fields},
        "typed": {name: typed[name] for name in fields if name in typed},
    }
    return hashlib.sha256(rfc8785.dumps(said)).hexdigest()[:_LENGTH]
