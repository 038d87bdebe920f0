"""One form for each section. A form fills the working revision: `changes` it understood, `typed` it did not."""

from typing import Any

from wtforms import BooleanField, DateField, FieldList, FormField, RadioField, StringField
from wtforms import Form as PartForm

from listings.achievements.content import RESTRICTABLE, Content
from listings.achievements.forms.fields import (
    CodeField,
    CodesField,
    WanField,
    WordsField,
    fen_as_wan,
    line,
    text,
)
from listings.achievements.rules import LONGEST
from listings.classification import TRL
from marketplace.core.db import JSONObject, JSONValue
from marketplace.core.halfwidth import halfwidth
from marketplace.core.i18n import LazyString, current_language
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.web.forms import Form

_SPARE = 2  # empty entries shown below the filled ones of a list


class OptionalDate(DateField):  # type: ignore[misc]
    """A date or nothing. What is not a date stays in the control with its complaint."""

    def process_formdata(self, valuelist: list[str]) -> None:
        given = halfwidth(valuelist[0]).strip().replace("/", "-") if valuelist else ""
        self.raw_data = [given]
        if not given:
            self.data = None
            return
        try:
            super().process_formdata([given])
        except ValueError:
            self.data = None
            raise ValueError(str(_l("按“2024-06-30”的格式填写日期"))) from None


class SectionForm(Form):
    """Base: fills itself from content, and says what it understood."""

    def show(self, content: Content, typed: JSONObject) -> None:
        """Put stored values into the controls, and over them what could not be understood when it was typed."""
        for field in self._own():
            field.process_data(getattr(content, field.short_name))
            if field.short_name in typed:
                field.raw_data = [str(typed[field.short_name])]
                field.data = str(typed[field.short_name])

    def changes(self) -> JSONObject:
        """Content fields in JSON shape; fields with complaints are left out."""
        return {field.short_name: _json(field.data) for field in self._own() if not field.errors}

    def typed(self) -> JSONObject:
        """The raw text of fields that were not understood."""
        return {
            field.short_name: str(field.raw_data[0])[:500]
            for field in self._own()
            if field.errors and getattr(field, "raw_data", None)
        }

    def _own(self) -> list[Any]:
        return [field for field in self if field.short_name not in {"csrf_token", "request_key"}]


def _json(value: Any) -> JSONValue:
    if hasattr(value, "isoformat"):
        iso: str = value.isoformat()
        return iso
    if isinstance(value, (list, tuple)):
        return [_json(part) for part in value]
    if isinstance(value, dict):
        return {key: _json(part) for key, part in value.items()}
    kept: JSONValue = value
    return kept


class BasicsForm(SectionForm):
    """基本信息"""

    title = line(_l("成果名称"), LONGEST["title"], _l("写明技术对象和主要特征，不用“世界首创”一类的宣传用语"))
    title_en = line(_l("英文名称"), LONGEST["title_en"])
    abstract = text(
        _l("成果简介"), LONGEST["abstract"], _l("公开显示。写明解决的问题、原理、关键指标和应用效果"), 8
    )
    abstract_en = text(_l("英文简介"), LONGEST["abstract_en"], rows=5)
    keywords = WordsField(_l("关键词"), description=_l("用分号隔开，最多 8 个"))
    field = CodeField(_l("技术领域"), "technology_fields")
    industries = CodesField(_l("应用行业"), "industries")
    ipc = WordsField(_l("国际专利分类号"), description=_l("如 G06F 16/33，用分号隔开"))
    category = CodeField(_l("成果类别"), "achievement_classes")
    forms = CodesField(_l("成果体现形式"), "achievement_forms")
    attribute = CodeField(_l("成果属性"), "attributes")
    level = CodeField(_l("成果水平"), "levels", description=_l("以评价结论为准，未评价的选“未评价”"))
    region = CodeField(_l("所在地区"), "regions")


class TrlField(RadioField):  # type: ignore[misc]
    """A readiness level from 1 to 9, each with its meaning and the evidence expected."""

    def __init__(self, label: LazyString, **options: Any) -> None:
        super().__init__(label, choices=[], validate_choice=False, coerce=_level, **options)

    def iter_choices(self) -> Any:
        language = current_language()
        for item in TRL:
            words = f"{item.code} · {item.label(language)}（{item.evidence(language)}）"
            yield item.code, words, str(self.data or "") == item.code, {}

    def pre_validate(self, form: Any) -> None:
        """The range is the command's rule."""


def _level(value: Any) -> int | None:
    return int(value) if str(value or "").isdigit() else None


class MaturityForm(SectionForm):
    """成熟度"""

    trl = TrlField(_l("技术成熟度"))
    trl_evidence = text(_l("判断依据"), LONGEST["trl_evidence"], _l("写明试验条件、规模、时间和结果"), 5)
    trl_assessor = CodeField(
        _l("由谁判断"), "assessor_kinds", description=_l("自评与评价结果在页面上显示不同")
    )
    trl_assessor_name = line(_l("评价机构"), LONGEST["trl_assessor_name"])
    trl_assessed_on = OptionalDate(_l("评价日期"))


class IndicatorForm(PartForm):  # type: ignore[misc]
    name = StringField(_l("指标"))
    value = StringField(_l("本成果"))
    benchmark = StringField(_l("现有水平"))


class ListedForm(SectionForm):
    """Base of sections with a list of parts: empty entries fall away, and some are offered for more."""

    lists: tuple[tuple[str, str], ...] = ()  # (list field, part that makes an entry count)

    def show(self, content: Content, typed: JSONObject) -> None:
        super().show(content, typed)
        for name, _key in self.lists:
            listed = self._fields[name]
            while listed.entries:
                listed.pop_entry()
            for part in getattr(content, name):
                listed.append_entry(part.__dict__)
        self.offer_more()

    def offer_more(self) -> None:
        """Show spare entries, so that the list grows without scripts too."""
        for name, key in self.lists:
            listed = self._fields[name]
            filled = sum(bool(entry.form._fields[key].data) for entry in listed.entries)
            while len(listed.entries) < filled + _SPARE:
                listed.append_entry()

    def changes(self) -> JSONObject:
        found = super().changes()
        for name, key in self.lists:
            parts: Any = found.get(name) or []
            found[name] = [
                {k: v if k == "granted" else (v or "") for k, v in part.items()}
                for part in parts
                if part.get(key)
            ]
        return found


class TechnologyForm(ListedForm):
    """技术内容"""

    lists = (("indicators", "name"),)

    pain_point = text(_l("解决的问题"), LONGEST["pain_point"], rows=4)
    principle = text(
        _l("技术原理"), LONGEST["principle"], _l("可公开的部分。核心参数请勿填写，或在“查看范围”中限制")
    )
    indicators = FieldList(FormField(IndicatorForm), label=_l("技术指标"))
    cases = text(_l("应用案例"), LONGEST["cases"])
    market = text(_l("市场与效益"), LONGEST["market"])
    conditions = text(_l("实施条件"), LONGEST["conditions"], _l("资金、场地、资质等"), 4)
    risks = text(_l("风险提示"), LONGEST["risks"], rows=4)


class RightForm(PartForm):  # type: ignore[misc]
    kind = CodeField(_l("权利类型"), "ip_kinds")
    number = StringField(_l("编号"))
    state = CodeField(_l("状态"), "ip_states")
    holder = StringField(_l("权利人"))
    granted = OptionalDate(_l("授权或登记日期"))


class RightsForm(ListedForm):
    """知识产权"""

    lists = (("rights", "kind"),)

    rights = FieldList(FormField(RightForm), label=_l("权利"))
    rights_checked_on = OptionalDate(_l("法律状态核查日期"))


class TransferForm(SectionForm):
    """转化意向"""

    modes = CodesField(_l("转化方式"), "transfer_modes")
    price_mode = CodeField(_l("定价方式"), "price_modes")
    price_fen = WanField(_l("价格"), description=_l("一口价或底价时填写，单位万元"))
    payment_terms = text(_l("付款方式"), LONGEST["payment_terms"], rows=3)
    cooperation = text(_l("合作要求"), LONGEST["cooperation"], rows=3)

    def show(self, content: Content, typed: JSONObject) -> None:
        super().show(content, typed)
        if "price_fen" not in typed:
            self.price_fen.data = fen_as_wan(content.price_fen)

    def changes(self) -> JSONObject:
        found = super().changes()
        if "price_fen" in found:
            found["price_fen"] = self.price_fen.fen
        return found


class CompleterForm(PartForm):  # type: ignore[misc]
    name = StringField(_l("姓名"))
    title = StringField(_l("职称"))
    unit = StringField(_l("工作单位"))


class PeopleForm(ListedForm):
    """完成人与项目来源"""

    lists = (("completers", "name"),)

    completers = FieldList(
        FormField(CompleterForm), label=_l("完成人"), description=_l("按贡献排序。公开显示姓名、职称和单位")
    )
    fiscal_funded = BooleanField(_l("财政资金支持的项目形成"))
    project = line(_l("项目名称与编号"), LONGEST["project"])
    started = line(_l("研究起始年月"), 7, _l("如 2021-03"))
    finished = line(_l("研究终止年月"), 7, _l("如 2024-06"))


class MaterialsForm(SectionForm):
    """图片与附件: files are added and removed one by one, each through the guards."""

    def changes(self) -> JSONObject:
        return {}


def _level_field(label: LazyString) -> CodeField:
    return CodeField(label, "disclosure_levels", default="public")


class DisclosureForm(SectionForm):
    """查看范围"""

    principle = _level_field(_l("技术原理"))
    indicators = _level_field(_l("技术指标"))
    cases = _level_field(_l("应用案例"))
    market = _level_field(_l("市场与效益"))
    conditions = _level_field(_l("实施条件"))
    risks = _level_field(_l("风险提示"))

    def show(self, content: Content, typed: JSONObject) -> None:  # noqa: ARG002
        levels = dict(content.restricted)
        for name in RESTRICTABLE:
            self._fields[name].data = levels.get(name, "public")

    def changes(self) -> JSONObject:
        chosen = [(name, str(self._fields[name].data or "public")) for name in RESTRICTABLE]
        return {"restricted": [[name, level] for name, level in chosen if level != "public"]}


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
