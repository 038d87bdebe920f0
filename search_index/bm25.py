"""BM25: what a token says about a document, from how often it stands there and how many others have it."""

from math import log

import numpy as np

from search_index.columns import Integers
from search_index.matches import Floats
from search_index.postings import Postings

K1 = 1.2
"""How soon repeating a token stops to add."""

B = 0.6
"""How much long documents are held back: 0 not at all, 1 in proportion to their length."""


class Bm25:
    """Scores tokens of one index. `lengths`: tokens of each document; `total`: tokens of all of them."""

    def __init__(self, lengths: Integers, total: int) -> None:
        self._documents = len(lengths)
        average = total / max(self._documents, 1) or 1.0
        self._damping: Floats = K1 * ((1 - B) + B * lengths.astype(np.float64) / average)

    def scores(self, postings: Postings) -> Floats:
        """The score of each document of the postings; always above 0."""
        if not len(postings):
            return np.empty(0)
        rarity = log(self._documents / (postings.frequency + 1)) + 1
        saturation: Floats = postings.counts / (postings.counts + self._damping[postings.docs])
        return rarity * (K1 + 1) * saturation
