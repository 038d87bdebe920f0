"""One achievement as one row: our own numbers first, then the columns of the import template."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from listings.achievements.content import Content
from listings.achievements.labels import in_words, state_label
from listings.achievements.models import Achievement
from listings.imports.columns import COLUMNS, COMPLETER_UNIT, EXTERNAL_ID, Column
from marketplace.core.clock import local_date
from marketplace.core.i18n import current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.money import Fen
from marketplace.core.tabular.csv_export import ExportCell

_FEN_IN_WAN = 1_000_000
_CONTENT = tuple(
    column for column in COLUMNS if column.offered and column.name not in {EXTERNAL_ID, COMPLETER_UNIT}
)


def header(*, own: bool) -> list[str]:
    """Titles in the page's language. `own` adds what is nobody else's business: the holder's number of the record."""
    titles = [_("平台编号"), _("状态"), _("持有单位"), _("发布日期"), _("网址")]
    if own:
        titles.append(EXTERNAL_ID if current_language() == "en" else _zh(EXTERNAL_ID))
    return titles + [column.name if current_language() == "en" else column.zh for column in _CONTENT]


def row(achievement: Achievement, content: Content, address: str, *, own: bool) -> list[ExportCell]:
    """The cells under `header`. `content` is what the reader may see of it."""
    published = achievement.published_at
    cells: list[ExportCell] = [
        achievement.number,
        state_label(achievement.state)[0],
        achievement.holder.name,
        local_date(published) if published else None,
        address,
    ]
    if own:
        cells.append(achievement.external_id or "")
    return cells + [_cell(content, column) for column in _CONTENT]


def _cell(content: Content, column: Column) -> ExportCell:
    special = _AS_VALUES.get(column.field)
    return special(content) if special else in_words(content, column.field)


def _wan(fen: Fen | None) -> Decimal | None:
    """The column is in 万元; 12.5 for 12,500,000 fen."""
    return None if fen is None else Decimal(fen) / _FEN_IN_WAN


def _entries(name: str) -> Callable[[Content], str]:
    """Lists one entry a line in the cell are separated as the import reads them."""

    def cell(content: Content) -> str:
        return in_words(content, name).replace("\n", "；")

    return cell


def _people(content: Content) -> str:
    return "；".join(
        "|".join(part for part in (p.name, p.title, p.unit)).rstrip("|") for p in content.completers
    )


#: Fields whose cell is a number or a date, or is separated otherwise than on a page.
_AS_VALUES: Mapping[str, Callable[[Content], Any]] = {
    "trl": lambda content: content.trl,
    "price_fen": lambda content: _wan(content.price_fen),
    "trl_assessed_on": lambda content: content.trl_assessed_on,
    "rights_checked_on": lambda content: content.rights_checked_on,
    "rights": _entries("rights"),
    "indicators": _entries("indicators"),
    "completers": _people,
}


def _zh(name: str) -> str:
    return next(column.zh for column in COLUMNS if column.name == name)
