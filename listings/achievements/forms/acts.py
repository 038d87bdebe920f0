"""Forms of the acts around an achievement: assess, submit, withdraw, upload, grant access."""

from typing import Any

from wtforms import BooleanField, RadioField
from wtforms.fields import SelectChoice

from listings.achievements.forms.fields import CodeField, line, text
from listings.achievements.secrecy import Answers
from listings.achievements.services import LONGEST_NOTE, Submission, Withdrawal
from listings.classification import SECRECY_QUESTIONS
from marketplace.core.i18n import current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.runtime import runtime
from marketplace.web.forms import FileField, Form


class ActForm(Form):
    """A form of which every control is needed, unless named in `optional`."""

    optional: frozenset[str] = frozenset()

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for field in self:
            field.flags.required = field.short_name not in self.optional


class SubmitForm(ActForm):
    review_document = line(
        _l("保密审查文号"),
        _l("本单位对这一版公开文本的保密审查意见文号（保守国家秘密法第三十五条）"),
    )
    confirmed = BooleanField(_l("内容真实、权属清楚，已经本单位保密审查，同意公开"))

    def to_input(self) -> Submission:
        return Submission(self.review_document.data or "", bool(self.confirmed.data))


class WithdrawForm(ActForm):
    optional = frozenset({"note"})

    reason = CodeField(_l("下架原因"), "withdrawal_reasons")
    note = text(_l("说明"), LONGEST_NOTE, _l("公开显示在成果页上"), 3)

    def to_input(self) -> Withdrawal:
        return Withdrawal(self.reason.data or "", self.note.data or "")


class UploadForm(ActForm):
    file = FileField(_l("选择文件"))
    level = CodeField(_l("查看范围"), "disclosure_levels", empty=None, default="public")

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.file.description = _(
            "图片为 PNG、JPG 或 WebP，附件为 PDF、DOCX、XLSX 或 CSV，每个不超过 %(most)s MB",
            most=runtime().settings.upload_max_bytes // 1_000_000,
        )


class AccessForm(ActForm):
    credit_code = line(_l("对方单位的统一社会信用代码"))
    agreement = line(_l("保密协议编号"))


def assessment_form(given: Answers | None = None) -> Any:
    """The secrecy questions as a form in the page's language: a yes/no and a document number for each.

    `given` are earlier answers, shown again unless new ones were sent.
    """
    language = current_language()
    controls: dict[str, Any] = {}
    for question in SECRECY_QUESTIONS:
        controls[question.code] = RadioField(
            question.label(language),
            choices=[SelectChoice("yes", _("是")), SelectChoice("no", _("否"))],
            validate_choice=False,
            description=question.note(language),
        )
        if question.evidence(language):
            controls[_document(question.code)] = line(question.evidence(language))
    optional = frozenset(_document(question.code) for question in SECRECY_QUESTIONS)
    kind = type("AssessmentForm", (ActForm,), {**controls, "optional": optional})
    earlier = (
        {} if given is None else {**given.answers, **{_document(c): n for c, n in given.documents.items()}}
    )
    made = kind(data=earlier)
    made.questions = SECRECY_QUESTIONS
    return made


def answers_of(form: Any) -> Answers:
    """What the assessment form says."""
    answers = {q.code: str(form[q.code].data or "") for q in SECRECY_QUESTIONS}
    documents = {
        q.code: str(form[_document(q.code)].data or "")
        for q in SECRECY_QUESTIONS
        if _document(q.code) in form
    }
    return Answers(answers, documents)


def _document(code: str) -> str:
    return f"{code}_document"
