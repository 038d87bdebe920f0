"""What is asked of an engine, free of language: tokens, filters, facets, order and who asks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

MOST_OPTIONAL = 40
"""Tokens tried when any of them will do; a longer text loses its tail."""


class Match(Enum):
    ALL = auto()  # every token, anywhere
    PHRASE = auto()  # the tokens side by side
    PREFIX = auto()  # one token beginning so


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to satisfy a group; `boost` scales its share of the score."""

    tokens: tuple[str, ...]
    match: Match = Match.ALL
    boost: float = 1.0


Group = tuple[Alternative, ...]
"""Any of the alternatives will do; an empty group is never satisfied."""


@dataclass(frozen=True, slots=True)
class Clauses:
    """The words of a query: all groups must match and nothing excluded may. No groups match everything."""

    groups: tuple[Group, ...] = ()
    excluded: tuple[Alternative, ...] = ()

    @property
    def empty(self) -> bool:
        return not self.groups

    def optional(self) -> tuple[Alternative, ...]:
        """The same words when any of them will do: single tokens, prefixes and the synonyms' phrases."""
        best: dict[tuple[tuple[str, ...], Match], float] = {}
        for alternative in self._loosened():
            key = (alternative.tokens, alternative.match)
            best[key] = max(best.get(key, 0.0), alternative.boost)
        loose = [Alternative(tokens, match, boost) for (tokens, match), boost in best.items()]
        return tuple(loose[:MOST_OPTIONAL])

    def _loosened(self) -> Iterator[Alternative]:
        for group in self.groups:
            for place, alternative in enumerate(group):
                if alternative.match is not Match.ALL:
                    yield alternative
                if alternative.match is Match.ALL or (place == 0 and alternative.match is Match.PHRASE):
                    yield from (
                        Alternative((token,), Match.ALL, alternative.boost) for token in alternative.tokens
                    )


@dataclass(frozen=True, slots=True)
class In:
    """The column has one of the values (any of them, for a column of several keywords)."""

    column: str
    values: tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """The number or date lies in the range, both ends included; an open end is None."""

    column: str
    low: int | date | None = None
    high: int | date | None = None


@dataclass(frozen=True, slots=True)
class StartsWith:
    """The keyword begins so: an IPC class or a branch of a hierarchical code."""

    column: str
    prefixes: tuple[str, ...]


Filter = In | Between | StartsWith


@dataclass(frozen=True, slots=True)
class Facet:
    """Count the values of a column, ignoring the filters on that very column. At most `limit` values."""

    column: str
    limit: int = 100


@dataclass(frozen=True, slots=True)
class Sort:
    """Order by a number or date; documents without a value come last, equal ones by id."""

    column: str
    descending: bool = True


NEWEST = Sort("published")


@dataclass(frozen=True, slots=True)
class Query:
    """One question to an engine.

    `audiences`: the permission tokens of the reader; without a common one a document does not exist.
    `any_word`: documents matching some of the words, best first, instead of all groups.
    `sort`: None is by score; a query without words is then sorted newest first. `limit` 0 only counts.
    """

    clauses: Clauses
    audiences: frozenset[str]
    filters: tuple[Filter, ...] = ()
    facets: tuple[Facet, ...] = ()
    sort: Sort | None = None
    offset: int = 0
    limit: int = 10
    any_word: bool = False

    @property
    def order(self) -> Sort | None:
        return NEWEST if self.sort is None and self.clauses.empty else self.sort
