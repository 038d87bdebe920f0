"""What a plan must and must not say before it may be submitted. Said once, for every door."""

from collections.abc import Iterator
from typing import Any

from listings.achievements.texts import storable
from listings.classification import codes
from listings.plans.content import AGREEMENT, DILIGENCE, NAMED, PUBLIC, YES, PlanContent, to_json
from listings.plans.facts import Facts
from listings.plans.related import related_complaints
from listings.rights import co_owners, missing_complaints
from listings.rights import shape_complaints as right_shapes
from marketplace.core.credit_code import CreditCodeError, parse_credit_code
from marketplace.core.errors import FieldError
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.money import MAX_FEN

LONGEST = {
    "price_basis": 4_000,
    "payment_terms": 2_000,
    "buyer_search": 3_000,
    "alternatives": 3_000,
    "risks": 3_000,
    "distribution": 3_000,
}
MOST = {"price_bases": 4, "checks": len(DILIGENCE), "completers": 40, "co_owners": 20}
LONGEST_PART = 200  # characters in a cell: a name, a number
LONGEST_NOTE = 500  # characters of a remark or an explanation
SHORTEST_BASIS = 20
_CODED = {"mode": "transfer_modes", "pricing_method": "pricing_methods", "price_bases": "price_bases"}
_LISTED = {
    "completers": {"name": LONGEST_PART, "document": LONGEST_PART},
    "co_owners": {"name": LONGEST_PART, "document": LONGEST_PART},
}
_YEARS = range(1900, 2101)
_REQUIRED_WORDS = {
    "rights": _l("列出至少一项权利"),
    "mode": _l("选择转化方式"),
    "pricing_method": _l("选择定价途径"),
    "price_fen": _l("填写拟交易价格"),
    "price_bases": _l("选择至少一种定价依据"),
    "price_basis": _l("说明价格是怎样形成的"),
    "payment_terms": _l("填写付款方式"),
    "buyer_search": _l("说明怎样寻找受让方"),
    "alternatives": _l("说明比较过哪些方案，没有其他方案的说明原因"),
    "risks": _l("写明风险和应对"),
    "distribution": _l("写明收益分配办法"),
    "completers": _l("填写每位完成人的同意情况"),
}
REQUIRED = tuple(_REQUIRED_WORDS)


def shape_complaints(content: PlanContent) -> Iterator[FieldError]:
    """What may not even be saved."""
    for name, value in to_json(content).items():
        if not storable(value):
            yield FieldError(name, "unstorable", _l("含有无法保存的控制字符，请删除后再提交"))
    for name, limit in LONGEST.items():
        yield from _too_long(name, getattr(content, name), limit)
    for name, limit in MOST.items():
        if len(getattr(content, name)) > limit:
            yield FieldError(name, "too_many", _l("最多 %(limit)s 项", limit=limit))
    for name, listed in _CODED.items():
        chosen: Any = getattr(content, name)
        for code in chosen if isinstance(chosen, tuple) else (chosen,):
            if code and code not in codes(listed):
                yield FieldError(name, "unknown_code", _l("不在可选范围内"))
    if content.price_fen is not None and not 0 <= content.price_fen <= MAX_FEN:
        yield FieldError("price_fen", "range", _l("核对金额，单位是万元"))
    yield from right_shapes(content.rights)
    yield from _wrong_lists(content)
    yield from _wrong_groups(content)


def submission_complaints(content: PlanContent, facts: Facts) -> Iterator[FieldError]:
    """What is missing or contradictory before the unit decides about it."""
    yield from shape_complaints(content)
    for name, words in _REQUIRED_WORDS.items():
        if not getattr(content, name) and not (name == "price_fen" and content.price_fen == 0):
            yield FieldError(name, "required", words)
    if content.price_fen == 0:
        yield FieldError("price_fen", "range", _l("价格须大于零"))
    if 0 < len(content.price_basis) < SHORTEST_BASIS:
        message = _l("至少 %(least)s 个字，写明依据和计算", least=SHORTEST_BASIS)
        yield FieldError("price_basis", "too_short", message)
    yield from missing_complaints(content.rights)
    yield from _buyer_complaints(content)
    yield from _diligence_complaints(content)
    yield from related_complaints(content.related)
    yield from _consent_complaints(content, facts)
    yield from _owner_complaints(content, facts)


def _too_long(where: str, text: str, limit: int) -> Iterator[FieldError]:
    if len(text) > limit:
        yield FieldError(where, "too_long", _l("不超过 %(limit)s 个字", limit=limit))


def _wrong_lists(content: PlanContent) -> Iterator[FieldError]:
    for name, parts in _LISTED.items():
        for place, entry in enumerate(getattr(content, name)):
            for part, limit in parts.items():
                yield from _too_long(f"{name}.{place}.{part}", getattr(entry, part), limit)
    for place, consent in enumerate(content.completers):
        if consent.signed_on is not None and consent.signed_on.year not in _YEARS:
            where = f"completers.{place}.signed_on"
            yield FieldError(where, "range", _l("核对年份，写四位数字"))
    for check in content.checks:
        if check.code not in DILIGENCE:
            yield FieldError("checks", "unknown_code", _l("不在可选范围内"))
        yield from _too_long(f"checks.{check.code}.note", check.note, LONGEST_NOTE)


def _wrong_groups(content: PlanContent) -> Iterator[FieldError]:
    buyer, related = content.buyer, content.related
    if buyer.kind and buyer.kind not in codes("buyer_kinds"):
        yield FieldError("buyer.kind", "unknown_code", _l("不在可选范围内"))
    if related.related not in {"", YES, "no"}:
        yield FieldError("related.related", "unknown_code", _l("选择是或否"))
    if related.kind and related.kind not in codes("relation_kinds"):
        yield FieldError("related.kind", "unknown_code", _l("不在可选范围内"))
    yield from _too_long("buyer.name", buyer.name, LONGEST_PART)
    yield from _too_long("buyer.credit_code", buyer.credit_code, LONGEST_PART)
    yield from _too_long("related.who", related.who, LONGEST_PART)
    yield from _too_long("related.explanation", related.explanation, LONGEST_NOTE)


def _buyer_complaints(content: PlanContent) -> Iterator[FieldError]:
    """Whoever prices by agreement has agreed with somebody; every other way looks for somebody in public."""
    buyer, method = content.buyer, content.pricing_method
    if not buyer.kind:
        yield FieldError("buyer.kind", "required", _l("选择受让方"))
    elif method == AGREEMENT and buyer.kind != NAMED:
        yield FieldError("buyer.kind", "contradiction", _l("协议定价须写明受让方"))
    elif method and method != AGREEMENT and buyer.kind != PUBLIC:
        yield FieldError("buyer.kind", "contradiction", _l("挂牌、拍卖和招标须公开征集受让方"))
    if buyer.kind != NAMED:
        if buyer.name.strip() or buyer.credit_code.strip():
            yield FieldError("buyer.name", "contradiction", _l("公开征集的，请勿填写受让方"))
        return
    if not buyer.name.strip():
        yield FieldError("buyer.name", "required", _l("填写受让方名称"))
    try:
        parse_credit_code(buyer.credit_code)
    except CreditCodeError as error:
        yield FieldError("buyer.credit_code", error.code, error.message)


def _diligence_complaints(content: PlanContent) -> Iterator[FieldError]:
    said = {check.code: check for check in content.checks}
    for code in DILIGENCE:
        check = said.get(code)
        if check is None or not (check.done or check.note.strip()):
            message = _l("核查后勾选，没有核查的说明原因")
            yield FieldError(f"checks.{code}.note", "required", message)


def _consent_complaints(content: PlanContent, facts: Facts) -> Iterator[FieldError]:
    for place, consent in enumerate(content.completers):
        where = f"completers.{place}"
        if not consent.name.strip():
            yield FieldError(f"{where}.name", "required", _l("填写姓名"))
        if consent.signed_on is None:
            yield FieldError(f"{where}.signed_on", "required", _l("填写签字日期"))
        elif consent.signed_on > facts.today:
            yield FieldError(f"{where}.signed_on", "future", _l("签字日期不能晚于今天"))
        if not consent.document.strip():
            yield FieldError(f"{where}.document", "required", _l("填写同意书的名称或编号"))
    agreed = {consent.name.strip() for consent in content.completers}
    if missing := [name for name in facts.completers if name not in agreed]:
        message = _l("还缺少完成人%(names)s的同意", names="、".join(missing))
        yield FieldError("completers", "missing", message)


def _owner_complaints(content: PlanContent, facts: Facts) -> Iterator[FieldError]:
    for place, owner in enumerate(content.co_owners):
        for part, words in (("name", _l("填写共有人名称")), ("document", _l("填写同意书的名称或编号"))):
            if not getattr(owner, part).strip():
                yield FieldError(f"co_owners.{place}.{part}", "required", words)
    consenting = {owner.name.strip() for owner in content.co_owners}
    if missing := [name for name in co_owners(content.rights, facts.holder) if name not in consenting]:
        message = _l("还缺少共有人%(names)s的同意", names="、".join(missing))
        yield FieldError("co_owners", "missing", message)
