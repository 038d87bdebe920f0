"""Filters, facets and order over columns, for engines that cannot do them fast themselves."""

from datetime import date
from functools import reduce

import numpy as np

from search_index.columns import Integers, Keywords, Mask, Numbers, Segment, Values
from search_index.engine import Count
from search_index.query import Between, Facet, Filter, In, Query, Sort, StartsWith
from search_index.schema import MISSING, SchemaError


class Selection:
    """The documents of a query that pass audience and filters.

    `docs`: document numbers matching the words. A facet ignores the filters on its own column.
    """

    def __init__(self, columns: Segment, docs: Integers, query: Query) -> None:
        self._columns = columns
        audiences = In("audiences", tuple(query.audiences))
        self._base = docs[_mask(columns, audiences, docs)]
        self._passing = {
            name: reduce(
                np.logical_and, [_mask(columns, f, self._base) for f in query.filters if f.column == name]
            )
            for name in {f.column for f in query.filters}
        }
        self.docs = self._without(None)

    def facet(self, facet: Facet) -> tuple[Count, ...]:
        values = _values(self._columns, facet.column)
        counts = _counts(values, self._without(facet.column))
        return tuple(sorted(counts, key=_most_first)[: facet.limit])

    def relaxed(self) -> dict[str, int]:
        """How many documents there would be without the filters on each column."""
        return {name: len(self._without(name)) for name in sorted(self._passing)}

    def sorted(self, sort: Sort, size: int) -> list[int]:
        """The first `size` documents in order: by value, missing ones last, equal ones by id."""
        values = _values(self._columns, sort.column)
        if not isinstance(values, Numbers):
            raise SchemaError(f"cannot sort by {sort.column}")
        keys = values.values[self.docs]
        present = keys != MISSING
        keys = np.where(present, -keys if sort.descending else keys, -MISSING)
        if size < len(keys):
            last = np.partition(keys, size - 1)[size - 1] if size else -MISSING
            chosen = keys <= last
        else:
            chosen = np.ones(len(keys), dtype=np.bool_)
        ids = self._columns.ids
        pairs = zip(keys[chosen].tolist(), self.docs[chosen].tolist(), strict=True)
        ordered = sorted(((key, ids[doc], doc) for key, doc in pairs))
        return [doc for _, _, doc in ordered[:size]]

    def _without(self, column: str | None) -> Integers:
        masks = [mask for name, mask in self._passing.items() if name != column]
        return self._base[reduce(np.logical_and, masks)] if masks else self._base


def as_number(value: int | date) -> int:
    return value.toordinal() if isinstance(value, date) else value


def _most_first(count: Count) -> tuple[int, str | int]:
    return -count.count, count.value


def _values(columns: Segment, name: str) -> Values:
    try:
        return columns.values[name]
    except KeyError:
        raise SchemaError(f"no column {name!r}") from None


def _mask(columns: Segment, condition: Filter, docs: Integers) -> Mask:
    """Which of the documents satisfy a filter."""
    values = _values(columns, condition.column)
    match condition, values:
        case In(), Keywords():
            return _having(values, values.vocabulary.known(condition.values), docs)
        case StartsWith(), Keywords():
            return _having(values, values.vocabulary.beginning(condition.prefixes), docs)
        case In(), Numbers():
            wanted = [value for value in condition.values if isinstance(value, int)]
            return np.isin(values.values[docs], np.array(wanted, np.int64))
        case Between(), Numbers():
            low = MISSING + 1 if condition.low is None else as_number(condition.low)
            high = -MISSING if condition.high is None else as_number(condition.high)
            found = values.values[docs]
            return (found >= low) & (found <= high)
    raise SchemaError(f"{type(condition).__name__} does not apply to {condition.column}")


def _having(values: Keywords, codes: list[int], docs: Integers) -> Mask:
    wanted = np.zeros(len(values.vocabulary.words), dtype=np.bool_)
    wanted[codes] = True
    places, found = values.of(docs)
    mask = np.zeros(len(docs), dtype=np.bool_)
    mask[places[wanted[found]]] = True
    return mask


def _counts(values: Values, docs: Integers) -> list[Count]:
    if isinstance(values, Numbers):
        present = values.values[docs]
        found, counts = np.unique(present[present != MISSING], return_counts=True)
        return [Count(int(value), int(count)) for value, count in zip(found, counts, strict=True)]
    _, codes = values.of(docs)
    per_code = np.bincount(codes)
    return [Count(values.vocabulary.words[code], int(per_code[code])) for code in np.flatnonzero(per_code)]
