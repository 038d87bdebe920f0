"""Suggestions while somebody types: by characters, by pinyin and by its initials."""

from dataclasses import dataclass

from search_index.analysis import fold
from search_index.terms import Entry, TermTable


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`group`: term, title, holder, number … `doc`: the document it leads to, if it leads to one."""

    text: str
    group: str
    doc: str | None


def suggest(table: TermTable, typed: str, limit: int = 8) -> tuple[Suggestion, ...]:
    """At most `limit` suggestions for the beginning of a word, words many documents share first."""
    prefix = " ".join(fold(typed).split())
    if not prefix:
        return ()
    entries = table.beginning("key", prefix, limit)
    if prefix.isascii():
        spoken = prefix.replace(" ", "").replace("'", "")
        entries += table.beginning("full", spoken, limit)
        entries += table.beginning("initials", spoken, limit) if len(spoken) > 1 else []
    best: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        best.setdefault((entry.text, entry.group), entry)
    ordered = sorted(best.values(), key=lambda entry: -entry.docs)
    return tuple(Suggestion(entry.text, entry.group, entry.ref or None) for entry in ordered[:limit])
