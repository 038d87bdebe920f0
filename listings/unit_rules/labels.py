"""A unit's rules in words, for pages."""

from typing import Any

from listings.achievements.labels import clauses, code_label
from listings.unit_rules.content import RulesContent, Tier
from marketplace.core.i18n import LazyString, current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.i18n import lazy_pgettext as _lp
from marketplace.core.money import format_fen

STATES = {
    "draft": (_lp("制度状态", "草稿"), ""),
    "in_force": (_lp("制度状态", "现行有效"), "ok"),
    "superseded": (_lp("制度状态", "已被新版取代"), ""),
}
FIELDS: dict[str, LazyString] = {
    "title": _l("制度名称"),
    "document_number": _l("文号"),
    "adopted_on": _l("通过日期"),
    "consulted_on": _l("听取职工意见日期"),
    "consultation": _l("听取职工意见的方式"),
    "objection_procedure": _l("异议处理程序和办法"),
    "notice_url": _l("本单位公示网页"),
    "tiers": _l("审批层级"),
    "grant_share_min_bp": _l("赋权最低比例"),
    "related_route": _l("关联交易"),
}


def in_words(content: RulesContent, name: str) -> str:
    """One field as text."""
    value: Any = getattr(content, name)
    if name == "tiers":
        return clauses(tier_words(content.tiers))
    if name == "related_route":
        return code_label("related_routes", value) if value else ""
    if name == "grant_share_min_bp":
        return share_words(value)
    return "" if value is None else str(value)


def tier_words(tiers: tuple[Tier, ...]) -> list[str]:
    """Each tier with its range: `不足 200 万元：转移办公室`, `200 万元以上、不足 500 万元：…`."""
    found, low = [], 0
    for tier in tiers:
        found.append(_("%(range)s：%(body)s", range=_range(low, tier.up_to_fen), body=tier.body))
        low = tier.up_to_fen or low
    return found


def share_words(bp: int | None) -> str:
    """Basis points as a percentage: 7050 → `70.5%`."""
    if bp is None:
        return ""
    whole, rest = divmod(bp, 100)
    return f"{whole}.{rest:02d}".rstrip("0") + "%" if rest else f"{whole}%"


def _range(low: int, high: int | None) -> str:
    language = current_language()
    least = format_fen(low, language)
    if high is None:
        return _("%(low)s以上", low=least) if low else _("任何金额")
    most = format_fen(high, language)
    return _("%(low)s以上、不足 %(high)s", low=least, high=most) if low else _("不足 %(high)s", high=most)
