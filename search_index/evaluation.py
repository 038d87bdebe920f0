"""From the words of a query to the documents that have them, scored: once, for counts, facets and order alike."""

from collections.abc import Iterable

import numpy as np

from search_index.bm25 import Bm25
from search_index.matches import Matches, all_of, any_of
from search_index.postings import IndexPostings
from search_index.query import Alternative, Match, Query

LARGE_INDEX = 50_000
RAREST_IN_LARGE_INDEX = 5


class Evaluator:
    """Evaluates the words of queries over one open index; filters are not its business."""

    def __init__(self, postings: IndexPostings, scorer: Bm25) -> None:
        self._postings, self._scorer = postings, scorer

    def matches(self, query: Query) -> Matches:
        """The documents with the words asked for and without the excluded ones. Scores are 0 without words."""
        clauses = query.clauses
        if clauses.empty:
            everything = self._postings.everything
            found = Matches(everything, np.zeros(len(everything)))
        elif query.any_word:
            found = self._any(self._telling(clauses.optional()))
        else:
            found = all_of([self._any(group) for group in clauses.groups])
        for excluded in clauses.excluded:
            found = found.without(self._alternative(excluded).docs)
        return found

    def _any(self, alternatives: Iterable[Alternative]) -> Matches:
        return any_of([self._alternative(alternative) for alternative in alternatives])

    def _telling(self, words: tuple[Alternative, ...]) -> tuple[Alternative, ...]:
        """In a large index the rarest words only: the others would find nearly everything."""
        if len(self._postings.everything) <= LARGE_INDEX:
            return words
        return tuple(sorted(words, key=self._frequency)[:RAREST_IN_LARGE_INDEX])

    def _frequency(self, word: Alternative) -> int:
        return max(self._postings.frequency(token) for token in word.tokens)

    def _alternative(self, alternative: Alternative) -> Matches:
        tokens = alternative.tokens
        if alternative.match is Match.PREFIX:
            found = any_of([self._token(token) for token in self._postings.beginning(tokens[0])])
        else:
            found = all_of([self._token(token) for token in tokens])
        if alternative.match is Match.PHRASE and len(tokens) > 1 and len(found.docs):
            found = found.among(self._postings.phrase(tokens))
        return found if alternative.boost == 1.0 else Matches(found.docs, found.scores * alternative.boost)

    def _token(self, token: str) -> Matches:
        postings = self._postings.term(token)
        return Matches(postings.docs, self._scorer.scores(postings))
