"""Forms of moderation. Their choices depend on the subject, so they are made for one."""

from collections.abc import Sequence
from itertools import groupby

from wtforms import Field, RadioField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import Length

from marketplace.core.i18n import current_language, lazy_pgettext
from marketplace.core.i18n import gettext as _
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.moderation.grounds import LONGEST_NOTE, LONGEST_PUBLIC_NOTE, OUTCOMES, Decision, Removal
from marketplace.moderation.models import DISMISSED, KEEP, PUBLISH, RETURN, TAKE_DOWN, UPHELD, Case
from marketplace.moderation.reports import (
    LONGEST_ANSWER,
    LONGEST_CONTACT,
    LONGEST_STATEMENT,
    SHORTEST_STATEMENT,
    Answer,
    NewReport,
)
from marketplace.moderation.subjects import Reason, ReviewSubject, subject_of
from marketplace.web.fields import Asked, CheckboxesField
from marketplace.web.forms import Form

ASKED_OUTCOMES = {
    PUBLISH: lazy_pgettext("审核动作", "通过"),
    RETURN: lazy_pgettext("审核动作", "退回修改（须写理由）"),
    TAKE_DOWN: lazy_pgettext("审核动作", "同意下架"),
    KEEP: lazy_pgettext("审核动作", "维持公开（须写理由）"),
}


class DecisionForm(Form):
    """A word on a case. `parts` are its reasons by the part of the subject they point to."""

    outcome = RadioField(_l("处理结果"), [Asked()], validate_choice=False)
    reasons = CheckboxesField(_l("退回理由"), validate_choice=False)
    note = TextAreaField(
        _l("意见"),
        [Length(max=LONGEST_NOTE)],
        description=_l("退回时提交人会看到；不进入公开的审核记录"),
    )

    @classmethod
    def for_case(cls, case: Case) -> "DecisionForm":
        form = cls()
        form.outcome.choices = [
            SelectChoice(outcome, str(ASKED_OUTCOMES[outcome])) for outcome in OUTCOMES[case.asks]
        ]
        offered = subject_of(case.kind).return_reasons(current_language()) if case.asks == PUBLISH else ()
        form.reasons.choices = [SelectChoice(reason.code, reason.label) for reason in offered]
        form.parts = _by_part(form.reasons, offered)
        return form

    parts: list[tuple[str, list[tuple[Field, str]]]]

    def to_input(self) -> Decision:
        return Decision(self.outcome.data or "", tuple(self.reasons.data or ()), self.note.data or "")


class TakeDownForm(Form):
    """The proposal to take a publication down."""

    reason = RadioField(_l("下架原因"), [Asked()], validate_choice=False)
    note = TextAreaField(
        _l("说明"), [Length(max=LONGEST_PUBLIC_NOTE)], description=_l("会显示在下架后的页面上")
    )

    @classmethod
    def for_subject(cls, subject: ReviewSubject) -> "TakeDownForm":
        form = cls()
        form.reason.choices = _choices(subject.take_down_reasons(current_language()))
        return form

    def to_input(self) -> Removal:
        return Removal(self.reason.data or "", self.note.data or "")


class ReportForm(Form):
    """A report of abuse, by anybody."""

    reason = RadioField(_l("举报原因"), [Asked()], validate_choice=False)
    statement = TextAreaField(
        _l("情况说明"),
        [Asked(), Length(max=LONGEST_STATEMENT)],
        description=_l("%(low)s 字以上。写明哪一处有问题和依据", low=SHORTEST_STATEMENT),
    )
    contact = StringField(
        _l("联系方式"),
        [Length(max=LONGEST_CONTACT)],
        description=_l("仅处理举报的工作人员可见，用于核实情况"),
    )

    @classmethod
    def for_subject(cls, subject: ReviewSubject) -> "ReportForm":
        form = cls()
        form.reason.choices = _choices(subject.abuse_reasons(current_language()))
        return form

    def to_input(self, kind: str, subject: str) -> NewReport:
        return NewReport(
            kind, subject, self.reason.data or "", self.statement.data or "", self.contact.data or ""
        )


class AnswerForm(Form):
    """The answer to a report."""

    outcome = RadioField(
        _l("处理结果"),
        [Asked()],
        validate_choice=False,
        choices=[
            SelectChoice(UPHELD, lazy_pgettext("审核动作", "举报成立")),
            SelectChoice(DISMISSED, lazy_pgettext("审核动作", "举报不成立")),
        ],
    )
    answer = TextAreaField(
        _l("答复"),
        [Asked(), Length(max=LONGEST_ANSWER)],
        description=_l("举报人凭回执可以看到，不写个人信息"),
    )

    def to_input(self) -> Answer:
        return Answer(self.outcome.data or "", self.answer.data or "")


def _choices(reasons: Sequence[Reason]) -> list[SelectChoice]:
    return [SelectChoice(reason.code, _with_hint(reason)) for reason in reasons]


def _with_hint(reason: Reason) -> str:
    if not reason.hint:
        return reason.label
    return _("%(label)s（%(hint)s）", label=reason.label, hint=reason.hint)


def _by_part(field: Field, reasons: Sequence[Reason]) -> list[tuple[str, list[tuple[Field, str]]]]:
    """The check boxes with the hint of each, under the label of the part they point to."""
    boxes = zip(field, reasons, strict=True)
    parts = groupby(boxes, key=lambda pair: pair[1].group_label)
    return [(label, [(box, reason.hint) for box, reason in pairs]) for label, pairs in parts]
