"""Forms for the unit: begin a notice, word it, start it, keep captures, correct it, withdraw it."""

from typing import Any

from wtforms import IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from listings.achievements.forms.fields import DayField
from listings.classification import codes
from listings.notices.channels import LONGEST_NAME, LONGEST_NOTE, NewCapture, Outage
from listings.notices.forms.fields import MomentField
from listings.notices.models import SAME
from listings.notices.profiles import Profile, profiles
from listings.notices.services import FOLLOWING, LONGEST_WHY, Amendment, End
from listings.notices.sources import Basis
from listings.notices.wording import LONGEST_TEXT, Wording
from listings.notices.words import SEEN, kind_label, length_words
from listings.notices.zone_terms import Least, NewZoneTerm
from marketplace.core.i18n import current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.period import Unit
from marketplace.web.fields import Asked, Limit, options
from marketplace.web.forms import FileField, Form


class BeginForm(Form):
    """What the notice is about. Each choice is `kind:subject`."""

    about = RadioField(_l("公示事项"), [Asked()], validate_choice=False)

    @classmethod
    def offering(cls, offered: list[tuple[str, str, str]], asked: str) -> "BeginForm":
        """`offered`: kind, subject, label of each thing; `asked`: the one that is chosen already, `kind:subject`."""
        form = cls()
        form.about.choices = [
            SelectChoice(f"{kind}:{subject}", f"{kind_label(kind)}：{label}")
            for kind, subject, label in offered
        ]
        if not form.is_submitted():
            form.about.data = asked
        return form


def wording_form(profile: Profile, basis: Basis, least: Least, given: Wording | None = None) -> Any:
    """The form of what people may say: one control for each field that the source leaves open."""
    language = current_language()
    controls: dict[str, Any] = {}
    for one in profile.fields:
        if one.name in basis.fixed:
            continue
        marks = [Asked()] if one.compulsory else []
        hint = one.hint(language)
        if one.input == "text":
            controls[one.name] = TextAreaField(
                one.label(language), [*marks, Limit(LONGEST_TEXT)], description=hint, render_kw={"rows": 4}
            )
        else:
            controls[one.name] = StringField(one.label(language), marks, description=hint)
    unit = _("个工作日") if profile.term.unit is Unit.WORKDAY else _("日")
    controls["amount"] = IntegerField(
        _("公示期"),
        [Asked()],
        description=_("不少于 %(least)s %(unit)s", least=least.term.amount, unit=unit),
    )
    controls["unit_place"] = StringField(
        _("本单位公示的位置"), [Asked()], description=_("网页地址，或公示栏所在的地点；与平台同时公示")
    )
    kind = type("WordingForm", (_WordingForm,), controls)
    earlier = {} if given is None else {**given.said, "amount": given.amount, "unit_place": given.unit_place}
    made = kind(data=earlier)
    made.names = [one.name for one in profile.fields if one.name not in basis.fixed]
    made.amount.unit = unit
    return made


class _WordingForm(Form):
    names: list[str]

    def to_input(self) -> Wording:
        said = {name: str(self[name].data or "") for name in self.names}
        return Wording(said, self.amount.data or 0, str(self.unit_place.data or ""))


class CaptureForm(Form):
    """What was seen in the unit. `seen` is not asked when the notice starts: then it must be there."""

    taken_at = MomentField(_l("取证时间"), validators=[Asked()])
    taken_by = StringField(_l("取证人"), [Asked(), Limit(LONGEST_NAME)])
    seen = RadioField(_l("看到的情况"), [Asked()], validate_choice=False)
    file = FileField(_l("网页截图、打印件或公示栏照片"), [Asked()])

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        self.seen.choices = options((code, str(words)) for code, words in SEEN.items())
        self.file.description = _("PDF、PNG、JPG 或 WebP")

    def to_input(self) -> NewCapture:
        return NewCapture(self.taken_at.instant, str(self.taken_by.data or ""), str(self.seen.data or ""))


class StartForm(CaptureForm):
    seen = None

    def __init__(self, *arguments: Any, **values: Any) -> None:
        Form.__init__(self, *arguments, **values)
        self.file.description = _("PDF、PNG、JPG 或 WebP")

    def to_input(self) -> NewCapture:
        return NewCapture(self.taken_at.instant, str(self.taken_by.data or ""), SAME)


class AmendForm(Form):
    why = TextAreaField(_l("更正的原因"), [Asked(), Limit(LONGEST_WHY)], description=_l("将在公示页上公开"))
    subject = SelectField(_l("依据"), validate_choice=False)

    @classmethod
    def offering(cls, offered: list[tuple[str, str]], now: str) -> "AmendForm":
        form = cls()
        form.subject.choices = options(offered)
        if not form.is_submitted():
            form.subject.data = now
        return form

    def to_input(self) -> Amendment:
        return Amendment(str(self.why.data or ""), str(self.subject.data or ""))


class EndForm(Form):
    reason = RadioField(_l("撤回原因"), [Asked()], validate_choice=False)
    note = TextAreaField(_l("说明"), [Limit(LONGEST_WHY)], description=_l("将在公示页上公开"))

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        offered = codes("void_reasons").choices(current_language())
        self.reason.choices = options(pair for pair in offered if pair[0] not in FOLLOWING)

    def to_input(self) -> End:
        return End(str(self.reason.data or ""), str(self.note.data or ""))


class OutageForm(Form):
    """A time in which the platform did not show its notices."""

    cause = RadioField(_l("原因"), [Asked()], validate_choice=False)
    since = MomentField(_l("开始"), validators=[Asked()])
    until = MomentField(_l("恢复"), validators=[Asked()])
    note = TextAreaField(_l("说明"), [Asked(), Limit(LONGEST_NOTE)], description=_l("将在各公示页上公开"))

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        offered = codes("gap_causes").choices(current_language())
        self.cause.choices = options(pair for pair in offered if pair[0] in {"outage", "maintenance"})

    def to_input(self) -> Outage:
        return Outage(
            self.since.instant, self.until.instant, str(self.cause.data or ""), str(self.note.data or "")
        )


class ZoneTermForm(Form):
    """How long notices of a kind last in the zone from a day on."""

    kind = RadioField(_l("公示类型"), [Asked()], validate_choice=False)
    amount = IntegerField(_l("公示期不少于"), [Asked()], description=_l("按该类公示的单位（日或工作日）"))
    effective_from = DayField(_l("生效日期"), [Asked()])

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        self.kind.choices = options(
            (kind, f"{kind_label(kind)}（{_legal(profile)}）") for kind, profile in profiles().items()
        )
        self.effective_from.description = _("如 2026-12-01，最早为明天；此前提交的公示不受影响")

    def to_input(self) -> NewZoneTerm:
        return NewZoneTerm(str(self.kind.data or ""), self.amount.data, self.effective_from.data)


def _legal(profile: Profile) -> str:
    return _("法定不少于 %(least)s", least=length_words(profile.term.amount, profile.term.unit))
