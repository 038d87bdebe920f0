"""Column values in memory as arrays: what makes filters, facets and sorting cheap beside a slow engine.

Arrays are kept per segment (a segment never changes, only its list of deleted documents does), so a commit
costs reading the new segment, not the index.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from search_index.schema import MISSING, Column, Kind, Schema

Integers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Row = Mapping[str, str | int | list[str]]


class Vocabulary:
    """Keywords of one column ↔ small integers; grows, never forgets, shared by all segments."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self._codes: dict[str, int] = {}

    def code(self, word: str) -> int:
        """The word's code, a new one if need be."""
        code = self._codes.get(word)
        if code is None:
            self.words.append(word)
            code = self._codes[word] = len(self.words) - 1
        return code

    def known(self, words: Iterable[str | int]) -> list[int]:
        return [self._codes[word] for word in words if isinstance(word, str) and word in self._codes]

    def beginning(self, prefixes: tuple[str, ...]) -> list[int]:
        return [code for code, word in enumerate(self.words) if word.startswith(prefixes)]


@dataclass(frozen=True, slots=True)
class Numbers:
    """One integer a document, MISSING where there is none."""

    values: Integers

    @property
    def size(self) -> int:
        return len(self.values)


@dataclass(frozen=True, slots=True)
class Keywords:
    """Keyword codes, those of document `d` from `starts[d]` up to `starts[d + 1]`: none, one or several."""

    starts: Integers
    codes: Integers
    vocabulary: Vocabulary

    @property
    def size(self) -> int:
        return len(self.starts) - 1

    def of(self, docs: Integers) -> tuple[Integers, Integers]:
        """The keywords of some documents (ascending, each once), one after the other: place in `docs`, and code."""
        begin = self.starts[docs]
        numbers = self.starts[docs + 1] - begin
        places = np.repeat(np.arange(len(docs)), numbers)
        if len(docs) == self.size:
            return places, self.codes
        before = np.cumsum(numbers) - numbers
        return places, self.codes[np.arange(len(places)) + (begin - before)[places]]


Values = Numbers | Keywords


@dataclass(frozen=True, slots=True)
class Segment:
    """The columns of one segment, or of several joined."""

    ids: list[str]
    values: Mapping[str, Values]


class ColumnReader:
    """Turns stored rows into arrays, with one vocabulary for each column."""

    def __init__(self, schema: Schema) -> None:
        self._columns = schema.columns
        self._vocabularies = {column.name: Vocabulary() for column in schema.columns}

    def read(self, ids: list[str], rows: list[Row]) -> Segment:
        return Segment(ids, {column.name: self._read(column, rows) for column in self._columns})

    def join(self, segments: list[Segment]) -> Segment:
        """Documents of all segments one after the other."""
        if len(segments) == 1:
            return segments[0]
        ids = [id_ for segment in segments for id_ in segment.ids]
        if not segments:
            return self.read([], [])
        return Segment(
            ids,
            {
                column.name: _joined([segment.values[column.name] for segment in segments])
                for column in self._columns
            },
        )

    def _read(self, column: Column, rows: list[Row]) -> Values:
        if column.kind in (Kind.INTEGER, Kind.DATE):
            return Numbers(np.array([row.get(column.name, MISSING) for row in rows], dtype=np.int64))
        vocabulary = self._vocabularies[column.name]
        starts: list[int] = [0]
        codes: list[int] = []
        for row in rows:
            value = row.get(column.name, [])
            words = [value] if isinstance(value, str) else value if isinstance(value, list) else []
            codes.extend(map(vocabulary.code, words))
            starts.append(len(codes))
        return Keywords(np.array(starts, np.int64), np.array(codes, np.int64), vocabulary)


def _joined(parts: list[Values]) -> Values:
    numbers = [part.values for part in parts if isinstance(part, Numbers)]
    if numbers:
        return Numbers(np.concatenate(numbers))
    keywords = [part for part in parts if isinstance(part, Keywords)]
    ends = np.cumsum([len(part.codes) for part in keywords])
    starts = [part.starts[1:] + end - len(part.codes) for part, end in zip(keywords, ends, strict=True)]
    codes = np.concatenate([part.codes for part in keywords])
    return Keywords(np.concatenate([np.zeros(1, np.int64), *starts]), codes, keywords[0].vocabulary)
