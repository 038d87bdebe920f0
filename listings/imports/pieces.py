"""Rows in pieces small enough to be held and to be written in one short transaction."""

from collections.abc import Iterator

from listings.imports.plan import Plan
from listings.imports.rows import Judged, judge
from marketplace.core.tabular.reading import Row

MOST_ROWS = 200
MOST_CHARACTERS = 4_000_000


def pieces(plan: Plan, rows: Iterator[Row]) -> Iterator[list[Judged]]:
    """The rows, understood, in lists of at most 200 rows and about four million characters."""
    piece: list[Judged] = []
    characters = 0
    for row in rows:
        piece.append(judge(plan, row))
        characters += sum(map(len, row.cells))
        if len(piece) >= MOST_ROWS or characters >= MOST_CHARACTERS:
            yield piece
            piece, characters = [], 0
    if piece:
        yield piece


def skipped(rows: Iterator[Row], count: int) -> Iterator[Row]:
    """The rows behind the first `count`, which were settled before."""
    for _ in range(count):
        next(rows, None)
    return rows
