"""The period calculator's form: a plain GET, so that an answer has an address."""

from wtforms import Form, SelectField, StringField

from marketplace.core.i18n import lazy_gettext as _l
from marketplace.site.rules.queries import Question
from marketplace.site.rules.words import unit_choices


class PeriodForm(Form):  # type: ignore[misc]
    """What is missing or malformed is left to the question, which names the same fields."""

    start = StringField(
        _l("从哪一天起算"),
        description=_l("例如 2026-02-02；按小时计算时写到分钟，例如 2026-02-02 09:30"),
    )
    amount = StringField(_l("多长"))
    unit = SelectField(_l("计算单位"), choices=unit_choices)

    def question(self) -> Question:
        """What is asked. An amount that is no number is none, which no period can have."""
        typed = (self.amount.data or "").strip()
        amount = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
        return Question(self.start.data or "", self.unit.data or "days", amount)
