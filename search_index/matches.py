"""Documents with their scores, and what all, any and the best of them are: arithmetic over arrays."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from search_index.columns import Integers, Mask

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Matches:
    """`docs`: document numbers, ascending, each once. `scores`: one a document, without a unit."""

    docs: Integers
    scores: Floats

    def among(self, docs: Integers) -> "Matches":
        """Those that are in `docs` (ascending, each once) too."""
        present, places = _found(docs, self.docs)
        return Matches(docs[present], self.scores[places])

    def without(self, docs: Integers) -> "Matches":
        """Those that are not in `docs` (ascending, each once)."""
        present, _ = _found(self.docs, docs)
        return Matches(self.docs[~present], self.scores[~present])

    def best(self, size: int) -> tuple[list[int], list[float]]:
        """Documents and scores of the `size` best, best first, of equal ones the first document first."""
        chosen = np.arange(len(self.docs))
        if size < len(chosen):
            last = np.partition(self.scores, -size)[-size] if size else np.inf
            chosen = np.flatnonzero(self.scores >= last)  # more than `size` if there are equals of the last
        order = chosen[np.argsort(-self.scores[chosen], kind="stable")][:size]
        return self.docs[order].tolist(), self.scores[order].tolist()


def all_of(parts: Sequence[Matches]) -> Matches:
    """The documents in every part (at least one is given); their scores are added."""
    found, *others = sorted(parts, key=lambda part: len(part.docs))
    for other in others:
        present, places = _found(found.docs, other.docs)
        found = Matches(found.docs[present], found.scores[present] + other.scores[places])
    return found


def any_of(parts: Sequence[Matches]) -> Matches:
    """The documents in some of the parts; their scores are added."""
    if len(parts) == 1:
        return parts[0]
    size = max((int(part.docs[-1]) + 1 for part in parts if len(part.docs)), default=0)
    scores, found = np.zeros(size), np.zeros(size, np.bool_)
    for part in parts:
        scores[part.docs] += part.scores
        found[part.docs] = True
    docs = np.flatnonzero(found)
    return Matches(docs, scores[docs])


def _found(wanted: Integers, docs: Integers) -> tuple[Mask, Integers]:
    """Which of the wanted are among `docs`, and the places in `docs` of those that are."""
    if not len(docs):
        return np.zeros(len(wanted), np.bool_), np.empty(0, np.int64)
    places = np.minimum(np.searchsorted(docs, wanted), len(docs) - 1)
    present = docs[places] == wanted
    return present, places[present]
