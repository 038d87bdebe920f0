"""What is asked for: the same for pages, whose address says it, and for programs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from listings.classification import codes
from marketplace.core.money import MoneyError, parse_yuan
from search_index.query import Between, Filter, In, Sort

LONGEST_TEXT = 200
LONGEST_VALUE, MOST_VALUES = 40, 20
#: Facets by the name of their parameter, which is the name of their column too.
FACETS = ("field", "trl", "mode", "ip", "zone", "year")
NUMERIC = frozenset({"trl", "year"})
#: Facets that are trees, with their code lists.
TREES = {"field": "technology_fields", "mode": "transfer_modes"}
SORTS = {
    "newest": Sort("published", descending=True),
    "cheapest": Sort("price", descending=False),
    "dearest": Sort("price", descending=True),
}
PRICES = ("price_min", "price_max")
_LARGEST = 10**6  # of a number among the facets


@dataclass(frozen=True)
class Asked:
    """One search. `chosen`: values by facet; prices in fen; `misread`: parameters that make no sense, as typed."""

    text: str = ""
    kind: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    price_min: int | None = None
    price_max: int | None = None
    sort: str = ""
    synonyms_on: bool = True
    page: int = 1
    per_page: int = 20
    misread: tuple[str, ...] = ()

    @property
    def filters(self) -> tuple[Filter, ...]:
        """The filters that are not the type. Of a tree, what lies below a chosen code narrows it."""
        found: list[Filter] = []
        for name, values in self.chosen.items():
            if name in NUMERIC:
                found.append(In(name, tuple(int(value) for value in values)))
            else:
                found.append(In(name, _narrowest(name, values)))
        if self.price_min is not None or self.price_max is not None:
            found.append(Between("price", self.price_min, self.price_max))
        return tuple(found)

    @property
    def number_of_filters(self) -> int:
        prices = sum(price is not None for price in (self.price_min, self.price_max))
        return sum(len(values) for values in self.chosen.values()) + prices

    @property
    def bare(self) -> bool:
        """Nothing but words was asked: an exact number may lead straight to its thing."""
        return not self.filters and not self.kind and not self.sort and self.page == 1


def asked_by_address(args: "MultiDict[str, str]", page: int, per_page: int, kinds: Iterable[str]) -> Asked:
    """Read the address of a search page. Prices are typed in 万元, or with a unit of their own."""
    misread: list[str] = []
    bounds = {name: _price(args.get(name, ""), misread) for name in PRICES}
    return Asked(
        text=args.get("q", "").strip()[:LONGEST_TEXT],
        kind=kind if (kind := args.get("type", "")) in set(kinds) else "",
        chosen=chosen({name: args.getlist(name) for name in FACETS}),
        sort=sort if (sort := args.get("sort", "")) in SORTS else "",
        synonyms_on=args.get("synonyms") != "0",
        page=page,
        per_page=per_page,
        misread=tuple(misread),
        **bounds,
    )


def chosen(values: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """The usable values of each facet; facets without any are left out."""
    usable = {
        name: tuple(dict.fromkeys(v for v in given if _usable(name, v)))[:MOST_VALUES]
        for name, given in values.items()
    }
    return {name: found for name, found in usable.items() if found}


def _usable(name: str, value: str) -> bool:
    if name in NUMERIC:
        return value.isascii() and value.isdigit() and len(value) < 8 and int(value) <= _LARGEST
    return 0 < len(value) <= LONGEST_VALUE


def _price(text: str, misread: list[str]) -> int | None:
    typed = text.strip()[:LONGEST_VALUE]
    if not typed:
        return None
    try:
        return parse_yuan(typed if typed[-1] in "元圆万亿" else f"{typed}万元")
    except MoneyError:
        misread.append(typed)
        return None


def _narrowest(name: str, values: tuple[str, ...]) -> tuple[str, ...]:
    """Without the codes that have another chosen one below them."""
    if name not in TREES:
        return values
    tree = codes(TREES[name])
    above = {item.code for value in values if value in tree for item in tree.path(value)[:-1]}
    return tuple(value for value in values if value not in above)
