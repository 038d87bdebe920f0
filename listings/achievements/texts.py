"""Text as it is kept. Forms tidy what people type; what still cannot be kept is refused in words."""

import re

from marketplace.core.db import JSONValue

#: Control characters except tab and line feed, and halves of surrogate pairs: no database, file or log keeps them.
_UNSTORABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def tidy(text: str) -> str:
    """Line ends as the journal hashes them, no space around, nothing that cannot be stored."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNSTORABLE.sub("", lines).strip()


def storable(value: JSONValue) -> bool:
    """Can every text in this JSON value be kept as it is?"""
    if isinstance(value, str):
        return not _UNSTORABLE.search(value)
    if isinstance(value, list):
        return all(storable(part) for part in value)
    if isinstance(value, dict):
        return all(storable(part) for part in value.values())
    return True
