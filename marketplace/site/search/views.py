"""The search page and its suggestions."""

from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.core.context import Context
from marketplace.core.i18n import gettext as _
from marketplace.core.policy import OPEN
from marketplace.site.search.address import Address
from marketplace.site.search.asked import FACETS, Asked, asked_by_address
from marketplace.site.search.facets import Words, chips, groups, relaxations
from marketplace.site.search.fallback import UNANSWERED
from marketplace.site.search.hits import hit_cards
from marketplace.site.search.queries import KIND, Found, find, kinds, suggested
from marketplace.web.context import current
from marketplace.web.guard import requires
from marketplace.web.paging import Page
from marketplace.web.paging import asked as asked_page

search = Blueprint("search", __name__)

SUGGESTIONS = 8
LONGEST_PREFIX = 40
#: Groups of suggestions that lead to a page of their own.
LEADING = frozenset({"title", "number"})


@search.get("/search")
@requires(OPEN)
def page() -> ResponseReturnValue:
    """Results with facets. The whole state is in the address, so that it can be shared and kept."""
    ctx = current()
    asked = asked_by_address(request.args, *asked_page(), kinds())
    found = find(ctx, asked)
    live = "HX-Request" in request.headers
    if found.results.jump and asked.bare and not live:
        return redirect(url_for("achievements.page", achievement_id=found.results.jump), 303)
    return render_template("site/search.html", asked=asked, live=live, **_facts(ctx, asked, found))


@search.get("/suggest")
@requires(OPEN)
def suggestions() -> ResponseReturnValue:
    """What could be meant by the beginning of a word, its pinyin or its initials."""
    names = {"term": _("技术词"), "title": _("成果"), "holder": _("单位"), "number": _("编号")}
    items = []
    for found in suggested(current(), request.args.get("q", "")[:LONGEST_PREFIX], SUGGESTIONS):
        item = {"text": found.text, "kind": names.get(found.group, "")}
        if found.doc and found.group in LEADING:
            item["href"] = url_for("achievements.page", achievement_id=found.doc)
        items.append(item)
    return jsonify(items=items)


def _facts(ctx: Context, asked: Asked, found: Found) -> dict[str, Any]:
    results, address, words = found.results, Address.of(request.args), Words(ctx)
    shown = results.corrected or asked.text
    return {
        "results": results,
        "indexed": found.indexed,
        "unanswered": []
        if found.indexed
        else [words.name(n) for n in FACETS if n in UNANSWERED & set(asked.chosen)],
        "hits": hit_cards(ctx, shown, results),
        "tabs": _tabs(asked, found, address),
        "groups": groups(asked, results, words) if found.indexed else [],
        "chips": [(chip.words, chip.url) for chip in chips(asked, address, words)],
        "relaxations": list(relaxations(results, address, words)),
        "pages": Page(results.hits, results.page, results.per_page, results.total),
        "kept": address,
        "shown_text": shown,
        "synonyms": _("、").join(word for synonym in results.synonyms for word in synonym.also),
        "without_synonyms": address.having(synonyms="0").url,
        "with_synonyms": address.without("synonyms").url,
        "corrected_url": address.having(q=results.corrected or results.did_you_mean or asked.text).url,
        "unfiltered": address.only("q", "type", "sort", "synonyms").url,
    }


def _tabs(asked: Asked, found: Found, address: Address) -> list[tuple[str, str, bool, int | None]]:
    """(address, name, chosen, count) of each type of things, before them everything if there are several."""
    if not found.indexed:
        return []
    names, every = {"achievement": _("成果")}, kinds()
    counts = {str(one.value): one.count for one in found.results.facets.get(KIND, ())}
    tabs: list[tuple[str, str, bool, int | None]] = [
        (address.having(type=kind).url, names.get(kind, kind), asked.kind == kind, counts.get(kind, 0))
        for kind in every
    ]
    if len(every) == 1:
        return [(url, name, True, count) for url, name, _chosen, count in tabs]
    return [(address.without("type").url, _("全部"), not asked.kind, sum(counts.values())), *tabs]
