"""What a disclosure must and must not say before it may be submitted. Said once, for every door.

Each complaint names the content field, so that forms show it beside the field and the API in `errors`.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from listings.achievements.texts import storable, tidy
from listings.classification import codes
from listings.disclosures.content import SECTIONS, Completer, Content, from_json, to_json
from listings.shares import WHOLE_BP, percent
from listings.written import Written
from marketplace.accounts.checks import Checks
from marketplace.core.errors import FieldError
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.patent_numbers import PatentNumberError, parse_patent_number

#: Longest text in characters, by field.
LONGEST = {"title": 200, "abstract": 3_000, "obligations": 3_000, "materials": 2_000, "planned_what": 200}
LONGEST_DESCRIPTION = 20_000
LONGEST_KEYWORD = 40
LONGEST_PART, LONGEST_CONTRIBUTION = 200, 1_000
LONGEST_NAME = 100
MOST = {
    "keywords": 3, "fields": 3, "completers": 40, "projects": 20, "co_owners": 10, "rights": 40, "modes": 8, "firms": 20,
}  # fmt: skip
MOST_FILES = 20
REQUIRED = (
    *("title", "abstract", "keywords", "fields", "trl", "completers", "ground"),
    *("conceived_on", "completed_on", "ip_state", "wish"),
)
_CODED = {
    "fields": "technology_fields",
    "ground": "disclosure_grounds",
    "ip_state": "disclosure_ip_states",
    "wish": "disclosure_wishes",
    "modes": "transfer_modes",
}
_CODED_PARTS = {
    ("completers", "status"): "completer_statuses",
    ("projects", "level"): "funding_sources",
    ("rights", "kind"): "ip_kinds",
}
_PARTS = {
    "completers": {"name": LONGEST_NAME, "unit": LONGEST_NAME, "contribution": LONGEST_CONTRIBUTION},
    "projects": {"number": LONGEST_PART, "name": LONGEST_PART, "clause": LONGEST_CONTRIBUTION},
    "co_owners": {"name": LONGEST_PART, "agreement": LONGEST_CONTRIBUTION},
    "rights": {"number": LONGEST_PART, "fees": LONGEST_PART, "burdens": LONGEST_CONTRIBUTION},
    "firms": {"name": LONGEST_PART, "relation": LONGEST_CONTRIBUTION},
}
_PATENTS = frozenset({"patent_invention", "utility_model", "design"})
_DATES = ("conceived_on", "completed_on", "published_on", "planned_on")
_YEARS = range(1950, 2101)
#: States of protection that rest on a right with a number.
_NUMBERED = frozenset({"filed", "granted"})


def shape_complaints(content: Content) -> Iterator[FieldError]:
    """What may not even be saved: texts and lists too long, unknown codes, shares and dates that are none."""
    for name, value in to_json(content).items():
        if not storable(value):
            yield FieldError(name, "unstorable", _l("含有无法保存的控制字符，请删除后再提交"))
    for name, limit in LONGEST.items():
        if len(getattr(content, name)) > limit:
            yield FieldError(name, "too_long", _l("不超过 %(limit)s 个字", limit=limit))
    for name, limit in MOST.items():
        if len(getattr(content, name)) > limit:
            yield FieldError(name, "too_many", _l("最多 %(limit)s 项", limit=limit))
    if any(len(word) > LONGEST_KEYWORD for word in content.keywords):
        yield FieldError("keywords", "too_long", _l("每个关键词不超过 %(limit)s 个字", limit=LONGEST_KEYWORD))
    if content.trl is not None and not 1 <= content.trl <= 9:
        yield FieldError("trl", "range", _l("技术成熟度为 1 至 9 级"))
    for name in _DATES:
        yield from _wrong_date(name, getattr(content, name))
    yield from _unknown_codes(content)
    yield from _long_parts(content)
    yield from _wrong_completers(content.completers)
    yield from _wrong_rights(content)


def submission_complaints(content: Content, *, described: bool) -> Iterator[FieldError]:
    """What is missing or contradictory for a submission. `described`: is there a confidential description?"""
    yield from shape_complaints(content)
    for name in REQUIRED:
        if not getattr(content, name):
            yield FieldError(name, "required", _REQUIRED_WORDS[name])
    if not described:
        yield FieldError("confidential", "required", _l("填写技术内容的保密说明，或上传附件"))
    for number, person in enumerate(content.completers):
        yield from _missing_of(number, person)
    yield from share_complaints(content.completers)
    yield from _date_complaints(content)
    if content.ip_state in _NUMBERED and not any(right.number for right in content.rights):
        yield FieldError("rights", "required", _l("已申请或已授权的，至少列出一项权利的编号"))
    if content.ip_state == "none" and any(right.number for right in content.rights):
        yield FieldError("ip_state", "contradiction", _l("列出了权利编号，与“尚未申请”矛盾"))
    for number, firm in enumerate(content.firms):
        if not firm.relation.strip():
            message = _l("写明完成人与该企业的关系，没有关系的写“无”")
            yield FieldError(f"firms.{number}.relation", "required", message)


def share_complaints(completers: tuple[Completer, ...]) -> Iterator[FieldError]:
    """Shares of all completers make exactly one whole: 10,000 basis points, whatever they are called otherwise."""
    total = sum(person.share_bp or 0 for person in completers)
    if completers and total != WHOLE_BP:
        message = _l("各完成人的贡献比例合计须为 100%%，现为 %(total)s%%", total=percent(total))
        yield FieldError("completers", "share_sum", message)


_REQUIRED_WORDS = {
    "title": _l("填写成果名称"),
    "abstract": _l("填写可公开的摘要"),
    "keywords": _l("填写至少一个关键词"),
    "fields": _l("选择技术领域"),
    "trl": _l("选择技术成熟度"),
    "completers": _l("填写至少一位完成人"),
    "ground": _l("选择构成职务科技成果的依据"),
    "conceived_on": _l("填写构思日期"),
    "completed_on": _l("填写完成日期"),
    "ip_state": _l("选择知识产权状态"),
    "wish": _l("选择希望的处置方式"),
}


def _unknown_codes(content: Content) -> Iterator[FieldError]:
    for name, listed in _CODED.items():
        value: Any = getattr(content, name)
        for code in value if isinstance(value, tuple) else (value,):
            yield from _unknown(name, listed, code)
    for (name, part), listed in _CODED_PARTS.items():
        for number, entry in enumerate(getattr(content, name)):
            yield from _unknown(f"{name}.{number}.{part}", listed, getattr(entry, part))


def _unknown(where: str, listed: str, code: str) -> Iterator[FieldError]:
    if code and code not in codes(listed):
        yield FieldError(where, "unknown_code", _l("“%(code)s”不在可选范围内", code=tidy(code)[:40]))


def _long_parts(content: Content) -> Iterator[FieldError]:
    for name, parts in _PARTS.items():
        for number, entry in enumerate(getattr(content, name)):
            for part, limit in parts.items():
                if len(getattr(entry, part)) > limit:
                    message = _l("不超过 %(limit)s 个字", limit=limit)
                    yield FieldError(f"{name}.{number}.{part}", "too_long", message)


def _wrong_completers(completers: tuple[Completer, ...]) -> Iterator[FieldError]:
    known = Counter(person.email for person in completers if person.email)
    for number, person in enumerate(completers):
        where = f"completers.{number}"
        if person.share_bp is not None and not 1 <= person.share_bp <= WHOLE_BP:
            yield FieldError(f"{where}.share_bp", "range", _l("贡献比例应大于零，不超过百分之百"))
        yield from _wrong_date(f"{where}.left_on", person.left_on)
        if not person.email:
            continue
        checks = Checks()
        if checks.email(f"{where}.email", person.email) != person.email or checks.errors:
            message = _l("填写完整的邮箱地址，例如 name@example.cn")
            yield FieldError(f"{where}.email", "email", message)
        if known[person.email] > 1:
            yield FieldError(f"{where}.email", "twice", _l("两位完成人不能使用同一邮箱"))


def _missing_of(number: int, person: Completer) -> Iterator[FieldError]:
    words = {
        "name": _l("填写每位完成人的姓名"),
        "unit": _l("填写每位完成人的单位"),
        "status": _l("选择每位完成人在完成时的身份"),
        "share_bp": _l("填写每位完成人的贡献比例"),
        "contribution": _l("写明每位完成人的创造性贡献"),
    }
    for part, message in words.items():
        value = getattr(person, part)
        if value is None or not str(value).strip():
            yield FieldError(f"completers.{number}.{part}", "required", message)
    if person.status == "departed" and person.left_on is None:
        yield FieldError(f"completers.{number}.left_on", "required", _l("填写离开本单位的日期"))


def _date_complaints(content: Content) -> Iterator[FieldError]:
    if content.conceived_on and content.completed_on and content.conceived_on > content.completed_on:
        yield FieldError("completed_on", "order", _l("完成日期应不早于构思日期"))
    if content.planned_on and not content.planned_what.strip():
        yield FieldError("planned_what", "required", _l("写明计划公开的方式，如论文、答辩、展会"))


def _wrong_date(name: str, value: date | None) -> Iterator[FieldError]:
    if value is not None and value.year not in _YEARS:
        yield FieldError(name, "range", _l("核对年份，写四位数字"))


def _wrong_rights(content: Content) -> Iterator[FieldError]:
    for number, right in enumerate(content.rights):
        where = f"rights.{number}"
        if not right.kind:
            yield FieldError(f"{where}.kind", "required", _l("选择权利类型"))
        yield from _wrong_date(f"{where}.filed_on", right.filed_on)
        if right.kind in _PATENTS and right.number:
            try:
                parse_patent_number(right.number)
            except PatentNumberError as error:
                yield FieldError(f"{where}.number", error.code, error.message)


#: A disclosure's text as its forms know it.
DISCLOSURE_TEXT = Written(
    to_json=to_json,
    from_json=from_json,
    complaints=shape_complaints,
    needed=frozenset(REQUIRED),
    sections=SECTIONS,
)
