"""Hits as cards: the words found are marked in the language of the page."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from listings.achievements.lists import Row, public_rows
from marketplace.core.context import Context
from marketplace.core.i18n import current_language
from marketplace.site.cards import CHINESE, Card, card_of
from marketplace.site.search.queries import achievements
from search_index.analysis import tokens
from search_index.parsing import parse
from search_index.results import Results, ShownHit
from search_index.snippets import mark, snippet

ENGLISH_WIDTH = 240  # characters of a snippet; Chinese says as much in half of them


@dataclass(frozen=True)
class HitCard:
    """`partial`: some of the words are missing in it."""

    card: Card
    partial: bool


def hit_cards(ctx: Context, text: str, results: Results) -> list[HitCard]:
    """The hits of a page, in order. `text` is the one whose hits these are."""
    found = achievements(ctx, [hit.id for hit in results.hits])
    rows = {row.achievement.id: row for row in public_rows(ctx, found)}
    marks = frozenset(_marks(text, results))
    return [HitCard(_card(rows[hit.id], hit, marks), hit.partial) for hit in results.hits if hit.id in rows]


def _marks(text: str, results: Results) -> Iterator[str]:
    yield from parse(text).marks
    for synonym in results.synonyms:
        for other in synonym.also:
            yield from tokens(other)


def _card(row: Row, hit: ShownHit, marks: frozenset[str]) -> Card:
    content = row.content
    summary = hit.snippet or snippet(content.abstract, marks)
    if current_language() == "zh":
        return card_of(row, hit.title, summary)
    return card_of(
        row,
        mark(content.title_en, marks) if content.title_en else _chinese(hit.title),
        snippet(content.abstract_en, marks, ENGLISH_WIDTH) if content.abstract_en else _chinese(summary),
    )


def _chinese(text: Markup) -> Markup:
    return CHINESE.format(text)
