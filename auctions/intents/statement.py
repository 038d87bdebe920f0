"""What a party declares when it registers: one frozen dataclass that form and API fill alike."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from listings.achievements.texts import storable
from listings.classification import codes
from marketplace.accounts.roles import AGENCY
from marketplace.core.credit_code import CreditCodeError, parse_credit_code
from marketplace.core.db import JSONObject
from marketplace.core.errors import FieldError, Words
from marketplace.core.i18n import lazy_gettext as _l

YES, NO = "yes", "no"
#: Whether the party is foreign: no, under foreign control, or abroad itself.
DOMESTIC, CONTROLLED, ABROAD = "no", "controlled", "abroad"
FOREIGN = (DOMESTIC, CONTROLLED, ABROAD)
ALONE, CONSORTIUM = "alone", "consortium"
MOST_MEMBERS = 5
LONGEST = {
    "conditions": 2_000,
    "contact": 200,
    "related_who": 200,
    "related_how": 1_000,
    "agreement": 120,
    "principal_name": 200,
}
#: Statements that everybody makes.
TICKS: dict[str, Words] = {
    "truthful": _l("登记内容和提交的文件真实、完整"),
    "no_dishonesty": _l("不是失信被执行人，没有被禁止参与交易"),
    "no_collusion": _l("不与出让方、其他意向方串通，不扰乱交易秩序"),
    "owner_disclosed": _l("受益所有人的信息已如实报送，示范区可以核对"),
}


@dataclass(frozen=True)
class Partner:
    """A member of a consortium besides the party that registers."""

    name: str = ""
    credit_code: str = ""


@dataclass(frozen=True)
class Statement:
    """The statement of a party. Empty values mean: not filled in.

    `conditions`: how it meets the published conditions. `foreign` of `FOREIGN`. `related` is `yes` when a relation to the
    seller, its completers or another party exists; `related_kind` of `relation_kinds`. `joint` is alone or consortium;
    `members` are the others in it, `agreement` names their agreement. An agency says in `behalf` whether it acts for a
    firm, and in `serves_seller` whether it also serves the seller.
    """

    conditions: str = ""
    contact: str = ""
    foreign: str = ""
    related: str = ""
    related_kind: str = ""
    related_who: str = ""
    related_how: str = ""
    no_influence: bool = False
    joint: str = ALONE
    members: tuple[Partner, ...] = ()
    agreement: str = ""
    behalf: str = ""
    principal_name: str = ""
    principal_code: str = ""
    serves_seller: str = ""
    truthful: bool = False
    no_dishonesty: bool = False
    no_collusion: bool = False
    owner_disclosed: bool = False


_ADAPTER = TypeAdapter(Statement)


def statement_json(statement: Statement) -> JSONObject:
    """As stored and hashed."""
    dumped: JSONObject = _ADAPTER.dump_python(statement, mode="json")
    return dumped


def statement_from(stored: JSONObject) -> Statement:
    """The statement of a stored intent."""
    return _ADAPTER.validate_python(stored)


def complaints(given: Statement, terms: Any, kind: str) -> Iterator[FieldError]:
    """What is missing or contradictory in what an organisation of that kind declares under these terms."""
    for name, limit in LONGEST.items():
        value = getattr(given, name)
        if len(value) > limit or not storable(value):
            yield FieldError(name, "too_long", _l("不超过 %(limit)s 个字", limit=limit))
    if getattr(terms, "conditions", ()) and not given.conditions.strip():
        yield FieldError("conditions", "required", _l("逐项说明怎样符合公告的条件"))
    if not given.contact.strip():
        yield FieldError("contact", "required", _l("填写联系人和联系方式"))
    if given.foreign not in FOREIGN:
        yield FieldError("foreign", "required", _l("选择是否为境外机构或受境外控制"))
    yield from _relation_complaints(given)
    yield from _member_complaints(given, terms)
    if kind == AGENCY:
        yield from _agency_complaints(given)
    for name in TICKS:
        if not getattr(given, name):
            yield FieldError(name, "required", _l("确认这一项后才能登记"))


def _relation_complaints(given: Statement) -> Iterator[FieldError]:
    if given.related not in {YES, NO}:
        yield FieldError("related", "required", _l("选择有或没有"))
    if given.related != YES:
        return
    if given.related_kind not in codes("relation_kinds"):
        yield FieldError("related_kind", "unknown_code", _l("选择关系的类型"))
    if not given.related_who.strip():
        yield FieldError("related_who", "required", _l("写明与谁有关系"))
    if not given.related_how.strip():
        yield FieldError("related_how", "required", _l("写明是什么关系"))
    if not given.no_influence:
        yield FieldError("no_influence", "required", _l("有关联关系的，须声明没有影响定价和决策"))


def _member_complaints(given: Statement, terms: Any) -> Iterator[FieldError]:
    if given.joint not in {ALONE, CONSORTIUM}:
        yield FieldError("joint", "required", _l("选择单独参与或联合体"))
    if given.joint != CONSORTIUM:
        return
    if not getattr(terms, "consortium", False):
        yield FieldError("joint", "not_allowed", _l("公告没有允许联合体参与"))
        return
    if not 0 < len(given.members) <= MOST_MEMBERS:
        words = _l("列出 1 到 %(most)s 个其他成员", most=MOST_MEMBERS)
        yield FieldError("members", "range", words)
    for place, member in enumerate(given.members):
        if not 0 < len(member.name.strip()) <= LONGEST["principal_name"]:
            yield FieldError(f"members.{place}.name", "required", _l("填写成员的名称"))
        if not readable_code(member.credit_code):
            yield FieldError(f"members.{place}.credit_code", "credit_code", _l("核对统一社会信用代码"))
    if not given.agreement.strip():
        yield FieldError("agreement", "required", _l("填写联合体协议的名称或编号"))


def _agency_complaints(given: Statement) -> Iterator[FieldError]:
    if given.serves_seller not in {YES, NO}:
        yield FieldError("serves_seller", "required", _l("选择是否为出让方提供服务"))
    if given.behalf not in {YES, NO}:
        yield FieldError("behalf", "required", _l("选择是否受他人委托"))
    if given.behalf == YES:
        if not given.principal_name.strip():
            yield FieldError("principal_name", "required", _l("填写委托方的名称"))
        if not readable_code(given.principal_code):
            yield FieldError("principal_code", "credit_code", _l("核对统一社会信用代码"))


def readable_code(text: str) -> str:
    """A credit code in its one form; empty when it is none."""
    try:
        return parse_credit_code(text)
    except CreditCodeError:
        return ""


def others_in(given: Statement) -> frozenset[str]:
    """The credit codes of the others it stands for: members of the consortium, the firm an agency acts for."""
    named = [member.credit_code for member in given.members] if given.joint == CONSORTIUM else []
    if given.behalf == YES:
        named.append(given.principal_code)
    return frozenset(code for text in named if (code := readable_code(text)))
