"""Did you mean: a misspelt query put right from the words of the public documents and of the synonyms.

Chinese is mistyped mostly as another character of the same sound, or left as the sound itself, so sound comes first;
then, and for Latin words, one character too many, too few, wrong or two swapped.
"""

import re
from collections.abc import Iterable
from functools import cached_property

from search_index import pinyin
from search_index.analysis import fold, is_han
from search_index.terms import CORRECTED, TermTable, less_one

_PIECES = re.compile(r"[a-z]+|[\u3400-\u9fff]+|.", re.DOTALL)
_SHORTEST_LATIN = 4
_LONGEST_WINDOW = 8


class Speller:
    """`vocabulary`: folded words of the trade, right although no document has them as a word of its own."""

    def __init__(self, table: TermTable, vocabulary: Iterable[str] = ()) -> None:
        self._table = table
        self._vocabulary = frozenset(word for word in vocabulary if is_han(word))

    def correct(self, text: str) -> str | None:
        """The text with its misspelt words replaced, or None if there is nothing to replace."""
        folded = " ".join(fold(text).split())
        whole = self._word(folded) if is_han(folded) else self._said(folded)
        corrected = whole or "".join(self._piece(piece) for piece in _PIECES.findall(folded))
        return corrected if corrected != folded else None

    def _piece(self, piece: str) -> str:
        if is_han(piece):
            return self._word(piece) or self._window(piece) or piece
        return self._said(piece) or self._word(piece) or piece if len(piece) >= _SHORTEST_LATIN else piece

    def _word(self, word: str) -> str | None:
        """The best word for one that the table does not have."""
        if len(word) not in CORRECTED or self._knows(word):
            return None
        sounding = self._sounding(word)
        if sounding:
            return sounding
        near = [
            other
            for other in self._table.near(less_one(word))
            if other != word and one_edit_apart(word, other)
        ]
        same_length = [other for other in near if len(other) == len(word)]
        return next(iter(same_length or near), None)

    def _window(self, run: str) -> str | None:
        """The longest part of a run that sounds like a word of the table, replaced."""
        for length in range(min(len(run) - 1, _LONGEST_WINDOW), 2, -1):
            for start in range(len(run) - length + 1):
                part = run[start : start + length]
                sounding = None if self._knows(part) else self._sounding(part)
                if sounding:
                    return run[:start] + sounding + run[start + length :]
        return None

    def _sounding(self, word: str) -> str | None:
        if not is_han(word):
            return None
        same = [other for other in self._of_sound(pinyin.full(word)) if other != word]
        return min(same, key=lambda other: _differences(word, other), default=None)

    def _said(self, typed: str) -> str | None:
        """The word whose pinyin this is, with or without spaces between the syllables."""
        syllables = typed.replace(" ", "")
        if not (syllables.isascii() and syllables.isalpha() and len(syllables) >= _SHORTEST_LATIN):
            return None
        return None if self._knows(typed) else next(iter(self._of_sound(syllables)), None)

    def _knows(self, word: str) -> bool:
        return word in self._vocabulary or self._table.knows(word)

    def _of_sound(self, full: str) -> list[str]:
        """Chinese words with this pinyin, those of the documents first."""
        found = [word for word in self._table.sounding(full) if is_han(word)]
        return list(dict.fromkeys((*found, *self._sounds.get(full, ()))))

    @cached_property
    def _sounds(self) -> dict[str, list[str]]:
        """The vocabulary by pinyin; made when first asked, for the readings take a while to load."""
        sounds: dict[str, list[str]] = {}
        for word in sorted(self._vocabulary):
            sounds.setdefault(pinyin.full(word), []).append(word)
        return sounds


def one_edit_apart(one: str, other: str) -> bool:
    """Whether one insertion, deletion, replacement or swap of neighbours makes one word the other."""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1:
        return False
    at = next((place for place, character in enumerate(one) if character != other[place]), len(one))
    if len(one) < len(other):
        return one[at:] == other[at + 1 :]
    swapped = one[at + 1 : at + 2] + one[at : at + 1] + one[at + 2 :]
    return one[at + 1 :] == other[at + 1 :] or swapped == other[at:]


def _differences(one: str, other: str) -> int:
    return abs(len(one) - len(other)) + sum(a != b for a, b in zip(one, other, strict=False))
