"""Facets, the filters in force, and ways out of an empty page, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from listings.achievements.labels import code_label
from listings.classification import codes
from marketplace.accounts.models import Zone
from marketplace.core.context import Context
from marketplace.core.i18n import current_language
from marketplace.core.i18n import gettext as _
from marketplace.site.search.address import Address
from marketplace.site.search.asked import FACETS, NUMERIC, PRICES, TREES, Asked
from search_index.results import Results

LISTS = {"field": "technology_fields", "mode": "transfer_modes", "ip": "ip_kinds"}
MOST_SHOWN = 15
_DEEPER = "– "  # before what lies below a chosen code


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True)
class Group:
    """A facet with its values. `more` leads to the page where none is left out."""

    key: str
    label: str
    options: tuple[Option, ...]
    more: str = ""
    more_count: int = 0


@dataclass(frozen=True)
class Chip:
    """A filter in force: its words and the address without it."""

    words: str
    url: str


@dataclass(frozen=True)
class Relaxation:
    """For an empty page: a filter, how many there would be without it, and that address."""

    words: str
    count: int
    url: str


class Words:
    """Names of facets and of their values, in the page's language."""

    def __init__(self, ctx: Context) -> None:
        english = current_language() == "en"
        self._zones = {
            zone.id: zone.name_en if english else zone.name for zone in ctx.session.scalars(select(Zone))
        }
        self._names = {
            "field": _("技术领域"),
            "trl": _("技术成熟度"),
            "mode": _("转化方式"),
            "ip": _("权利类型"),
            "zone": _("示范区"),
            "year": _("发布年份"),
            "price": _("价格"),
            "kind": _("类型"),
        }

    def name(self, facet: str) -> str:
        return self._names[facet]

    def value(self, facet: str, value: str) -> str:
        if facet in LISTS:
            return code_label(LISTS[facet], value)
        if facet == "zone":
            return self._zones.get(value, value)
        return _("%(level)s 级", level=value) if facet == "trl" else value


def groups(asked: Asked, results: Results, words: Words) -> list[Group]:
    return [_group(asked, name, _counts(results, name), words) for name in FACETS]


def chips(asked: Asked, address: Address, words: Words) -> Iterator[Chip]:
    for name, values in asked.chosen.items():
        for value in values:
            text = _("%(name)s：%(value)s", name=words.name(name), value=words.value(name, value))
            yield Chip(text, address.without(name, value).url)
    typed = dict(address.pairs)
    for name, bound in zip(PRICES, (asked.price_min, asked.price_max), strict=True):
        if bound is not None:
            yield Chip(_price_words(name, typed.get(name, "")), address.without(name).url)


def relaxations(results: Results, address: Address, words: Words) -> Iterator[Relaxation]:
    for column, number in results.relaxations.items():
        parameters = {"price": PRICES, "kind": ("type",)}.get(column, (column,))
        relaxed = address
        for parameter in parameters:
            relaxed = relaxed.without(parameter)
        yield Relaxation(words.name(column), number, relaxed.url)


def _counts(results: Results, name: str) -> dict[str, int]:
    return {str(one.value): one.count for one in results.facets.get(name, ())}


def _group(asked: Asked, name: str, counts: Mapping[str, int], words: Words) -> Group:
    selected = asked.chosen.get(name, ())
    shown = dict.fromkeys((*counts, *selected))
    values = _unfolded(name, selected, shown) if name in TREES else list(shown)
    if name in NUMERIC:
        values.sort(key=int, reverse=name == "year")
    options = [
        Option(
            value, _indented(name, value, words.value(name, value)), counts.get(value, 0), value in selected
        )
        for value in values
    ]
    return Group(name, words.name(name), tuple(options))


def _unfolded(name: str, selected: tuple[str, ...], shown: Mapping[str, None]) -> list[str]:
    """Of a tree of codes, the top ones, and the ones directly below what is chosen."""
    tree = codes(TREES[name])
    opened: set[str | None] = {None}
    opened |= {item.code for code in selected if code in tree for item in tree.path(code)}
    return [item.code for item in tree if item.code in shown and item.parent in opened]


def _indented(name: str, value: str, label: str) -> str:
    if name not in TREES:
        return label
    tree = codes(TREES[name])
    return _DEEPER * (len(tree.path(value)) - 1) + label if value in tree else label


def _price_words(name: str, typed: str) -> str:
    amount = typed if typed[-1:] in set("元圆万亿") else _("%(amount)s 万元", amount=typed)
    if name == "price_min":
        return _("价格不低于 %(amount)s", amount=amount)
    return _("价格不高于 %(amount)s", amount=amount)
