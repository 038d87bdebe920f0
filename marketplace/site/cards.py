"""An achievement as an entry of a list, in the language of the page."""

from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup, escape

from listings.achievements.labels import code_label, price_label
from listings.achievements.lists import Row
from marketplace.accounts.models import Organisation
from marketplace.core.i18n import current_language
from marketplace.core.i18n import gettext as _
from marketplace.web.filters import day

CHINESE = Markup('<span lang="zh-Hans">{}</span>')


@dataclass(frozen=True)
class Card:
    """What a list shows. Texts may hold marks; Chinese text on an English page says that it is Chinese.

    `brief` is what a short list has room for: field, readiness and price.
    """

    url: str
    title: Markup
    summary: Markup
    holder: Markup
    verified: bool
    facts: tuple[tuple[str, Markup | str], ...]
    brief: tuple[str, ...]
    price: str
    meta: tuple[str, ...]


def card_of(row: Row, title: Markup | None = None, summary: Markup | None = None) -> Card:
    """The card of a public achievement; `title` and `summary` replace its own."""
    achievement, content = row.achievement, row.content
    price = price_label(content.price_mode, content.price_fen)
    return Card(
        url=url_for("achievements.page", achievement_id=achievement.id),
        title=title or in_page_language(content.title, content.title_en),
        summary=summary or in_page_language(content.abstract, content.abstract_en),
        holder=organisation_name(achievement.holder),
        verified=achievement.holder.verified,
        facts=_facts(row),
        brief=tuple(
            part
            for part in (code_label("technology_fields", content.field), _level(content.trl), price)
            if part
        ),
        price=price,
        meta=(achievement.number, day(achievement.published_at)),
    )


def in_page_language(chinese: str, english: str) -> Markup:
    """The English text on an English page, if there is one."""
    if current_language() == "zh":
        return escape(chinese)
    return escape(english) if english else CHINESE.format(chinese)


def organisation_name(organisation: Organisation) -> Markup:
    return in_page_language(organisation.name, organisation.name_en)


def _facts(row: Row) -> tuple[tuple[str, Markup | str], ...]:
    content = row.content
    listing = _("、")
    kinds = dict.fromkeys(right.kind for right in content.rights)
    return (
        (_("单位"), organisation_name(row.achievement.holder)),
        (_("领域"), code_label("technology_fields", content.field)),
        (_("权利"), listing.join(code_label("ip_kinds", kind) for kind in kinds)),
        (_("成熟度"), _level(content.trl)),
        (_("方式"), listing.join(code_label("transfer_modes", mode) for mode in content.modes)),
    )


def _level(trl: int | None) -> str:
    return _("%(level)s 级", level=trl) if trl else ""
