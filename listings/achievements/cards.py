"""An achievement as an entry of a list, in the language of the page."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup, escape

from listings.achievements.labels import code_label, price_label
from listings.achievements.lists import PublicRow
from marketplace.accounts.models import Organisation
from marketplace.core.i18n import Language, current_language
from marketplace.core.i18n import gettext as _
from marketplace.web.filters import day

CHINESE = Markup('<span lang="zh-Hans">{}</span>')
SHORT = 160  # characters of an abstract


@dataclass(frozen=True)
class Card:
    """What a list shows. Texts may hold marks; Chinese text on an English page says that it is Chinese.

    `facts`: (name, value), none of them empty. `brief` is what a short list has room for: field, readiness and price.
    `meta`: its number and the day it was published. `tag`: a word before the title.
    """

    url: str
    title: Markup
    summary: Markup
    holder: Markup
    verified: bool
    facts: tuple[tuple[str, str], ...]
    brief: tuple[str, ...]
    price: str
    meta: str
    tag: str = ""


class Cards:
    """Makes the cards of one page: the words that all of them say are looked up once."""

    def __init__(self) -> None:
        self._language = current_language()
        self._names = (_("领域"), _("权利"), _("成熟度"), _("方式"))
        self._comma = _("、")

    def card(self, row: PublicRow, title: Markup | None = None, summary: Markup | None = None) -> Card:
        """The card of a public achievement; `title` and `summary` replace its own."""
        content = row.content
        field = code_label("technology_fields", content.field) if content.field else ""
        level = _("%(level)s 级", level=content.trl) if content.trl else ""
        price = price_label(content.price_mode, content.price_fen)
        rights = self._listed("ip_kinds", dict.fromkeys(right.kind for right in content.rights))
        values = (field, rights, level, self._listed("transfer_modes", content.modes))
        return Card(
            url=url_for("achievements.page", achievement_id=row.id),
            title=title or self._said(content.title, content.title_en),
            summary=summary or self._said(_short(content.abstract), _short(content.abstract_en)),
            holder=self._said(row.holder, row.holder_en),
            verified=row.verified,
            facts=tuple((name, value) for name, value in zip(self._names, values, strict=True) if value),
            brief=tuple(part for part in (field, level, price) if part),
            price=price,
            meta=f"{row.number} · {day(row.published_at)}",
        )

    def _said(self, chinese: str, english: str) -> Markup:
        return _in_language(self._language, chinese, english)

    def _listed(self, vocabulary: str, chosen: Iterable[str]) -> str:
        return self._comma.join(code_label(vocabulary, code) for code in chosen)


def organisation_name(organisation: Organisation) -> Markup:
    return _in_language(current_language(), organisation.name, organisation.name_en)


def _in_language(language: Language, chinese: str, english: str) -> Markup:
    """The English text on an English page, if there is one."""
    if language == "zh":
        return escape(chinese)
    return escape(english) if english else CHINESE.format(chinese)


def _short(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[:SHORT].rstrip()}…"
