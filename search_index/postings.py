"""Where tokens stand: the documents that have them, as arrays, of one segment and of an index of several."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from search_index.columns import Integers
from search_index.recent import Recent

Counts = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Postings:
    """`docs`: document numbers, ascending. `counts`: how often the token stands in each.

    `frequency`: the number of documents with the token that are still stored, deleted ones too.
    """

    docs: Integers
    counts: Counts
    frequency: int

    def __len__(self) -> int:
        return len(self.docs)


class SegmentPostings(Protocol):
    """A part of the index that never changes but for its deletions. It numbers its documents from 0.

    What it answers may contain deleted documents or not.
    """

    id: str
    size: int

    def deleted(self) -> list[int]: ...
    def term(self, token: str) -> Postings: ...

    def frequency(self, token: str) -> int:
        """As in the postings, without reading them."""

    def phrase(self, tokens: tuple[str, ...]) -> Integers:
        """The documents where the tokens stand side by side, ascending."""

    def beginning(self, prefix: str) -> list[str]:
        """The tokens that begin so."""


class PostingMemory:
    """What was read of segments lately; it outlives the readers. A posting takes 12 bytes, so about 30 MB."""

    def __init__(self) -> None:
        self.terms: Recent[tuple[str, str], Postings] = Recent(2_000_000)
        self.phrases: Recent[tuple[str, tuple[str, ...]], Integers] = Recent(500_000)


class IndexPostings:
    """The segments one after the other, without deleted documents. `everything`: all documents, ascending."""

    def __init__(self, segments: Sequence[SegmentPostings], memory: PostingMemory) -> None:
        sizes = [segment.size for segment in segments]
        starts = [sum(sizes[:place]) for place in range(len(sizes))]
        self._segments = list(zip(starts, segments, strict=True))
        self._memory = memory
        living = np.ones(sum(sizes), np.bool_)
        for start, segment in self._segments:
            living[[start + doc for doc in segment.deleted()]] = False
        self.everything: Integers = np.flatnonzero(living)
        self._living = living if len(self.everything) < len(living) else None

    def term(self, token: str) -> Postings:
        parts = [self._term(segment, token) for _, segment in self._segments]
        found = parts[0] if len(parts) == 1 else self._one_after_the_other(parts)
        if self._living is None:
            return found
        here = self._living[found.docs]
        return Postings(found.docs[here], found.counts[here], found.frequency)

    def frequency(self, token: str) -> int:
        return sum(segment.frequency(token) for _, segment in self._segments)

    def phrase(self, tokens: tuple[str, ...]) -> Integers:
        docs = self._joined([self._phrase(segment, tokens) for _, segment in self._segments])
        return docs if self._living is None else docs[self._living[docs]]

    def beginning(self, prefix: str) -> list[str]:
        return sorted({token for _, segment in self._segments for token in segment.beginning(prefix)})

    def _term(self, segment: SegmentPostings, token: str) -> Postings:
        return self._memory.terms.get((segment.id, token), lambda: segment.term(token))

    def _phrase(self, segment: SegmentPostings, tokens: tuple[str, ...]) -> Integers:
        return self._memory.phrases.get((segment.id, tokens), lambda: segment.phrase(tokens))

    def _one_after_the_other(self, parts: list[Postings]) -> Postings:
        return Postings(
            self._joined([part.docs for part in parts]),
            np.concatenate([np.empty(0, np.float32), *(part.counts for part in parts)]),
            sum(part.frequency for part in parts),
        )

    def _joined(self, parts: list[Integers]) -> Integers:
        """Numbers within the segments as numbers within the index."""
        if len(parts) == 1:
            return parts[0]
        numbered = [docs + start for docs, (start, _) in zip(parts, self._segments, strict=True)]
        return np.concatenate([np.empty(0, np.int64), *numbered])
