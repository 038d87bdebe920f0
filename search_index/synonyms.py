"""Synonyms, kept by the administrators in a plain table and applied to queries only.

锂电池, 锂离子电池, lithium battery     a group: each also finds the others
软体 => 软件                            searching the left also finds the right, not the other way round
# a remark
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from search_index.analysis import fold, is_cjk

SHIPPED = Path(__file__).parent / "data" / "synonyms.txt"


class SynonymError(ValueError):
    """A line of the table cannot be read; `line` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(f"line {line}: {message}")
        self.line = line


@dataclass(frozen=True, slots=True)
class Synonym:
    """A word found in a query and what is searched besides it, as written in the table."""

    word: str
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A table word in a folded text."""

    synonym: Synonym
    start: int
    end: int


class SynonymTable:
    """A read table; `entries` are pairs of a word and what it also finds."""

    def __init__(self, entries: Iterable[tuple[str, tuple[str, ...]]] = ()) -> None:
        self._words: dict[str, Synonym] = {}
        for word, also in entries:
            known = self._words.get(fold(word))
            merged = dict.fromkeys((*(known.also if known else ()), *also))
            self._words[fold(word)] = Synonym(word, tuple(merged))
        longest_first = sorted(self._words, key=len, reverse=True)
        self._pattern = (
            re.compile("|".join(_bounded(word) for word in longest_first)) if longest_first else None
        )

    def __len__(self) -> int:
        return len(self._words)

    def __iter__(self) -> Iterator[str]:
        """The words, folded."""
        return iter(self._words)

    def occurrences(self, folded: str) -> Iterator[Occurrence]:
        """Table words in a folded text, the longest at each place, without overlap."""
        for match in self._pattern.finditer(folded) if self._pattern else ():
            yield Occurrence(self._words[match.group()], match.start(), match.end())


def read_synonyms(text: str) -> SynonymTable:
    """Read a table. Raises SynonymError for the first line that is not one."""
    return SynonymTable(
        entry for number, line in enumerate(text.splitlines(), 1) for entry in _entries(number, line)
    )


def shipped_synonyms() -> SynonymTable:
    """The table that comes with the software."""
    return read_synonyms(SHIPPED.read_text(encoding="utf-8"))


def _entries(number: int, line: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    content = line.partition("#")[0].strip() if not line.lstrip().startswith("#") else ""
    if not content:
        return
    left, arrow, right = content.partition("=>")
    words, targets = _words(left), _words(right)
    if arrow and not (words and targets):
        raise SynonymError(number, "one of the sides is empty")
    if not arrow and len(words) < 2:
        raise SynonymError(number, "a group needs two words")
    if any(len(fold(word)) < 2 for word in words):
        raise SynonymError(number, "a word of one character would be found everywhere")
    for word in words:
        yield word, tuple(targets if arrow else (other for other in words if other != word))


def _words(text: str) -> list[str]:
    return [word for part in re.split("[,，]", text) if (word := " ".join(part.split()))]


def _bounded(word: str) -> str:
    """Latin words only as whole words; Chinese ones anywhere."""
    before = "" if is_cjk(word[0]) else r"(?<![a-z0-9])"
    after = "" if is_cjk(word[-1]) else r"(?![a-z0-9])"
    return before + re.escape(word) + after
