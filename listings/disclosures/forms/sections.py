"""One form for each page of a disclosure's text."""

from typing import Any

from listings.achievements.forms.fields import (
    AddressField,
    CodeField,
    CodesField,
    DayField,
    ShareField,
    TrlField,
    WordsField,
    line,
    text,
)
from listings.achievements.forms.parts import PartForm, PartsField
from listings.achievements.forms.section import SectionForm as PageForm
from listings.disclosures.rules import DISCLOSURE_TEXT, LONGEST, LONGEST_CONTRIBUTION, MOST
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.i18n import lazy_pgettext as _lp

_LIKE_A_DATE = _l("如 2024-06-30")


class SectionForm(PageForm):
    """A page of a disclosure's form."""

    written = DISCLOSURE_TEXT


class IdentityForm(SectionForm):
    """成果概况"""

    title = line(_l("成果名称"), _l("写明技术对象和主要特征，不写出技术秘密"))
    abstract = text(
        _l("可公开的摘要"), LONGEST["abstract"], _l("转化时可能公开，技术秘密写在“保密说明”里"), 8
    )
    keywords = WordsField(_l("关键词"), description=_l("用分号隔开，最多 3 个"))
    fields = CodesField(_l("技术领域"), "technology_fields", description=_l("最多 3 项"))
    trl = TrlField(_l("技术成熟度"))


class CompleterForm(PartForm):
    needed = "name"

    name = line(_l("姓名"))
    email = AddressField(_l("邮箱"), description=_l("本单位成员填写登录邮箱，由其本人确认"))
    unit = line(_lp("披露", "完成时所在单位"))
    status = CodeField(_lp("披露", "完成时的身份"), "completer_statuses")
    left_on = DayField(_l("离开本单位的日期"), description=_l("身份为“已离开本单位”时填写"))
    share_bp = ShareField(_l("贡献比例"))
    contribution = text(_l("创造性贡献"), LONGEST_CONTRIBUTION, rows=3)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for (
            field
        ) in self:  # needed before the completers are asked; an address and a day of leaving not always
            field.flags.required = field.short_name not in {"email", "left_on"}


class PeopleForm(SectionForm):
    """完成人与贡献"""

    completers = PartsField(
        CompleterForm,
        _l("完成人"),
        MOST["completers"],
        description=_l(
            "按贡献排序，比例合计须为百分之百。只列对实质性特点作出创造性贡献的人，组织、资助和辅助人员不是完成人（专利法实施细则第十四条）"
        ),
    )


class ProjectForm(PartForm):
    needed = "name"

    level = CodeField(_lp("披露", "项目级别"), "funding_sources")
    name = line(_lp("披露", "项目名称"))
    number = line(_lp("披露", "项目编号"))
    clause = text(_lp("披露", "合同中的知识产权条款"), LONGEST_CONTRIBUTION, rows=3)


class CoOwnerForm(PartForm):
    needed = "name"

    name = line(_lp("披露", "单位名称"))
    agreement = text(_lp("披露", "权属约定"), LONGEST_CONTRIBUTION, _l("没有约定的写“未约定”"), 3)


class OriginForm(SectionForm):
    """来源与权属"""

    ground = CodeField(
        _l("构成职务科技成果的依据"),
        "disclosure_grounds",
        description=_l("促进科技成果转化法第二条"),
    )
    projects = PartsField(ProjectForm, _l("来源项目"), MOST["projects"])
    obligations = text(_l("对第三方的义务"), LONGEST["obligations"], _l("合作、委托、保密合同中的义务"), 3)
    co_owners = PartsField(CoOwnerForm, _l("共有单位"), MOST["co_owners"])
    materials = text(_l("外来材料"), LONGEST["materials"], _l("他人提供的样品、数据、软件及其条件"), 3)


class DatesForm(SectionForm):
    """时间与公开"""

    conceived_on = DayField(_l("构思日期"), description=_LIKE_A_DATE)
    completed_on = DayField(_l("完成日期"), description=_LIKE_A_DATE)
    published_on = DayField(
        _l("首次公开日期"), description=_l("论文、会议、展会、网络等任何公开；没有公开的不填")
    )
    planned_on = DayField(_l("计划公开日期"), description=_l("论文发表、学位答辩等"))
    planned_what = line(_l("计划公开的方式"), _l("如论文、答辩、展会"))


class RightForm(PartForm):
    needed = "kind"

    kind = CodeField(_l("权利类型"), "ip_kinds")
    number = line(_l("编号"))
    filed_on = DayField(_lp("披露", "申请或登记日期"), description=_LIKE_A_DATE)
    fees = line(_lp("披露", "费用缴纳情况"))
    burdens = text(_lp("披露", "质押、许可和争议"), LONGEST_CONTRIBUTION, rows=3)


class RightsForm(SectionForm):
    """知识产权现状"""

    ip_state = CodeField(_l("知识产权状态"), "disclosure_ip_states")
    rights = PartsField(
        RightForm,
        _l("已有权利"),
        MOST["rights"],
        description=_l("中国专利号会核对校验位，如 ZL202010123456.2"),
    )


class FirmForm(PartForm):
    needed = "name"

    name = line(_lp("披露", "企业名称"))
    relation = text(
        _lp("披露", "完成人与该企业的关系"),
        LONGEST_CONTRIBUTION,
        _l("任职、持股、亲属等；没有关系的写“无”"),
        2,
    )


class WishesForm(SectionForm):
    """处置意愿"""

    wish = CodeField(_l("希望的处置方式"), "disclosure_wishes")
    modes = CodesField(_l("转化方式"), "transfer_modes")
    firms = PartsField(FirmForm, _l("有意向的企业"), MOST["firms"])


SECTION_FORMS: dict[str, type[SectionForm]] = {
    "identity": IdentityForm,
    "people": PeopleForm,
    "origin": OriginForm,
    "dates": DatesForm,
    "rights": RightsForm,
    "wishes": WishesForm,
}
