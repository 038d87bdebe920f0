"""The form of a plan: every field of its content, on one page."""

from typing import Any

from listings.achievements.forms.fields import (
    CheckField,
    CodeField,
    CodesField,
    DayField,
    WanField,
    YesNoField,
    line,
    text,
)
from listings.achievements.forms.parts import PartForm, PartsField
from listings.classification import codes
from listings.content_form import ContentForm, GroupField, WholePart
from listings.plans.content import DILIGENCE
from listings.plans.labels import FIELDS
from listings.plans.rules import LONGEST, LONGEST_NOTE, MOST, REQUIRED
from listings.rights import MOST_RIGHTS
from marketplace.core.db import JSONValue
from marketplace.core.i18n import LazyString, current_language
from marketplace.core.i18n import lazy_gettext as _l

_DOCUMENT = _l("同意书名称或编号")


class RightForm(PartForm):
    needed = "kind"

    kind = CodeField(_l("权利类型"), "ip_kinds")
    number = line(_l("编号"))
    holder = line(_l("权利人"))


class BuyerForm(PartForm):
    needed = "kind"

    kind = CodeField(_l("受让方的确定方式"), "buyer_kinds", description=_l("协议定价须写明受让方"))
    name = line(_l("受让方名称"))
    credit_code = line(_l("受让方统一社会信用代码"))


class RelatedForm(PartForm):
    needed = "related"

    related = YesNoField(
        _l("完成人、决策人员、中介或评估机构与受让方之间是否存在关联关系"),
        description=_l("持股、任职、近亲属以及其他可能影响定价的关系都要申报，申报不实的方案无效"),
    )
    kind = CodeField(_l("关联关系的类型"), "relation_kinds")
    who = line(_l("有关联关系的人或单位"))
    explanation = text(_l("具体情况"), LONGEST_NOTE, rows=3)
    no_influence = CheckField(_l("承诺上述关系没有影响定价"))


class CheckForm(PartForm):
    done = CheckField(_l("已核查"))
    note = line(_l("结果或说明"))


class ChecklistField(GroupField):
    """Every point of due diligence: done or not, with a remark."""

    @property
    def kept(self) -> JSONValue:
        return [
            {
                "code": code,
                "done": bool(self.form[code].form.done.data),
                "note": self.form[code].form.note.kept,
            }
            for code in DILIGENCE
        ]

    def mapping(self, value: Any) -> dict[str, Any]:
        return {check.code: {"done": check.done, "note": check.note} for check in value}

    def groups(self) -> list[tuple[str, list[Any]]]:
        """The points under the headings of the list: (heading, fields), in the page's language."""
        listed, language = codes("due_diligence"), current_language()
        return [
            (root.label(language), [self.form[item.code] for item in listed.children(root.code)])
            for root in listed.roots()
        ]


def _points() -> type[PartForm]:
    """A form with a part for each point, named like its code."""
    parts = {code: GroupField(CheckForm, label=LazyString(_point, code)) for code in DILIGENCE}
    return type("ChecklistForm", (PartForm,), parts)


def _point(code: str) -> str:
    return codes("due_diligence").label(code, current_language())


class CompleterForm(WholePart):
    name = line(_l("姓名"))
    signed_on = DayField(_l("签字日期"), description=_l("如 2024-06-30"))
    document = line(_DOCUMENT)


class OwnerForm(WholePart):
    name = line(_l("共有人"))
    document = line(_DOCUMENT)


class PlanForm(ContentForm):
    """转化方案"""

    needed = frozenset(REQUIRED)

    rights = PartsField(
        RightForm, FIELDS["rights"], MOST_RIGHTS, description=_l("取自成果的公开文本，可以增减")
    )
    mode = CodeField(FIELDS["mode"], "transfer_modes")
    pricing_method = CodeField(
        FIELDS["pricing_method"],
        "pricing_methods",
        description=_l("协议定价的，须在本单位和平台公示（促进科技成果转化法第十八条）"),
    )
    buyer = GroupField(BuyerForm, label=FIELDS["buyer"])
    price_fen = WanField(FIELDS["price_fen"], description=_l("公开征集的填写底价"))
    price_bases = CodesField(FIELDS["price_bases"], "price_bases")
    price_basis = text(
        FIELDS["price_basis"],
        LONGEST["price_basis"],
        _l("写明报告编号、可比交易或协商经过，以及怎样算出价格"),
        5,
    )
    payment_terms = text(FIELDS["payment_terms"], LONGEST["payment_terms"], rows=3)
    buyer_search = text(
        FIELDS["buyer_search"],
        LONGEST["buyer_search"],
        _l("向哪些单位推介过，有几家表示意向，为什么选定受让方"),
        4,
    )
    alternatives = text(FIELDS["alternatives"], LONGEST["alternatives"], rows=4)
    checks = ChecklistField(_points(), label=FIELDS["checks"])
    risks = text(FIELDS["risks"], LONGEST["risks"], rows=4)
    distribution = text(
        FIELDS["distribution"],
        LONGEST["distribution"],
        _l("写明净收益怎样计算、奖励比例和各完成人份额的确定办法"),
        4,
    )
    related = GroupField(RelatedForm, label=FIELDS["related"])
    completers = PartsField(CompleterForm, FIELDS["completers"], MOST["completers"])
    co_owners = PartsField(
        OwnerForm, FIELDS["co_owners"], MOST["co_owners"], description=_l("权利人中有其他单位的，逐一填写")
    )
