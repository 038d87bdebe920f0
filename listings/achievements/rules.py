"""What an achievement must and must not say before it may be submitted. Said once, for every door.

Each complaint names the content field, so that forms show it beside the field and the API in `errors`.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from listings.achievements.content import RESTRICTABLE, Content, to_json
from listings.achievements.texts import storable, tidy
from listings.classification import codes
from marketplace.core.errors import FieldError
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.patent_numbers import PatentNumberError, parse_patent_number

#: Longest text in characters, by field.
LONGEST = {
    "title": 200,  # in Chinese half of it is long; names in English are longer
    "title_en": 200,
    "abstract": 3_000,
    "abstract_en": 6_000,
    "pain_point": 3_000,
    "principle": 6_000,
    "cases": 6_000,
    "market": 3_000,
    "conditions": 3_000,
    "risks": 3_000,
    "trl_evidence": 2_000,
    "trl_assessor_name": 100,
    "payment_terms": 2_000,
    "cooperation": 2_000,
    "project": 300,
}
MOST = {
    "keywords": 8, "industries": 6, "ipc": 12, "forms": 6, "rights": 40, "modes": 8,
    "completers": 40, "indicators": 30, "files": 30, "restricted": len(RESTRICTABLE),
}  # fmt: skip
LONGEST_KEYWORD = 40
LONGEST_PART = 200  # characters in a cell of a list: a name, a number, a value
SHORTEST_ABSTRACT = 60
UNPRICED = frozenset({"negotiable", "undisclosed"})
PRICED = frozenset({"fixed", "floor"})
MOST_FEN = 10**15  # ten trillion yuan: beyond it something was mistyped
REQUIRED = ("title", "abstract", "keywords", "field", "trl", "modes", "price_mode", "completers")
_CODED = {
    "field": "technology_fields", "industries": "industries", "category": "achievement_classes",
    "forms": "achievement_forms", "attribute": "attributes", "level": "levels", "region": "regions",
    "trl_assessor": "assessor_kinds", "modes": "transfer_modes", "price_mode": "price_modes",
}  # fmt: skip
_LISTED = {
    "indicators": ("name", "value", "benchmark"),
    "rights": ("number", "holder"),
    "completers": ("name", "title", "unit"),
}
_PATENTS = frozenset({"patent_invention", "utility_model", "design"})
_MONTH = re.compile(r"(19|20)[0-9]{2}-(0[1-9]|1[0-2])")
_IPC = re.compile(r"[A-H][0-9]{2}[A-Z]( ?[0-9]{1,4}/[0-9]{2,6})?")
_YEARS = range(1900, 2101)


def shape_complaints(content: Content) -> Iterator[FieldError]:
    """What may not even be saved: texts too long, lists too long, unknown codes, what no database can keep."""
    for name, value in to_json(content).items():
        if not storable(value):
            yield FieldError(name, "unstorable", _l("含有无法保存的控制字符，请删除后再提交"))
    for name, limit in LONGEST.items():
        if len(getattr(content, name)) > limit:
            yield FieldError(name, "too_long", _l("不超过 %(limit)s 个字", limit=limit))
    for name, limit in MOST.items():
        if len(getattr(content, name)) > limit:
            yield FieldError(name, "too_many", _l("最多 %(limit)s 项", limit=limit))
    yield from _unknown_codes(content)
    yield from _wrong_parts(content)
    yield from _wrong_lists(content)
    yield from _wrong_rights(content)


def submission_complaints(content: Content) -> Iterator[FieldError]:
    """What is missing or contradictory for publication."""
    yield from shape_complaints(content)
    for name in REQUIRED:
        if not getattr(content, name):
            yield FieldError(name, "required", _REQUIRED_WORDS[name])
    if content.abstract and len(content.abstract) < SHORTEST_ABSTRACT:
        yield FieldError(
            "abstract",
            "too_short",
            _l("简介至少 %(least)s 个字，写明原理、指标与效果", least=SHORTEST_ABSTRACT),
        )
    yield from _price_complaints(content)
    yield from _maturity_complaints(content)
    for number, person in enumerate(content.completers):
        if not person.name.strip():
            yield FieldError(f"completers.{number}.name", "required", _l("填写每位完成人的姓名"))
    for number, indicator in enumerate(content.indicators):
        if not indicator.name.strip():
            yield FieldError(f"indicators.{number}.name", "required", _l("填写指标名称"))
    if content.started and content.finished and content.started > content.finished:
        yield FieldError("finished", "order", _l("结束年月应不早于起始年月"))


_REQUIRED_WORDS = {
    "title": _l("填写成果名称"),
    "abstract": _l("填写成果简介"),
    "keywords": _l("填写至少一个关键词"),
    "field": _l("选择技术领域"),
    "trl": _l("选择技术成熟度"),
    "modes": _l("选择至少一种转化方式"),
    "price_mode": _l("选择定价方式"),
    "completers": _l("填写至少一位完成人"),
}


def _unknown_codes(content: Content) -> Iterator[FieldError]:
    for name, listed in _CODED.items():
        value: Any = getattr(content, name)
        for code in value if isinstance(value, tuple) else (value,):
            if code and code not in codes(listed):
                yield FieldError(name, "unknown_code", _l("“%(code)s”不在可选范围内", code=_quoted(code)))


def _wrong_parts(content: Content) -> Iterator[FieldError]:
    if content.trl is not None and not 1 <= content.trl <= 9:
        yield FieldError("trl", "range", _l("技术成熟度为 1 至 9 级"))
    if content.price_fen is not None and not 0 <= content.price_fen <= MOST_FEN:
        yield FieldError("price_fen", "range", _l("核对金额，单位是万元"))
    for name in ("started", "finished"):
        if (month := getattr(content, name)) and not _MONTH.fullmatch(month):
            yield FieldError(name, "month", _l("按“2024-06”的格式填写年月"))
    for name in ("trl_assessed_on", "rights_checked_on"):
        yield from _wrong_date(name, getattr(content, name))
    for code in content.ipc:
        if not _IPC.fullmatch(code):
            message = _l("“%(code)s”不是国际专利分类号，如 G06F 16/33", code=_quoted(code))
            yield FieldError("ipc", "ipc", message)
    if any(len(word) > LONGEST_KEYWORD for word in content.keywords):
        message = _l("每个关键词不超过 %(limit)s 个字", limit=LONGEST_KEYWORD)
        yield FieldError("keywords", "too_long", message)
    levels = codes("disclosure_levels")
    if any(block not in RESTRICTABLE or level not in levels for block, level in content.restricted):
        yield FieldError("restricted", "unknown_code", _l("只有技术内容各项可以限制查看范围"))


def _wrong_date(name: str, value: date | None) -> Iterator[FieldError]:
    if value is not None and value.year not in _YEARS:
        yield FieldError(name, "range", _l("核对年份，写四位数字"))


def _wrong_lists(content: Content) -> Iterator[FieldError]:
    for name, parts in _LISTED.items():
        for number, entry in enumerate(getattr(content, name)):
            for part in parts:
                if len(getattr(entry, part)) > LONGEST_PART:
                    where = f"{name}.{number}.{part}"
                    yield FieldError(where, "too_long", _l("不超过 %(limit)s 个字", limit=LONGEST_PART))


def _wrong_rights(content: Content) -> Iterator[FieldError]:
    for number, right in enumerate(content.rights):
        where = f"rights.{number}"
        if right.kind not in codes("ip_kinds"):
            yield FieldError(f"{where}.kind", "unknown_code", _l("选择权利类型"))
        if right.state and right.state not in codes("ip_states"):
            yield FieldError(f"{where}.state", "unknown_code", _l("选择权利状态"))
        if right.kind in _PATENTS and right.number:
            yield from _wrong_number(f"{where}.number", right.number)
        yield from _wrong_date(f"{where}.granted", right.granted)


def _wrong_number(where: str, text: str) -> Iterator[FieldError]:
    try:
        parse_patent_number(text)
    except PatentNumberError as error:
        yield FieldError(where, error.code, error.message)


def _price_complaints(content: Content) -> Iterator[FieldError]:
    if content.price_mode in PRICED and content.price_fen is None:
        yield FieldError("price_fen", "required", _l("填写价格，或把定价方式改为面议"))
    if content.price_mode in UNPRICED and content.price_fen is not None:
        yield FieldError("price_fen", "contradiction", _l("面议或不公开价格的，请勿填写金额"))


def _maturity_complaints(content: Content) -> Iterator[FieldError]:
    if content.trl is not None and not content.trl_evidence.strip():
        yield FieldError("trl_evidence", "required", _l("说明判断成熟度的依据"))
    if content.trl_assessor == "evaluated" and not (content.trl_assessor_name and content.trl_assessed_on):
        yield FieldError("trl_assessor_name", "required", _l("填写评价机构和评价日期，或改为自评"))


def _quoted(code: str) -> str:
    """A code as it may be shown in a complaint."""
    return tidy(code)[:40]
