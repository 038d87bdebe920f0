"""What the service is asked and what it answers, ready for a page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from markupsafe import Markup

from search_index.query import Facet, Filter, Sort
from search_index.synonyms import Synonym

DEEPEST = 10_000
"""Nobody pages further than that many hits."""


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One search.

    `audiences`: the permission tokens of the reader. `sort`: None is by relevance (newest first without text).
    `page` counts from 1. `today` is the day freshness is measured from; None leaves freshness out.
    """

    audiences: frozenset[str]
    text: str = ""
    filters: tuple[Filter, ...] = ()
    facets: tuple[Facet, ...] = ()
    sort: Sort | None = None
    page: int = 1
    per_page: int = 20
    synonyms_on: bool = True
    today: date | None = None

    @property
    def first(self) -> int:
        """Place of the page's first hit, from 0."""
        return min(max(self.page, 1) - 1, DEEPEST // max(self.per_page, 1)) * self.per_page


@dataclass(frozen=True, slots=True)
class ShownHit:
    """`title` and `snippet` are escaped, the words found in ``<mark>``. `partial`: some words are missing."""

    id: str
    kind: str
    title: Markup
    snippet: Markup
    partial: bool
    score: float


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str | int
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class Results:
    """Answer to a search.

    `total` counts the partial hits too when there are any (`partial`); `exact_total` does not.
    `jump`: the one document that has the text as its id or number. `synonyms`: what was searched besides.
    `did_you_mean`: another text that finds something with all words; `corrected`: the text whose hits these
    are, because the one typed finds nothing. `relaxations`: for an empty page, how many there would be
    without the filters on each column.
    """

    hits: tuple[ShownHit, ...]
    total: int
    exact_total: int
    partial: bool
    page: int
    per_page: int
    facets: Mapping[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    synonyms: tuple[Synonym, ...] = ()
    did_you_mean: str | None = None
    corrected: str | None = None
    relaxations: Mapping[str, int] = field(default_factory=dict)
    jump: str | None = None

    @property
    def pages(self) -> int:
        return -(-min(self.total, DEEPEST) // max(self.per_page, 1))
