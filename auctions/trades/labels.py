"""A trade in words, for pages and comparisons. What a procedure says of itself comes from its phrases."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from auctions.gates.models import EXPORT, NOT_CONCERNED, PASSED, REFUSED, RELATIONS, SECRECY, TITLE
from auctions.priority.models import CO_OWNER, COMMISSIONER, COMPLETER
from auctions.regimes import NATURES, RULES, Nature, Regime
from auctions.terms.listing import ListingTerms, lengths
from auctions.terms.sale import INSTALMENTS, ONCE
from auctions.trades.kinds import procedure_of, terms_from
from auctions.trades.lot import Lot, lot_from
from auctions.trades.models import Trade
from listings.achievements.labels import code_label
from listings.shares import percent
from marketplace.core.clock import SHANGHAI, local_date
from marketplace.core.i18n import LazyString, current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.i18n import lazy_pgettext as _lp
from marketplace.core.money import format_fen
from marketplace.core.phrases import day_text
from marketplace.core.terms import TermError, Unit

FIELDS: dict[str, LazyString] = {
    "rights": _l("权利清单"),
    "mode": _l("转化方式"),
    "scope": _l("许可范围"),
    "nature": _l("出让方性质"),
    "matters": _l("重大事项"),
    "insiders": _l("完成人或单位领导是否参与受让"),
    "related": _l("参与受让的人员和关系"),
    "contact": _l("联系方式"),
    "body": _l("决策机构"),
    "resolution": _l("决议文号"),
    "decided_on": _l("决策日期"),
    "price_fen": _l("挂牌价"),
    "listing_amount": _l("挂牌期"),
    "extensions": _l("延牌次数"),
    "extension_wd": _l("每次延牌"),
    "deposit_fen": _l("保证金"),
    "deposit_wd": _l("保证金交纳期限"),
    "quotation_wd": _l("报价时间"),
    "priority_wd": _l("优先购买权行使期限"),
    "step_fen": _l("增价幅度"),
    "announce_d": _l("公告期"),
    "open_d": _l("报价期"),
    "conditions": _l("受让方条件"),
    "consortium": _l("联合受让"),
    "payment": _l("付款方式"),
    "first_instalment_bp": _l("首期付款比例"),
    "payment_terms": _l("付款约定"),
    "appraisal_fen": _l("评估结果"),
    "appraisal_on": _l("评估基准日"),
    "appraisal_document": _l("评估报告"),
    "approval": _l("低价批准文件"),
}
PAYMENTS = {ONCE: _l("一次付清"), INSTALMENTS: _l("分期付款")}
GATES = {
    SECRECY: _l("保密和国防"),
    TITLE: _l("权属"),
    EXPORT: _l("出口限制"),
    RELATIONS: _l("关联关系"),
}
RESULTS = {
    PASSED: (_l("通过"), "ok"),
    NOT_CONCERNED: (_l("不涉及"), ""),
    REFUSED: (_l("不通过"), "bad"),
}
HOLDER_KINDS = {
    COMPLETER: _l("完成人（民法典第八百四十七条）"),
    CO_OWNER: _l("共有人（民法典第八百六十条）"),
    COMMISSIONER: _l("委托人（民法典第八百五十九条）"),
}
ANSWERS = {
    "": (_l("尚未答复"), "info"),
    "waived": (_l("放弃"), ""),
    "exercised": (_l("行使"), "ok"),
}
#: What a trade says beside its procedure's moves.
EVENTS = {
    "drafted": _lp("交易记录", "起草"),
    "gate_assessed": _lp("交易记录", "准入核查"),
    "holder_added": _lp("交易记录", "列出优先购买权人"),
    "holder_notified": _lp("交易记录", "通知优先购买权人"),
    "holder_waived": _lp("交易记录", "放弃优先购买权"),
    "holder_exercised": _lp("交易记录", "行使优先购买权"),
    "question_asked": _lp("交易记录", "收到提问"),
    "question_answered": _lp("交易记录", "答复提问"),
}
_SUCCEEDED, _FAILED = "ok", "bad"


@dataclass(frozen=True)
class Section:
    """A card of the text: its fields in order, those of the lot and those of any procedure's terms."""

    name: str
    heading: LazyString
    fields: tuple[str, ...]


SECTIONS = (
    Section("object", _l("标的"), ("rights", "mode", "scope")),
    Section("seller", _l("出让方和决策"), ("nature", "body", "resolution", "decided_on", "contact")),
    Section(
        "price",
        _l("价格和评估"),
        ("price_fen", "appraisal_fen", "appraisal_on", "appraisal_document", "approval"),
    ),
    Section(
        "listing",
        _l("挂牌期"),
        ("listing_amount", "extensions", "extension_wd", "announce_d", "open_d", "step_fen"),
    ),
    Section("buyers", _l("受让方和保证金"), ("conditions", "consortium", "deposit_fen", "deposit_wd")),
    Section(
        "deal",
        _l("成交和付款"),
        ("quotation_wd", "priority_wd", "payment", "first_instalment_bp", "payment_terms"),
    ),
    Section("matters", _l("重大事项和利害关系"), ("matters", "insiders", "related")),
)
_PLACED = frozenset(name for section in SECTIONS for name in section.fields)


def state_tags(trade: Trade) -> list[tuple[str, str]]:
    """(word, tone) of the state, and whether it is suspended."""
    tags = [(state_words(trade.kind, trade.state), state_tone(trade.kind, trade.state))]
    if trade.suspended_at is not None:
        tags.append((_("已中止"), "warn"))
    return tags


def state_words(kind: str, state: str) -> str:
    return procedure_of(kind).stage(state).words.text(current_language())


def state_tone(kind: str, state: str) -> str:
    procedure = procedure_of(kind)
    if state in procedure.succeeded:
        return _SUCCEEDED
    if state in procedure.final:
        return ""
    if state in procedure.registering | procedure.offering:
        return "hot"
    return "" if state == procedure.initial else "info"


def deadline_words(end: datetime | None) -> str:
    """2026-11-27（周五）24:00: the instant after the last day, as the law says it."""
    if end is None:
        return ""
    language = current_language()
    local = end.astimezone(SHANGHAI)
    if (local.hour, local.minute, local.second) == (0, 0, 0):
        return f"{day_text(local_date(end - datetime.resolution), language)} 24:00"
    return f"{day_text(local.date(), language)} {local:%H:%M:%S}"


def day_words(day: date) -> str:
    """With its weekday."""
    return day_text(day, current_language())


def regime_words(regime: str) -> list[tuple[str, str]]:
    """Which body of rules applies, why, and what it asks for."""
    rules, language = RULES[Regime(regime)], current_language()
    return [
        (_("适用规则"), rules.words.text(language)),
        (_("原因"), rules.why.text(language)),
        (_("定价方式"), rules.pricing.text(language)),
        (_("审批"), rules.approval.text(language)),
        (_("资产评估"), rules.appraisal.text(language)),
    ]


def names_of(trade: Trade, section: Section) -> list[str]:
    """The fields of a section that this trade's procedure knows. What no section places comes with the deal."""
    terms = [field.name for field in fields(procedure_of(trade.kind).terms) if field.name != "regime"]
    known = {field.name for field in fields(Lot)} | set(terms)
    names = [name for name in section.fields if name in known]
    if section.name == "deal":
        names += [name for name in terms if name not in _PLACED]
    return names


def sections_of(trade: Trade, *, whole: bool = False) -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    """(name, heading, rows of field, label and value). Unless `whole`, what does not apply and is empty is left out."""
    lot, terms = lot_from(trade.lot), terms_from(procedure_of(trade.kind), trade.terms)
    found = []
    for section in SECTIONS:
        rows = [(name, field_label(name), in_words(lot, terms, name)) for name in names_of(trade, section)]
        kept = [
            row for row in rows if not _idle(row[0], terms) and (row[2] or (whole and _applies(row[0], lot)))
        ]
        if kept:
            found.append((section.name, str(section.heading), kept))
    return found


def label_of(name: str) -> LazyString | str:
    """The name of a field; a procedure that nobody has words for shows its own."""
    return FIELDS.get(name, name)


def field_label(name: str) -> str:
    return str(label_of(name))


def in_words(lot: Lot, terms: Any, name: str) -> str:
    """One field of the lot or of the terms as text; parts of a list each on a line of their own."""
    holder = lot if hasattr(lot, name) else terms
    special = _SPECIAL.get(name)
    value = getattr(holder, name)
    if name == "listing_amount" and isinstance(terms, ListingTerms):
        return _listing(terms) if terms.price_fen else ""
    if special is not None:
        return special(value)
    if value is None or value == "":
        return ""
    return _by_shape(name, value)


def _by_shape(name: str, value: Any) -> str:
    """Money, shares and lengths are told by the ends of their names, in every procedure."""
    if name.endswith("_fen"):
        return format_fen(value, current_language(), "full") if value else _("不收取")
    if name.endswith("_bp"):
        return f"{percent(value)}%"
    if name.endswith(("_wd", "_d")):
        return _("%(n)s 个工作日", n=value) if name.endswith("_wd") else _("%(n)s 日", n=value)
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, tuple):
        return "\n".join(str(part) for part in value)
    return str(value)


def _idle(name: str, terms: Any) -> bool:
    """Does a field have a value, but another one leaves it without effect?"""
    if name == "extension_wd":
        return not getattr(terms, "extensions", 0)
    return name == "first_instalment_bp" and getattr(terms, "payment", "") != INSTALMENTS


def _applies(name: str, lot: Lot) -> bool:
    if name == "scope":
        return lot.mode.startswith("licence")
    if name == "related":
        return lot.insiders == "yes"
    if name in {"body", "resolution", "decided_on"}:
        return lot.nature == Nature.STATE_ENTERPRISE
    return name not in {"approval", "matters", "conditions"}


def _rights(rights: Sequence[Any]) -> str:
    return "\n".join(
        " · ".join(part for part in (code_label("ip_kinds", right.kind), right.number, right.holder) if part)
        for right in rights
    )


def _nature(nature: str) -> str:
    return NATURES[Nature(nature)].text(current_language()) if nature in set(Nature) else ""


def _insiders(value: str) -> str:
    return {"yes": _("是，参与受让"), "no": _("否")}.get(value, "")


def _listing(terms: Any) -> str:
    """How long it is listed: the longest of what is asked for counts."""
    try:
        counted = lengths(terms)
    except TermError:
        return str(terms.listing_amount)
    said = [
        _("%(n)s 个工作日", n=term.amount) if term.unit is Unit.WORKDAY else _("%(n)s 日", n=term.amount)
        for term in counted
    ]
    if len(said) == 1:
        return said[0]
    return _("%(one)s和%(other)s，以较长的为准", one=said[0], other=said[1])


def _extensions(value: int) -> str:
    return _("期满无意向方的，最多延长 %(n)s 次", n=value) if value else _("不延长")


def _consortium(value: bool) -> str:
    return _("接受联合受让") if value else _("不接受联合受让")


def _payment(value: str) -> str:
    return str(PAYMENTS.get(value, value))


_SPECIAL: dict[str, Callable[[Any], str]] = {
    "rights": _rights,
    "mode": lambda mode: code_label("transfer_modes", mode) if mode else "",
    "nature": _nature,
    "insiders": _insiders,
    "extensions": _extensions,
    "consortium": _consortium,
    "payment": _payment,
}
