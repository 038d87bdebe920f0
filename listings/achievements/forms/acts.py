"""Forms of the acts around an achievement: assess, submit, withdraw, upload, grant access."""

from typing import Any

from wtforms import BooleanField, RadioField, StringField

from listings.achievements.forms.fields import CodeField, text
from listings.achievements.secrecy import Answers
from listings.achievements.services import Submission, Withdrawal
from listings.classification import SECRECY_QUESTIONS
from marketplace.core.i18n import current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.web.forms import FileField, Form


class SubmitForm(Form):
    review_document = StringField(
        _l("保密审查文号"),
        description=_l("本单位对这一版公开文本的保密审查意见文号（保守国家秘密法第三十五条）"),
    )
    confirmed = BooleanField(_l("内容真实、权属清楚，已经本单位保密审查，同意公开"))

    def to_input(self) -> Submission:
        return Submission(self.review_document.data or "", bool(self.confirmed.data))


class WithdrawForm(Form):
    reason = CodeField(_l("下架原因"), "withdrawal_reasons")
    note = text(_l("说明"), 500, _l("公开显示在成果页上"), 3)

    def to_input(self) -> Withdrawal:
        return Withdrawal(self.reason.data or "", self.note.data or "")


class UploadForm(Form):
    file = FileField(
        _l("选择文件"), description=_l("图片为 PNG、JPG 或 WebP，附件为 PDF、DOCX 或 XLSX，每个不超过 20 MB")
    )
    level = CodeField(_l("查看范围"), "disclosure_levels", default="public")


class AccessForm(Form):
    credit_code = StringField(_l("对方单位的统一社会信用代码"))
    agreement = StringField(_l("保密协议编号"))


def assessment_form() -> Any:
    """The secrecy questions as a form in the page's language: a yes/no and a document number for each."""
    language = current_language()
    controls: dict[str, Any] = {}
    for question in SECRECY_QUESTIONS:
        controls[question.code] = RadioField(
            question.label(language),
            choices=[("yes", _("是")), ("no", _("否"))],
            validate_choice=False,
            description=question.note(language),
        )
        if question.evidence(language):
            controls[f"{question.code}_document"] = StringField(question.evidence(language))
    made = type("AssessmentForm", (Form,), controls)()
    made.questions = SECRECY_QUESTIONS
    return made


def answers_of(form: Any) -> Answers:
    """What the assessment form says."""
    answers = {q.code: str(form[q.code].data or "") for q in SECRECY_QUESTIONS}
    documents = {
        q.code: str(form[f"{q.code}_document"].data or "")
        for q in SECRECY_QUESTIONS
        if f"{q.code}_document" in form
    }
    return Answers(answers, documents)
