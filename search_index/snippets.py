"""Titles and snippets with the words of the query marked, safe to print."""

import re
from collections import deque
from collections.abc import Iterator, Sequence

from markupsafe import Markup, escape

from search_index.analysis import Token, fold_characters, is_cjk, spans

WIDTH = 120
BEFORE = 20
"""Characters shown before the first mark of a window."""

MOST_MARKS = 200

Span = tuple[int, int]

_SENTENCE_END = re.compile(r"[。！？!?；;]\s*|\.\s+")


def mark(text: str, marks: frozenset[str]) -> Markup:
    """The whole text, escaped, with the marks in ``<mark>``."""
    return Markup(_marked(text, _merged(_found(text, marks)), 0, len(text)))  # noqa: S704 - escaped there


def snippet(text: str, marks: frozenset[str], width: int = WIDTH) -> Markup:
    """The `width` characters with the most different marks (then the most marks), or the beginning."""
    found = _found(text, marks)
    start = _start(text, _densest(found, width), width)
    end = min(len(text), start + width)
    before, after = "…" if start else "", "…" if end < len(text) else ""
    return Markup(before + _marked(text, _merged(found), start, end) + after)  # noqa: S704 - escaped there


def _found(text: str, marks: frozenset[str]) -> list[Token]:
    """Places in the text itself (not in its folded form) of the tokens to mark."""
    folded, places = _folded(text)
    found = sorted(_occurrences(folded, marks), key=lambda token: (token.start, token.end))[:MOST_MARKS]
    return [Token(token.text, places[token.start], places[token.end - 1] + 1) for token in found]


def _occurrences(folded: str, marks: frozenset[str]) -> Iterator[Token]:
    other = frozenset(mark for mark in marks if not is_cjk(mark))
    for wanted in marks - other:
        at = folded.find(wanted)
        while at >= 0:
            yield Token(wanted, at, at + len(wanted))
            at = folded.find(wanted, at + 1)
    if other:
        yield from (token for token in spans(folded, pairs=False) if token.text in other)


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """The folded text, and for each of its characters the one in the text it came from."""
    pieces = fold_characters(text)
    if set(map(len, pieces)) == {1}:
        return "".join(pieces), range(len(text))
    return "".join(pieces), [place for place, piece in enumerate(pieces) for _ in piece]


def _densest(found: list[Token], width: int) -> int:
    """Where the best window begins: at its first mark."""
    best, best_start = (0, 0), 0
    inside: deque[Token] = deque()
    for token in found:
        inside.append(token)
        while token.end - inside[0].start > width - BEFORE and len(inside) > 1:
            inside.popleft()
        value = (len({one.text for one in inside}), len(inside))
        if value > best:
            best, best_start = value, inside[0].start
    return best_start


def _start(text: str, first_mark: int, width: int) -> int:
    """A little before the first mark, at a sentence's beginning where one is near, and no emptier than need be."""
    start = max(0, min(first_mark - BEFORE, len(text) - width))
    for end in _SENTENCE_END.finditer(text, start, max(start, first_mark)):
        return end.end() if end.end() <= first_mark else start
    return start


def _merged(found: list[Token]) -> list[Span]:
    """Overlapping and touching marks as one."""
    merged: list[Span] = []
    for token in found:
        if merged and token.start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], token.end))
        else:
            merged.append((token.start, token.end))
    return merged


def _marked(text: str, marked: list[Span], start: int, end: int) -> str:
    """A piece of the text, escaped, with the marks that lie whole in it."""
    out: list[str] = []
    at = start
    for left, right in marked:
        if left >= at and right <= end:
            out += (escape(text[at:left]), "<mark>", escape(text[left:right]), "</mark>")
            at = right
    return "".join((*out, escape(text[at:end])))
