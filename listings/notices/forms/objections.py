"""Forms of objections: for whoever objects, for whoever handles, for the zone that reviews."""

from typing import Any

from wtforms import (
    BooleanField,
    EmailField,
    MultipleFileField,
    RadioField,
    StringField,
    TelField,
    TextAreaField,
)

from listings.classification import codes
from listings.notices.objections import filing
from listings.notices.objections.appeals import LONGEST_APPEAL
from listings.notices.objections.filing import NewObjection
from listings.notices.objections.handling import LONGEST_REASONS, LONGEST_SUMMARY, Refusal, Ruling
from listings.notices.words import EFFECTS, OUTCOMES
from marketplace.core.i18n import current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.web.fields import Asked, Limit, options
from marketplace.web.forms import Form


class ObjectionForm(Form):
    ground = RadioField(_l("异议理由"), [Asked()], validate_choice=False)
    facts = TextAreaField(
        _l("事实"),
        [Asked(), Limit(filing.LONGEST_FACTS)],
        description=_l("写明对哪一项有异议、事实是什么。请勿写入国家秘密或他人的技术秘密"),
    )
    remedy = TextAreaField(_l("要求"), [Asked(), Limit(filing.LONGEST_REMEDY)], render_kw={"rows": 3})
    files = MultipleFileField(_l("证据"))
    name = StringField(_l("姓名"), [Asked()], description=_l("真实姓名。只有承办人和示范区监督员能看到"))
    email = EmailField(
        _l("邮箱"), [Asked()], description=_l("提交后会收到确认邮件，七十二小时内确认后异议才能受理")
    )
    phone = TelField(_l("电话"))
    organisation = StringField(_l("单位"))
    promised = BooleanField(_l("我以真实姓名提出，所述属实，愿意配合调查"), [Asked()])

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        self.ground.choices = options(codes("objection_grounds").choices(current_language()))
        self.files.description = _(
            "最多 %(most)s 个，PDF、DOCX、XLSX、CSV、PNG、JPG 或 WebP", most=filing.MOST_FILES
        )

    def to_input(self) -> NewObjection:
        return NewObjection(
            name=str(self.name.data or ""),
            email=str(self.email.data or ""),
            ground=str(self.ground.data or ""),
            facts=str(self.facts.data or ""),
            remedy=str(self.remedy.data or ""),
            organisation=str(self.organisation.data or ""),
            phone=str(self.phone.data or ""),
            promised=bool(self.promised.data),
        )


class TakeForm(Form):
    unrelated = BooleanField(_l("我不是完成人，没有参与谈判和公示办理，与双方没有利害关系"), [Asked()])


class RefuseForm(Form):
    reason = RadioField(_l("不予受理的原因"), [Asked()], validate_choice=False)
    reasons = TextAreaField(_l("理由"), [Asked(), Limit(LONGEST_REASONS)], description=_l("异议人会看到"))
    summary = TextAreaField(
        _l("公开摘要"), [Asked(), Limit(LONGEST_SUMMARY)], description=_l("在公示页上公开，不写异议人的身份")
    )

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        self.reason.choices = options(codes("objection_refusals").choices(current_language()))

    def to_input(self) -> Refusal:
        return Refusal(
            str(self.reason.data or ""), str(self.reasons.data or ""), str(self.summary.data or "")
        )


class ExtendForm(Form):
    note = TextAreaField(
        _l("延长的理由"),
        [Asked(), Limit(LONGEST_SUMMARY)],
        description=_l("异议人会看到"),
        render_kw={"rows": 3},
    )


class RulingForm(Form):
    outcome = RadioField(_l("处理结果"), [Asked()], validate_choice=False)
    effect = RadioField(_l("对公示的影响"), [Asked()], validate_choice=False)
    reasons = TextAreaField(_l("理由"), [Asked(), Limit(LONGEST_REASONS)], description=_l("异议人会看到"))
    summary = TextAreaField(
        _l("公开摘要"), [Asked(), Limit(LONGEST_SUMMARY)], description=_l("在公示页上公开，不写异议人的身份")
    )

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        self.outcome.choices = options((code, str(words)) for code, words in OUTCOMES.items())
        self.effect.choices = options((code, str(words)) for code, words in EFFECTS.items())

    def to_input(self) -> Ruling:
        return Ruling(
            str(self.outcome.data or ""),
            str(self.effect.data or ""),
            str(self.reasons.data or ""),
            str(self.summary.data or ""),
        )


class AppealForm(Form):
    appeal = TextAreaField(_l("申请复核的理由"), [Asked(), Limit(LONGEST_APPEAL)])


class SupplementForm(Form):
    files = MultipleFileField(_l("补充证据"), [Asked()])

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        self.files.description = _(
            "最多 %(most)s 个，PDF、DOCX、XLSX、CSV、PNG、JPG 或 WebP", most=filing.MOST_FILES
        )
