"""Forms of the acts around a disclosure: describe, upload, confirm, decline, register a paper, submit, review."""

from typing import Any

from wtforms import BooleanField, HiddenField, RadioField
from wtforms.fields import SelectChoice

from listings.achievements.forms.acts import ActForm
from listings.achievements.forms.fields import DayField, line, text
from listings.disclosures.confirming import Confirmation
from listings.disclosures.labels import DETAILS
from listings.disclosures.reviewing import LONGEST_REASON, Opinion
from listings.disclosures.rules import LONGEST_DESCRIPTION
from listings.disclosures.services import Statements
from listings.disclosures.steps import Step
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.web.forms import FileField


class DescriptionForm(ActForm):
    text = text(
        _l("技术内容"),
        LONGEST_DESCRIPTION,
        _l("背景、方案、实施例、关键参数。只有完成人和本单位经办人能打开，每次打开都有记录"),
        16,
    )


class UploadForm(ActForm):
    file = FileField(_l("选择文件"))


class ConfirmForm(ActForm):
    digest = HiddenField()
    contributed = BooleanField(_l("本人对成果的实质性特点作出了创造性贡献"))
    agreed = BooleanField(_l("内容属实，同意全部完成人的排序和贡献比例"))

    def to_input(self) -> Confirmation:
        return Confirmation(self.digest.data or "", bool(self.contributed.data), bool(self.agreed.data))


class StatementsForm(ActForm):
    truthful = BooleanField(_l("披露内容真实，不含国家秘密"))
    complete = BooleanField(_l("没有遗漏完成人、来源项目、共有单位和第三方权利"))

    def to_input(self) -> Statements:
        return Statements(bool(self.truthful.data), bool(self.complete.data))


def review_form(state: str, step: Step) -> Any:
    """The form of the step that is due: only the controls that this step asks for."""
    controls: dict[str, Any] = {"step": HiddenField(default=state)}
    if len(step.moves) > 1:
        choices = [SelectChoice(code, str(step.words[code])) for code in step.moves]
        label = _l("建议的处置方式") if step.texts else _l("意见")
        controls["outcome"] = RadioField(label, choices=choices, validate_choice=False)
    for name in step.texts:
        controls[name] = text(DETAILS[name], LONGEST_REASON, rows=5)
    if step.numbered:
        controls["document"] = line(_l("审查意见文号"), _l("只填写文号，不要写出文件内容"))
    if step.reasoned:
        controls["reason"] = text(_l("理由"), LONGEST_REASON, rows=4)
    if step.dated:
        controls["review_on"] = DayField(_l("复核日期"), description=_l("暂缓处置的必须填写，到期提醒"))
    optional = {"review_on"}
    if not step.moves.keys() <= step.reasoned:
        optional.add("reason")
    return type("ReviewForm", (ActForm,), {**controls, "optional": frozenset(optional)})()


def opinion_of(form: Any, step: Step) -> Opinion:
    """What the form of that step says. A step with one thing to say has no control for it."""
    return Opinion(
        step=str(form.step.data or ""),
        outcome=str(form.outcome.data or "") if "outcome" in form else next(iter(step.moves)),
        reason=_text(form, "reason"),
        details={name: _text(form, name) for name in step.texts},
        document=_text(form, "document"),
        review_on=form.review_on.data if "review_on" in form else None,
    )


def _text(form: Any, name: str) -> str:
    return str(form[name].data or "") if name in form else ""
