"""The form of a grant: every field of its content, on one page."""

from typing import Any

from wtforms import RadioField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from listings.achievements.forms.fields import (
    AddressField,
    CheckField,
    CodeField,
    ShareField,
    YesNoField,
    line,
    text,
)
from listings.achievements.forms.parts import PartForm, PartsField
from listings.achievements.labels import code_label
from listings.classification import codes
from listings.content_form import ContentForm, GroupField, WholePart
from listings.grants.content import EXCLUSIONS, USE_KINDS
from listings.grants.labels import FIELDS
from listings.grants.rules import LONGEST, MOST, REQUIRED
from listings.rights import MOST_RIGHTS
from marketplace.core.db import JSONValue
from marketplace.core.halfwidth import halfwidth
from marketplace.core.i18n import LazyString, current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.web.fields import options


class OptionField(RadioField):  # type: ignore[misc]
    """One of the forms of a grant, each with what it means."""

    def __init__(self, label: Any, **settings: Any) -> None:
        choices = options([(item.code, LazyString(_option, item.code)) for item in codes("grant_options")])
        super().__init__(label, choices=choices, validate_choice=False, **settings)

    @property
    def kept(self) -> JSONValue:
        return str(self.data or "")


def _option(code: str) -> str:
    item, language = codes("grant_options")[code], current_language()
    return _("%(name)s：%(said)s", name=item.label(language), said=item.note(language))


class KindField(SelectField):  # type: ignore[misc]
    """The kind of use: exclusive, sole or ordinary."""

    def __init__(self, label: Any, **settings: Any) -> None:
        super().__init__(label, choices=[], validate_choice=False, **settings)

    def process(self, formdata: Any, *arguments: Any, **settings: Any) -> None:
        named = [SelectChoice(code, code_label("transfer_modes", code)) for code in USE_KINDS]
        self.choices = [SelectChoice("", _("请选择")), *named]
        super().process(formdata, *arguments, **settings)

    @property
    def kept(self) -> JSONValue:
        return str(self.data or "")


class YearsField(StringField):  # type: ignore[misc]
    """A number of years; what is none stays in the control with its complaint."""

    @property
    def kept(self) -> JSONValue:
        return self._number()

    def process_data(self, value: Any) -> None:
        self.data = "" if value is None else str(value)

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002
        try:
            self._number()
        except ValueError as error:
            raise ValidationError(_("填写年数，用阿拉伯数字")) from error

    def _number(self) -> int | None:
        typed = halfwidth(str(self.data or "")).strip().removesuffix("年").strip()
        if not typed:
            return None
        if not (typed.isascii() and typed.isdigit() and len(typed) < 5):
            raise ValueError(typed)
        return int(typed)


class RightForm(PartForm):
    needed = "kind"

    kind = CodeField(_l("权利类型"), "ip_kinds")
    number = line(_l("编号"))
    holder = line(_l("权利人"))


class PointForm(PartForm):
    clear = CheckField(_l("已核查，确认如此"))
    note = line(_l("说明"))


class PointsField(GroupField):
    """Every point of the negative list: confirmed or not, with a remark."""

    @property
    def kept(self) -> JSONValue:
        return [
            {
                "code": code,
                "clear": bool(self.form[code].form.clear.data),
                "note": self.form[code].form.note.kept,
            }
            for code in EXCLUSIONS
        ]

    def mapping(self, value: Any) -> dict[str, Any]:
        return {point.code: {"clear": point.clear, "note": point.note} for point in value}


def _points() -> type[PartForm]:
    """A form with a part for each point, named like its code."""
    parts = {code: GroupField(PointForm, label=LazyString(_point, code)) for code in EXCLUSIONS}
    return type("ExclusionsForm", (PartForm,), parts)


def _point(code: str) -> str:
    return codes("grant_exclusions").label(code, current_language())


class MemberForm(WholePart):
    name = line(_l("姓名"))
    email = AddressField(_l("邮箱"))
    unit = line(_l("所在单位"))
    share_bp = ShareField(_l("团队内部比例"))

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.email.flags.required = False


class GrantForm(ContentForm):
    """赋权"""

    needed = frozenset(REQUIRED)

    option = OptionField(FIELDS["option"])
    rights = PartsField(
        RightForm, FIELDS["rights"], MOST_RIGHTS, description=_l("取自成果的公开文本，可以增减")
    )
    share_bp = ShareField(FIELDS["share_bp"], description=_l("赋予所有权份额的填写，单位保留其余份额"))
    use_years = YearsField(FIELDS["use_years"], description=_l("赋予长期使用权的填写，不少于 10 年"))
    use_kind = KindField(FIELDS["use_kind"], description=_l("赋予长期使用权的填写"))
    income_bp = ShareField(
        FIELDS["income_bp"],
        description=_l("转化净收入中完成人合计取得的比例，不低于 50%（促进科技成果转化法第四十五条）"),
    )
    prospect = text(FIELDS["prospect"], LONGEST["prospect"], _l("应用领域、市场和实施条件"), 4)
    recipient = text(FIELDS["recipient"], LONGEST["recipient"], _l("受让、许可或创办企业的对象"), 3)
    exclusions = PointsField(_points(), label=FIELDS["exclusions"])
    team = PartsField(
        MemberForm,
        FIELDS["team"],
        MOST["team"],
        description=_l(
            "列出全体完成人，比例合计 100%，是完成人之间的分配。本单位成员填写登录邮箱，由其本人签署"
        ),
    )
    team_terms = text(
        FIELDS["team_terms"], LONGEST["team_terms"], _l("怎样决定处置，收益怎样分配，有人退出怎么办"), 5
    )
    representative = line(FIELDS["representative"], _l("名单中的一人，代表完成人与单位办理"))
    leaders = YesNoField(
        FIELDS["leaders"],
        words=(_l("有"), _l("没有")),
        description=_l("单位领导班子成员、参加本次决策的人员"),
    )
    leaders_who = line(FIELDS["leaders_who"], _l("有的才填写，将在公示中标明"))
    no_double_reward = CheckField(_l("同一次转化不再按奖酬办法重复奖励"))
