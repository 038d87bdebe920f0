"""The search page, its suggestions, and the same search for programs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from listings.achievements.api import AchievementItem, item_of
from listings.achievements.labels import price_label, trl_label
from listings.achievements.models import Achievement
from listings.classification import codes
from marketplace.accounts.models import Zone
from marketplace.core.clock import local_date
from marketplace.core.context import Context
from marketplace.core.i18n import current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.money import MoneyError, parse_yuan
from marketplace.core.policy import OPEN
from marketplace.core.runtime import runtime
from marketplace.web.context import current
from marketplace.web.guard import requires
from marketplace.web.operations import Operations
from marketplace.web.paging import Page, asked
from search_index.query import Between, Facet, Filter, In, Sort
from search_index.results import Results, SearchRequest
from search_index.wiring import search_service

search = Blueprint("search", __name__)
api = Operations("search")

LONGEST_TEXT = 200
SUGGESTIONS = 8
#: (URL parameter, column of the index, how many values are shown)
FACETS = (
    ("field", "field", 80),
    ("trl", "trl", 9),
    ("mode", "mode", 40),
    ("ip", "ip", 8),
    ("zone", "zone", 10),
    ("year", "year", 8),
)
NUMERIC = frozenset({"trl", "year"})
TREES = {"field": "technology_fields", "mode": "transfer_modes"}
SORTS = {
    "newest": Sort("published", descending=True),
    "cheapest": Sort("price", descending=False),
    "dearest": Sort("price", descending=True),
}


@dataclass(frozen=True)
class Chip:
    """A filter in force: its words and the address without it."""

    words: str
    url: str


@search.get("/search")
@requires(OPEN)
def page() -> ResponseReturnValue:
    """Results with facets. The whole state is in the address, so that it can be shared and saved."""
    ctx = current()
    text = request.args.get("q", "").strip()[:LONGEST_TEXT]
    results = _search(ctx, text)
    if results.jump and not request.args.get("page"):
        return redirect(url_for("achievements.page", achievement_id=results.jump), 303)
    rows = _rows(ctx, [hit.id for hit in results.hits])
    return render_template(
        "site/search.html",
        q=text,
        results=results,
        rows=rows,
        groups=_groups(ctx, results),
        chips=_chips(ctx),
        relaxations=_relaxations(ctx, results),
        page=Page(results.hits, results.page, results.per_page, results.total),
        sort=request.args.get("sort", ""),
        price_label=price_label,
        trl_label=trl_label,
        without_synonyms=_address(synonyms="0"),
        corrected_url=_address(q=results.corrected or results.did_you_mean or text),
        plain_url=url_for("search.page", q=text) if text else url_for("search.page"),
        synonyms_on=_synonyms_on(),
    )


@search.get("/suggest")
@requires(OPEN)
def suggestions() -> ResponseReturnValue:
    """What could be meant by the beginning of a word, its pinyin or its initials."""
    typed = request.args.get("q", "")[:40]
    kinds = {"term": _("技术词"), "title": _("成果"), "holder": _("单位"), "number": _("编号")}
    items = []
    for found in search_service().suggest(typed, SUGGESTIONS):
        item = {"text": found.text, "kind": kinds.get(found.group, "")}
        if found.doc and found.group in {"title", "number"}:
            item["href"] = url_for("achievements.page", achievement_id=found.doc)
        items.append(item)
    return jsonify(items=items)


@dataclass(frozen=True)
class SearchQuery:
    """The same parameters as the page; prices in yuan, or with a unit."""

    q: str = ""
    type: str = "achievement"
    field: tuple[str, ...] = ()
    trl: tuple[str, ...] = ()
    mode: tuple[str, ...] = ()
    ip: tuple[str, ...] = ()
    zone: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    price_min: str = ""
    price_max: str = ""
    sort: str = ""


@dataclass(frozen=True)
class FoundOut:
    """A hit: the thing, its score, and whether some words of the query are missing in it."""

    item: AchievementItem
    score: str
    partial: bool
    snippet: str


@dataclass(frozen=True)
class SearchOut:
    """Hits of one page with facet counts: column → value → number."""

    total: int
    page: int
    per_page: int
    items: tuple[FoundOut, ...]
    facets: Mapping[str, Mapping[str, int]]
    synonyms: tuple[str, ...]
    did_you_mean: str | None


@api.add("GET", "/search", OPEN, "Search the market", query=SearchQuery, returns=SearchOut)
def search_market(query: SearchQuery) -> SearchOut:
    ctx = current()
    results = _search(ctx, query.q.strip()[:LONGEST_TEXT])
    rows = _rows(ctx, [hit.id for hit in results.hits])
    return SearchOut(
        total=results.total,
        page=results.page,
        per_page=results.per_page,
        items=tuple(
            FoundOut(item_of(rows[hit.id]), f"{hit.score:.4f}", hit.partial, hit.snippet.striptags())
            for hit in results.hits
            if hit.id in rows
        ),
        facets={name: {str(v.value): v.count for v in values} for name, values in results.facets.items()},
        synonyms=tuple(word for synonym in results.synonyms for word in synonym.also),
        did_you_mean=results.did_you_mean or results.corrected,
    )


def _search(ctx: Context, text: str) -> Results:
    number, per_page = asked()
    wanted = SearchRequest(
        audiences=ctx.actor.tokens,
        text=text,
        filters=tuple(_filters()),
        facets=tuple(Facet(column, limit) for _name, column, limit in FACETS),
        sort=SORTS.get(request.args.get("sort", "")),
        page=number,
        per_page=per_page,
        synonyms_on=_synonyms_on(),
        today=local_date(ctx.now),
    )

    def visible(ids: Sequence[str]) -> set[str]:
        seen: set[str] = set()
        for searchable in runtime().registry.searchables.values():
            seen |= searchable.visible(ctx, ids)
        return seen

    return search_service().search(wanted, visible)


def _synonyms_on() -> bool:
    return request.args.get("synonyms") != "0"


def _filters() -> list[Filter]:
    """The filters in the address; values that make no sense are ignored."""
    found: list[Filter] = []
    for name, column, _limit in FACETS:
        values = [value[:40] for value in request.args.getlist(name) if value][:20]
        if name in NUMERIC:
            numbers = tuple(int(value) for value in values if value.isascii() and value.isdigit())
            if numbers:
                found.append(In(column, numbers))
        elif values:
            found.append(In(column, tuple(values)))
    low, high = _price("price_min"), _price("price_max")
    if low is not None or high is not None:
        found.append(Between("price", low, high))
    return found


def _price(name: str) -> int | None:
    """A bound typed in 万元, or with a unit of its own."""
    text = request.args.get(name, "").strip()[:20]
    if not text:
        return None
    try:
        return parse_yuan(text if text[-1] in "元圆万亿" else f"{text}万元")
    except MoneyError:
        return None


def _rows(ctx: Context, ids: Sequence[str]) -> dict[str, Achievement]:
    query = select(Achievement).where(Achievement.id.in_(ids)).options(joinedload(Achievement.zone))
    return {row.id: row for row in ctx.session.scalars(query)}


def _groups(ctx: Context, results: Results) -> list[dict[str, object]]:
    groups = []
    for name, column, _limit in FACETS:
        values = results.facets.get(column, ())
        options = [
            {
                "value": str(v.value),
                "label": _facet_words(ctx, name, str(v.value)),
                "count": v.count,
                "selected": v.selected,
            }
            for v in values
        ]
        if name in TREES:
            options = _unfolded(TREES[name], options)
        if name in NUMERIC:
            options.sort(key=lambda option: int(str(option["value"])), reverse=name == "year")
        groups.append({"key": name, "label": _facet_label(name), "options": options, "single": False})
    return groups


def _unfolded(listed: str, options: list[dict[str, object]]) -> list[dict[str, object]]:
    """Of a tree of codes, the top ones, and the ones below what is selected."""
    tree = codes(listed)
    selected = {str(option["value"]) for option in options if option["selected"]}
    open_ = {item.code for code in selected if code in tree for item in tree.path(code)}
    shown = [
        o for o in options if str(o["value"]) in tree and (tree[str(o["value"])].parent or "") in open_ | {""}
    ]
    order = {item.code: place for place, item in enumerate(tree)}
    return sorted(shown, key=lambda option: order[str(option["value"])])


def _facet_label(name: str) -> str:
    return {
        "field": _("技术领域"),
        "trl": _("技术成熟度"),
        "mode": _("转化方式"),
        "ip": _("权利类型"),
        "zone": _("示范区"),
        "year": _("发布年份"),
    }[name]


def _facet_words(ctx: Context, name: str, value: str) -> str:
    language = current_language()
    if name == "zone":
        zone = ctx.session.get(Zone, value)
        return (zone.name_en if language == "en" else zone.name) if zone else value
    if name == "trl":
        return _("%(level)s 级", level=value)
    listed = {"field": "technology_fields", "mode": "transfer_modes", "ip": "ip_kinds"}.get(name)
    return codes(listed).label(value, language) if listed and value in codes(listed) else value


def _chips(ctx: Context) -> list[Chip]:
    """The filters in force, each with the address without it."""
    chips = []
    for name, _column, _limit in FACETS:
        for value in request.args.getlist(name):
            chips.append(
                Chip(
                    f"{_facet_label(name)}：{_facet_words(ctx, name, value)}", _address(without=(name, value))
                )
            )
    for name, words in (("price_min", _("最低")), ("price_max", _("最高"))):
        value = request.args.get(name, "")
        if value:
            chips.append(
                Chip(
                    _("价格%(bound)s %(amount)s 万元", bound=words, amount=value[:20]),
                    _address(without=(name, value)),
                )
            )
    return chips


def _relaxations(ctx: Context, results: Results) -> list[tuple[str, int, str]]:
    """For an empty page: (filter in words, hits without it, address without it)."""
    names = {column: name for name, column, _limit in FACETS}
    found = []
    for column, number in results.relaxations.items():
        if column == "price":
            address = _address(drop=("price_min", "price_max"))
            found.append((_("价格"), number, address))
        elif column in names:
            found.append((_facet_label(names[column]), number, _address(drop=(names[column],))))
    return found


def _address(*, without: tuple[str, str] | None = None, drop: tuple[str, ...] = (), **changed: str) -> str:
    """This search with a filter less, or with parameters changed, from its first page."""
    kept = [
        (name, value)
        for name, value in request.args.items(multi=True)
        if name != "page" and (name, value) != without and name not in drop and name not in changed
    ]
    kept += list(changed.items())
    return f"{url_for('search.page')}?{urlencode(kept)}"
