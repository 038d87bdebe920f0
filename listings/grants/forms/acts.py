"""Forms of single acts on a grant: sign, review, take down the agreement, the filings, the registrations, the end."""

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, HiddenField, RadioField
from wtforms.fields import SelectChoice

from listings.achievements.forms.acts import ActForm
from listings.achievements.forms.fields import CodeField, DayField, ShareField, line, text
from listings.achievements.forms.parts import PartsField
from listings.classification import codes
from listings.content_form import WholePart
from listings.decisions.record import Minutes
from listings.grants.carrying_out import LONGEST, Agreement, End, Step
from listings.grants.labels import AGREEMENT, REVIEW
from listings.grants.services import LONGEST_OPINION, Opinion
from listings.grants.team import Signature
from listings.grants.zone_minimum import NewMinimum
from listings.remarks import LONGEST_NOTE
from listings.rights import ListedRight
from marketplace.core.i18n import current_language
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.web.forms import FileField

MOST_RIGHTS = 40
_LIKE_A_DATE = _l("如 2024-06-30")


class SignForm(ActForm):
    digest = HiddenField()
    agreed = BooleanField(_l("本人同意赋权的内容、团队内部约定和全体完成人的比例"))

    def to_input(self) -> Signature:
        return Signature(self.digest.data or "", bool(self.agreed.data))


class ReviewForm(ActForm):
    checked_on = DayField(REVIEW["checked_on"], description=_LIKE_A_DATE)
    title = text(REVIEW["title"], LONGEST_OPINION, _l("权利人、法律状态、质押许可、项目合同的约定"), 4)
    document = line(REVIEW["document"], _l("只填写文号，不要写出文件内容"))

    def to_input(self) -> Opinion:
        return Opinion(self.checked_on.data, self.title.data or "", self.document.data or "")


class AgreementForm(ActForm):
    """The controls of the signed agreement. `kept_paper` names a file that came with an earlier try."""

    optional = frozenset({"kept_paper"})

    number = line(AGREEMENT["number"])
    signed_on = DayField(AGREEMENT["signed_on"], description=_LIKE_A_DATE)
    decision_mechanism = text(
        AGREEMENT["decision_mechanism"], LONGEST["decision_mechanism"], _l("转化的方式、价格由谁怎样决定"), 3
    )
    cost_sharing = text(AGREEMENT["cost_sharing"], LONGEST["cost_sharing"], rows=3)
    ip_fees = text(AGREEMENT["ip_fees"], LONGEST["ip_fees"], rows=3)
    deal_mandate = RadioField(AGREEMENT["deal_mandate"], choices=[], validate_choice=False)
    paper = FileField(_l("签订的协议"))
    kept_paper = HiddenField()

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        language = current_language()
        self.deal_mandate.choices = [
            SelectChoice(item.code, item.label(language)) for item in codes("deal_mandates")
        ]

    def to_input(self, paper: Minutes | None) -> Agreement:
        return Agreement(
            number=self.number.data or "",
            signed_on=self.signed_on.data,
            decision_mechanism=self.decision_mechanism.data or "",
            cost_sharing=self.cost_sharing.data or "",
            ip_fees=self.ip_fees.data or "",
            deal_mandate=str(self.deal_mandate.data or ""),
            paper=paper,
        )


class StepForm(WholePart):
    right = line(_l("权利编号"))
    day = DayField(_l("日期"), description=_LIKE_A_DATE)
    document = line(_l("回执或通知书编号"))


class _StepsForm(ActForm):
    """A row for each right whose title changes. `rows` names the list."""

    rows = ""

    def show(self, rights: Sequence[ListedRight]) -> None:
        """Offer the rights' numbers."""
        self[self.rows].process(None, [{"right": right.number} for right in rights])

    def to_input(self) -> tuple[Step, ...]:
        """What was typed, as far as it was understood."""
        entries: Any = self[self.rows].entries
        return tuple(
            Step(
                str(entry.form.right.data or "").strip(),
                entry.form.day.data if not entry.form.day.errors else None,
                str(entry.form.document.data or ""),
            )
            for entry in entries
        )


class FilingsForm(_StepsForm):
    rows = "filings"

    filings = PartsField(StepForm, _l("变更申请"), MOST_RIGHTS, description=_l("每项登记的权利一行"))


class RegistrationsForm(_StepsForm):
    rows = "registrations"

    registrations = PartsField(
        StepForm, _l("变更登记"), MOST_RIGHTS, description=_l("填写登记生效之日，以最后一项为赋权生效之日")
    )


class MinimumForm(ActForm):
    share_bp = ShareField(_l("完成人的所有权份额不少于"))
    effective_from = DayField(
        _l("生效日期"), description=_l("如 2026-12-01，最早为明天；此前提交的赋权不受影响")
    )

    def to_input(self) -> NewMinimum:
        typed: Any = self.share_bp.kept
        return NewMinimum(typed, self.effective_from.data)


class EndForm(ActForm):
    reason = CodeField(_l("终止原因"), "grant_end_reasons")
    note = text(_l("说明"), LONGEST_NOTE, rows=3)

    def to_input(self) -> End:
        return End(self.reason.data or "", self.note.data or "")
