"""Bands of a number that make a facet: price bands, for example. Keys are neutral; the page names them."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Band:
    """From `low` (inclusive) up to `high` (exclusive); an open end is None."""

    key: str
    low: int | None
    high: int | None


@dataclass(frozen=True)
class Bands:
    """Bands between ascending `edges`, and one key for things without a number."""

    edges: tuple[int, ...]
    keys: tuple[str, ...]
    missing: str

    def __post_init__(self) -> None:
        if list(self.edges) != sorted(set(self.edges)):
            raise ValueError("edges must ascend")
        if len(self.keys) != len(self.edges) + 1:
            raise ValueError("one key more than edges")

    def of(self, value: int | None) -> str:
        return self.missing if value is None else self.keys[bisect_right(self.edges, value)]

    def __iter__(self) -> Iterator[Band]:
        ends = (None, *self.edges, None)
        return (Band(key, ends[at], ends[at + 1]) for at, key in enumerate(self.keys))


WAN = 10_000 * 100
"""A 万元 in fen."""

PRICE_BANDS = Bands(
    edges=(10 * WAN, 50 * WAN, 100 * WAN, 500 * WAN, 1_000 * WAN),
    keys=("0-10", "10-50", "50-100", "100-500", "500-1000", "1000-"),
    missing="negotiable",
)
"""Prices in fen by 万元; things offered without a price are negotiable (面议)."""
