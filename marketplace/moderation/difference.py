"""What changed inside a text: words in Latin script and numbers whole, Chinese character by character.

Long texts are compared by sentence first and only then inside the sentences that differ, so the work stays small.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

Operation = Literal["equal", "delete", "insert"]
Segment = tuple[Operation, str]

_TOKEN = re.compile(r"[A-Za-z0-9_]+(?:[.,][0-9]+)*|\s+|.", re.DOTALL)
_SENTENCE = re.compile(r"[^\n。；;！？!?]*(?:[\n。；;！？!?]+|$)")
_MOST_PAIRS = 1_000_000  # of tokens to compare; beyond it a sentence is shown as replaced whole
_ISLAND = 2  # an unchanged piece this short between two changes is easier to read as changed


def segments(before: str, after: str) -> list[Segment]:
    """The way from `before` to `after`. Equal and deleted pieces join to the one, equal and inserted ones to the other."""
    return list(_merged(_without_islands(list(_by_sentence(before, after)))))


def _by_sentence(before: str, after: str) -> Iterator[Segment]:
    for old, new in _compared(_sentences(before), _sentences(after)):
        if old == new:
            yield "equal", old
        else:
            yield from _by_token(old, new)


def _by_token(before: str, after: str) -> Iterator[Segment]:
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if len(old) * len(new) > _MOST_PAIRS:
        yield "delete", before
        yield "insert", after
        return
    for gone, come in _compared(old, new):
        if gone == come:
            yield "equal", gone
        else:
            yield "delete", gone
            yield "insert", come


def _compared(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Stretches of both sequences, joined: equal ones side by side, different ones as old and new."""
    for _tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield "".join(old[i1:i2]), "".join(new[j1:j2])


def _sentences(text: str) -> list[str]:
    return [sentence for sentence in _SENTENCE.findall(text) if sentence]


def _without_islands(found: list[Segment]) -> Iterator[Segment]:
    """Turn a very short unchanged piece between changes into a deletion and an insertion of itself."""
    for n, (operation, text) in enumerate(found):
        inside = 0 < n < len(found) - 1
        if operation == "equal" and inside and len(text) < _ISLAND and not text.isspace():
            yield "delete", text
            yield "insert", text
        else:
            yield operation, text


def _merged(found: Iterator[Segment]) -> Iterator[Segment]:
    """Between two unchanged pieces at most one deletion, then one insertion; nothing empty."""
    gone = come = ""
    kept = ""
    for operation, text in found:
        if operation == "equal":
            if text and (gone or come):
                yield from _change(kept, gone, come)
                kept = gone = come = ""
            kept += text
        elif operation == "delete":
            gone += text
        else:
            come += text
    yield from _change(kept, gone, come)


def _change(kept: str, gone: str, come: str) -> Iterator[Segment]:
    pieces: tuple[Segment, ...] = (("equal", kept), ("delete", gone), ("insert", come))
    yield from (piece for piece in pieces if piece[1])
