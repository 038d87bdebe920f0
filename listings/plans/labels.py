"""A plan in words, for pages and comparisons."""

from collections.abc import Callable, Iterator
from typing import Any

from listings.achievements.labels import clauses, code_label
from listings.classification import codes
from listings.plans.content import NAMED, SECTIONS, YES, PlanContent
from marketplace.core.i18n import LazyString, current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.i18n import lazy_pgettext as _lp
from marketplace.core.money import format_fen

STATES = {
    "draft": (_lp("方案状态", "草稿"), ""),
    "submitted": (_lp("方案状态", "待决策"), "info"),
    "decided": (_lp("方案状态", "已通过"), "ok"),
    "rejected": (_lp("方案状态", "未通过"), "bad"),
    "superseded": (_lp("方案状态", "已被取代"), ""),
    "withdrawn": (_lp("方案状态", "已撤销"), ""),
    "discarded": (_lp("方案状态", "已删除"), ""),
}
FIELDS: dict[str, LazyString] = {
    "rights": _l("权利清单"),
    "mode": _l("转化方式"),
    "pricing_method": _l("定价途径"),
    "buyer": _l("受让方"),
    "price_fen": _l("拟交易价格"),
    "price_bases": _l("定价依据"),
    "price_basis": _l("定价说明"),
    "payment_terms": _l("付款方式"),
    "buyer_search": _l("寻找受让方的过程"),
    "alternatives": _l("比较过的其他方案"),
    "checks": _l("尽职调查"),
    "risks": _l("风险和应对"),
    "distribution": _l("收益分配"),
    "related": _l("关联交易申报"),
    "completers": _l("完成人同意"),
    "co_owners": _l("共有人同意"),
}
_SECTIONS = {
    "object": _l("标的和方式"),
    "price": _l("定价和受让方"),
    "search": _l("寻找受让方"),
    "diligence": _l("尽职调查和风险"),
    "distribution": _l("收益分配"),
    "related": _l("关联交易"),
    "consents": _l("完成人和共有人同意"),
}
_LISTS = {"mode": "transfer_modes", "pricing_method": "pricing_methods", "price_bases": "price_bases"}


def state_label(state: str) -> tuple[str, str]:
    """(word, tone) of a state, for a tag."""
    word, tone = STATES[state]
    return str(word), tone


def section_label(name: str) -> str:
    """The heading of a section in the page's language."""
    return str(_SECTIONS[name])


def in_words(content: PlanContent, name: str) -> str:
    """One field of the content as text; parts of a list each on a line of their own."""
    special = _SPECIAL.get(name)
    if special is not None:
        return special(content)
    value: Any = getattr(content, name)
    if name in _LISTS:
        each = value if isinstance(value, tuple) else (value,)
        return _("、").join(code_label(_LISTS[name], code) for code in each if code)
    return str(value)


def sections_of(content: PlanContent) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """The content as cards: (name, heading, rows of name and value)."""
    return [
        (
            section.name,
            section_label(section.name),
            [(str(FIELDS[name]), in_words(content, name)) for name in section.fields],
        )
        for section in SECTIONS
    ]


def price_words(content: PlanContent) -> str:
    """The price for a list."""
    return format_fen(content.price_fen, current_language()) if content.price_fen is not None else ""


def buyer_words(content: PlanContent) -> str:
    """A named buyer with its credit code, or that it is to be found publicly."""
    buyer = content.buyer
    if buyer.kind != NAMED:
        return code_label("buyer_kinds", buyer.kind) if buyer.kind else ""
    return _("%(name)s（%(code)s）", name=buyer.name, code=buyer.credit_code or "--")


def _rights(content: PlanContent) -> str:
    return "\n".join(
        " · ".join(part for part in (code_label("ip_kinds", right.kind), right.number, right.holder) if part)
        for right in content.rights
    )


def _checks(content: PlanContent) -> str:
    return "\n".join(_checked(content))


def _checked(content: PlanContent) -> Iterator[str]:
    listed, language = codes("due_diligence"), current_language()
    for check in content.checks:
        name = listed.label(check.code, language) if check.code in listed else check.code
        parts = [_("已核查") if check.done else _("未核查"), check.note]
        if check.done or check.note:
            yield _("%(name)s：%(said)s", name=name, said=clauses(part for part in parts if part))


def _related(content: PlanContent) -> str:
    related = content.related
    if related.related != YES:
        return _("不存在关联关系") if related.related else ""
    parts = [_("存在关联关系"), code_label("relation_kinds", related.kind) if related.kind else ""]
    parts += [related.who, related.explanation]
    parts.append(_("已承诺不影响定价") if related.no_influence else _("未承诺不影响定价"))
    return "\n".join(part for part in parts if part)


def _completers(content: PlanContent) -> str:
    return "\n".join(
        " · ".join(
            part
            for part in (one.name, one.signed_on.isoformat() if one.signed_on else "", one.document)
            if part
        )
        for one in content.completers
    )


def _owners(content: PlanContent) -> str:
    owners = [" · ".join(part for part in (one.name, one.document) if part) for one in content.co_owners]
    return "\n".join(owners) or _("无")


def _price(content: PlanContent) -> str:
    return "" if content.price_fen is None else format_fen(content.price_fen, current_language(), "full")


_SPECIAL: dict[str, Callable[[PlanContent], str]] = {
    "rights": _rights,
    "buyer": buyer_words,
    "price_fen": _price,
    "checks": _checks,
    "related": _related,
    "completers": _completers,
    "co_owners": _owners,
}
