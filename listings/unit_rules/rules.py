"""What an edition must say before it may be published. Said once, for every door."""

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from listings.achievements.texts import storable
from listings.classification import codes
from listings.unit_rules.content import RulesContent, rising, to_json
from marketplace.core.errors import FieldError
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.money import MAX_FEN

LONGEST = {
    "title": 100,
    "document_number": 80,
    "consultation": 500,
    "objection_procedure": 10_000,
    "notice_url": 300,
}
SHORTEST_PROCEDURE = 60
MOST_TIERS = 8
LONGEST_BODY = 60
WHOLE_BP = 10_000
_YEARS = range(1900, 2101)
_REQUIRED_WORDS = {
    "title": _l("填写制度名称"),
    "document_number": _l("填写文号"),
    "adopted_on": _l("填写通过日期"),
    "consulted_on": _l("填写听取职工意见的日期"),
    "consultation": _l("说明怎样听取职工意见"),
    "objection_procedure": _l("填写异议处理程序和办法"),
    "notice_url": _l("填写本单位公示网页的地址"),
    "tiers": _l("填写至少一级审批"),
    "related_route": _l("选择关联交易的处理方式"),
}
REQUIRED = tuple(_REQUIRED_WORDS)


def shape_complaints(content: RulesContent) -> Iterator[FieldError]:
    """What may not even be saved."""
    for name, value in to_json(content).items():
        if not storable(value):
            yield FieldError(name, "unstorable", _l("含有无法保存的控制字符，请删除后再提交"))
    for name, limit in LONGEST.items():
        if len(getattr(content, name)) > limit:
            yield FieldError(name, "too_long", _l("不超过 %(limit)s 个字", limit=limit))
    for name in ("adopted_on", "consulted_on"):
        value = getattr(content, name)
        if value is not None and value.year not in _YEARS:
            yield FieldError(name, "range", _l("核对年份，写四位数字"))
    if content.related_route and content.related_route not in codes("related_routes"):
        yield FieldError("related_route", "unknown_code", _l("选择关联交易的处理方式"))
    if content.grant_share_min_bp is not None and not 0 <= content.grant_share_min_bp <= WHOLE_BP:
        yield FieldError("grant_share_min_bp", "range", _l("比例在 0 到 100% 之间"))
    yield from _tier_shapes(content)


def publication_complaints(content: RulesContent, today: date) -> Iterator[FieldError]:
    """What is missing or contradictory for publication on this day, a date in Beijing."""
    yield from shape_complaints(content)
    for name, words in _REQUIRED_WORDS.items():
        if not getattr(content, name):
            yield FieldError(name, "required", words)
    if 0 < len(content.objection_procedure) < SHORTEST_PROCEDURE:
        message = _l(
            "至少 %(least)s 个字，写明向谁提出、怎样受理、谁来调查、多久答复", least=SHORTEST_PROCEDURE
        )
        yield FieldError("objection_procedure", "too_short", message)
    if content.notice_url and not _is_address(content.notice_url):
        yield FieldError("notice_url", "address", _l("填写完整的网址，以 https:// 或 http:// 开头"))
    yield from _date_order(content, today)
    yield from _tier_complaints(content)


def _tier_shapes(content: RulesContent) -> Iterator[FieldError]:
    if len(content.tiers) > MOST_TIERS:
        yield FieldError("tiers", "too_many", _l("最多 %(limit)s 项", limit=MOST_TIERS))
    for place, tier in enumerate(content.tiers):
        if len(tier.body) > LONGEST_BODY:
            message = _l("不超过 %(limit)s 个字", limit=LONGEST_BODY)
            yield FieldError(f"tiers.{place}.body", "too_long", message)
        if tier.up_to_fen is not None and not 0 < tier.up_to_fen <= MAX_FEN:
            yield FieldError(f"tiers.{place}.up_to_fen", "range", _l("核对金额，单位是万元"))


def _date_order(content: RulesContent, today: date) -> Iterator[FieldError]:
    if content.adopted_on is not None and content.adopted_on > today:
        yield FieldError("adopted_on", "future", _l("制度通过之后才能发布"))
    if content.adopted_on and content.consulted_on and content.consulted_on > content.adopted_on:
        yield FieldError("consulted_on", "order", _l("应在制度通过之前听取职工意见"))


def _tier_complaints(content: RulesContent) -> Iterator[FieldError]:
    if not content.tiers:
        return
    bodies = [tier.body.strip() for tier in content.tiers]
    for place, body in enumerate(bodies):
        if not body:
            yield FieldError(f"tiers.{place}.body", "required", _l("填写决策机构"))
        elif body in bodies[:place]:
            yield FieldError(f"tiers.{place}.body", "repeated", _l("每一级的决策机构应不同"))
    if not rising(content.tiers):
        yield FieldError("tiers", "order", _l("金额上限由低到高填写，最后一级不填上限"))


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not any(c.isspace() for c in text)
