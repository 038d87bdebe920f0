"""Hits as cards: the words found are marked in the language of the page."""

from collections.abc import Iterator
from dataclasses import replace

from markupsafe import Markup
from sqlalchemy import select

from listings.achievements.cards import CHINESE, Card, Cards
from listings.achievements.lists import PublicRow, public_rows
from listings.achievements.models import Achievement
from marketplace.core.context import Context
from marketplace.core.i18n import current_language
from marketplace.core.i18n import gettext as _
from search_index.analysis import tokens
from search_index.parsing import parse
from search_index.results import Results, ShownHit
from search_index.snippets import mark, snippet

ENGLISH_WIDTH = 240  # characters of a snippet; Chinese says as much in half of them


def hit_cards(ctx: Context, text: str, results: Results) -> list[Card]:
    """The hits of a page, in order. `text` is the one whose hits these are."""
    found = select(Achievement).where(Achievement.id.in_([hit.id for hit in results.hits]))
    rows = {row.id: row for row in public_rows(ctx, found)}
    marks, cards = frozenset(_marks(text, results)), Cards()
    made = [(hit, _card(cards, rows[hit.id], hit, marks)) for hit in results.hits if hit.id in rows]
    return [replace(card, tag=_("部分匹配")) if hit.partial else card for hit, card in made]


def _marks(text: str, results: Results) -> Iterator[str]:
    yield from parse(text).marks
    for synonym in results.synonyms:
        for other in synonym.also:
            yield from tokens(other)


def _card(cards: Cards, row: PublicRow, hit: ShownHit, marks: frozenset[str]) -> Card:
    content = row.content
    summary = hit.snippet or snippet(content.abstract, marks)
    if current_language() == "zh":
        return cards.card(row, hit.title, summary)
    return cards.card(
        row,
        mark(content.title_en, marks) if content.title_en else _chinese(hit.title),
        snippet(content.abstract_en, marks, ENGLISH_WIDTH) if content.abstract_en else _chinese(summary),
    )


def _chinese(text: Markup) -> Markup:
    return CHINESE.format(text)
