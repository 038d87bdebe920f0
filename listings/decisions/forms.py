"""The form of a decision record."""

from collections.abc import Iterable
from typing import Any

from wtforms import HiddenField, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from listings.achievements.forms.acts import ActForm
from listings.achievements.forms.fields import DayField, line
from listings.achievements.forms.parts import PartsField
from listings.content_form import WholePart
from listings.decisions.labels import FIELDS, RESULTS
from listings.decisions.record import DecisionRecord, Minutes, Recusal
from listings.decisions.rules import MOST_RECUSALS
from marketplace.core.db import JSONValue
from marketplace.core.halfwidth import halfwidth
from marketplace.core.i18n import gettext as _
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.runtime import runtime
from marketplace.web.forms import FileField


class CountField(StringField):  # type: ignore[misc]
    """A number of people; what is none stays in the control with its complaint."""

    @property
    def kept(self) -> JSONValue:
        return self._number()

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002
        try:
            self._number()
        except ValueError as error:
            raise ValidationError(_("填写人数，用阿拉伯数字")) from error

    def _number(self) -> int | None:
        typed = halfwidth(str(self.data or "")).strip()
        if not typed:
            return None
        if not (typed.isascii() and typed.isdigit() and len(typed) < 8):
            raise ValueError("not a number")
        return int(typed)


class RecusalForm(WholePart):
    name = line(_l("姓名"))
    reason = line(_l("回避原因"))


class DecisionForm(ActForm):
    """集体决策记录. `kept_minutes` names a file that came with an earlier try."""

    optional = frozenset({"recusals", "kept_minutes"})

    body = SelectField(FIELDS["body"], choices=[], validate_choice=False)
    held_on = DayField(FIELDS["held_on"], description=_l("如 2024-06-30"))
    agenda_item = line(FIELDS["agenda_item"])
    members = CountField(FIELDS["members"])
    quorum = CountField(FIELDS["quorum"], description=_l("超过成员半数"))
    present = CountField(FIELDS["present"], description=_l("含到会后回避的人员"))
    recusals = PartsField(
        RecusalForm, FIELDS["recusals"], MOST_RECUSALS, description=_l("只在决策记录中保存，不写入日志")
    )
    votes_for = CountField(FIELDS["votes_for"])
    votes_against = CountField(FIELDS["votes_against"])
    votes_abstain = CountField(FIELDS["votes_abstain"])
    result = RadioField(
        FIELDS["result"],
        choices=[SelectChoice(code, words) for code, (words, _tone) in RESULTS.items()],
        validate_choice=False,
        description=_l("赞成票超过到会人数的半数方为通过"),
    )
    resolution = line(FIELDS["resolution"])
    minutes = FileField(FIELDS["minutes"])
    kept_minutes = HiddenField()

    def __init__(self, bodies: Iterable[str], *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.body.choices = [SelectChoice("", _("请选择")), *(SelectChoice(name, name) for name in bodies)]
        self.minutes.description = _(
            "PDF、DOCX 或图片，不超过 %(most)s MB。只有本单位和示范区监督人员可以打开，每次打开都有记录",
            most=runtime().settings.upload_max_bytes // 1_000_000,
        )

    def to_record(self, minutes: Minutes | None) -> DecisionRecord:
        """What was typed, as far as it was understood."""
        rows: Any = self.recusals.kept
        return DecisionRecord(
            body=str(self.body.data or ""),
            held_on=self.held_on.data,
            agenda_item=str(self.agenda_item.data or ""),
            members=self._count("members"),
            present=self._count("present"),
            quorum=self._count("quorum"),
            recusals=tuple(Recusal(**row) for row in rows),
            votes_for=self._count("votes_for"),
            votes_against=self._count("votes_against"),
            votes_abstain=self._count("votes_abstain"),
            result=str(self.result.data or ""),
            resolution=str(self.resolution.data or ""),
            minutes=minutes,
        )

    def _count(self, name: str) -> int | None:
        field = self._fields[name]
        return None if field.errors else field.kept
