"""One form for each section of the content."""

from typing import Any

from listings.achievements.content import RESTRICTABLE, Content
from listings.achievements.forms.fields import (
    CheckField,
    CodeField,
    CodesField,
    DayField,
    IpcField,
    MonthField,
    TrlField,
    WanField,
    WordsField,
    line,
    text,
)
from listings.achievements.forms.parts import PartForm, PartsField
from listings.achievements.forms.section import SectionForm
from listings.achievements.rules import LONGEST, MOST
from listings.classification import codes
from marketplace.core.db import JSONObject, JSONValue
from marketplace.core.i18n import LazyString
from marketplace.core.i18n import gettext as _
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.i18n import lazy_pgettext as _lp

DISCLOSURE_LEVELS = "disclosure_levels"
_LIKE_A_DATE = _l("如 2024-06-30")


class BasicsForm(SectionForm):
    """基本信息"""

    title = line(_l("成果名称"), _l("写明技术对象和主要特征，不用“世界首创”一类的宣传用语"))
    title_en = line(_lp("成果", "英文名称"))
    abstract = text(
        _l("成果简介"), LONGEST["abstract"], _l("公开显示。写明解决的问题、原理、关键指标和应用效果"), 8
    )
    abstract_en = text(_lp("成果", "英文简介"), LONGEST["abstract_en"], rows=5)
    keywords = WordsField(_l("关键词"), description=_l("用分号隔开，最多 8 个"))
    field = CodeField(_l("技术领域"), "technology_fields")
    industries = CodesField(_l("应用行业"), "industries", description=_l("最多 6 项"))
    ipc = IpcField(_l("国际专利分类号"), description=_l("如 G06F 16/33，用分号隔开"))
    category = CodeField(_l("成果类别"), "achievement_classes")
    forms = CodesField(_l("成果体现形式"), "achievement_forms", description=_l("最多 6 项"))
    attribute = CodeField(_l("成果属性"), "attributes")
    level = CodeField(_l("成果水平"), "levels", description=_l("以评价结论为准，未评价的选“未评价”"))
    region = CodeField(_l("所在地区"), "regions")


class MaturityForm(SectionForm):
    """成熟度"""

    trl = TrlField(_l("技术成熟度"))
    trl_evidence = text(_l("判断依据"), LONGEST["trl_evidence"], _l("写明试验条件、规模、时间和结果"), 5)
    trl_assessor = CodeField(
        _l("由谁判断"), "assessor_kinds", description=_l("自评与评价结果在页面上显示不同")
    )
    trl_assessor_name = line(_l("评价机构"), _l("第三方评价时填写"))
    trl_assessed_on = DayField(_l("评价日期"), description=_LIKE_A_DATE)


class IndicatorForm(PartForm):
    needed = "name"

    name = line(_l("指标"))
    value = line(_l("本成果"))
    benchmark = line(_l("现有水平"))


class TechnologyForm(SectionForm):
    """技术内容"""

    pain_point = text(_l("解决的问题"), LONGEST["pain_point"], rows=4)
    principle = text(
        _l("技术原理"), LONGEST["principle"], _l("可公开的部分。核心参数请勿填写，或在“查看范围”中限制")
    )
    indicators = PartsField(
        IndicatorForm,
        _l("技术指标"),
        MOST["indicators"],
        description=_l("与现有水平在同等条件下比较，写明单位"),
    )
    cases = text(_l("应用案例"), LONGEST["cases"])
    market = text(_l("市场与效益"), LONGEST["market"])
    conditions = text(_l("实施条件"), LONGEST["conditions"], _l("资金、场地、资质等"), 4)
    risks = text(_l("风险提示"), LONGEST["risks"], rows=4)


class RightForm(PartForm):
    needed = "kind"

    kind = CodeField(_l("权利类型"), "ip_kinds")
    number = line(_l("编号"))
    state = CodeField(_l("状态"), "ip_states")
    holder = line(_l("权利人"))
    granted = DayField(_l("授权或登记日期"), description=_LIKE_A_DATE)


class RightsForm(SectionForm):
    """知识产权"""

    rights = PartsField(
        RightForm,
        _l("权利"),
        MOST["rights"],
        description=_l("中国专利号会核对校验位，如 ZL202010123456.2"),
    )
    rights_checked_on = DayField(_l("法律状态核查日期"), description=_LIKE_A_DATE)


class TransferForm(SectionForm):
    """转化意向"""

    modes = CodesField(_l("转化方式"), "transfer_modes")
    price_mode = CodeField(_l("定价方式"), "price_modes")
    price_fen = WanField(_l("价格"), description=_l("一口价或底价时填写，单位万元"))
    payment_terms = text(_l("付款方式"), LONGEST["payment_terms"], rows=3)
    cooperation = text(_l("合作要求"), LONGEST["cooperation"], rows=3)


class CompleterForm(PartForm):
    needed = "name"

    name = line(_l("姓名"))
    title = line(_l("职称"))
    unit = line(_l("工作单位"))


class PeopleForm(SectionForm):
    """完成人与项目来源"""

    completers = PartsField(
        CompleterForm,
        _l("完成人"),
        MOST["completers"],
        description=_l("按贡献排序。公开显示姓名、职称和单位"),
    )
    fiscal_funded = CheckField(_l("财政资金支持的项目形成"))
    project = line(_l("项目名称与编号"))
    started = MonthField(_l("研究起始年月"), description=_l("如 2021-03"))
    finished = MonthField(_l("研究终止年月"), description=_l("如 2024-06"))


class MaterialsForm(SectionForm):
    """图片与附件: files are added and removed one by one, each through the guards."""


def _level_field(label: LazyString) -> CodeField:
    return CodeField(label, DISCLOSURE_LEVELS, empty=None, default="public")


class DisclosureForm(SectionForm):
    """查看范围: one level for each block; together they are the content field `restricted`."""

    needed_whole = True

    principle = _level_field(_l("技术原理"))
    indicators = _level_field(_l("技术指标"))
    cases = _level_field(_l("应用案例"))
    market = _level_field(_l("市场与效益"))
    conditions = _level_field(_l("实施条件"))
    risks = _level_field(_l("风险提示"))

    def fill(self, field: Any, content: Content) -> None:
        field.process_data(dict(content.restricted).get(field.short_name, "public"))

    def judge(self, stored: Content) -> None:  # noqa: ARG002 - levels stand for themselves
        for field in self.controls():
            if field.raw_data and field.kept not in codes(DISCLOSURE_LEVELS):
                field.errors = [_("选择查看范围")]

    def changes(self) -> JSONObject:
        if self.errors or not any(field.raw_data for field in self.controls()):
            return {}
        chosen = [(name, str(self._fields[name].data or "public")) for name in RESTRICTABLE]
        restricted: list[JSONValue] = [[name, level] for name, level in chosen if level != "public"]
        return {"restricted": restricted}

    def typed(self) -> JSONObject:
        """Only a program sends a level that is none; there is nothing to keep."""
        return {}


SECTION_FORMS: dict[str, type[SectionForm]] = {
    "basics": BasicsForm,
    "maturity": MaturityForm,
    "technology": TechnologyForm,
    "rights": RightsForm,
    "transfer": TransferForm,
    "people": PeopleForm,
    "materials": MaterialsForm,
    "disclosure": DisclosureForm,
}
_LABELS = {
    "basics": _l("基本信息"),
    "maturity": _l("成熟度"),
    "technology": _l("技术内容"),
    "rights": _l("知识产权"),
    "transfer": _l("转化意向与价格"),
    "people": _l("完成人与项目来源"),
    "materials": _l("图片与附件"),
    "disclosure": _l("查看范围"),
}


def section_label(name: str) -> str:
    """The heading of a section in the page's language."""
    return str(_LABELS[name])
