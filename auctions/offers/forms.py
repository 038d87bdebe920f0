"""The form of an offer: an amount in yuan, and on its second page the amount that was looked at once more."""

from typing import Any

from wtforms import HiddenField, StringField
from wtforms.validators import ValidationError

from auctions.offers.services import NewOffer
from listings.achievements.forms.acts import ActForm
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.money import MoneyError, parse_yuan


class YuanField(StringField):  # type: ignore[misc]
    """An amount typed in 元, or with its unit: `1,950,000`, `195 万`. Kept as fen."""

    @property
    def kept(self) -> int | None:
        """The fen, None for nothing. Raises MoneyError."""
        typed = str(self.data or "").strip()
        return parse_yuan(typed) if typed else None

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002
        try:
            _ = self.kept
        except MoneyError as error:
            raise ValidationError(str(error.message)) from error


class OfferForm(ActForm):
    amount_fen = YuanField(_l("报价金额"), description=_l("以元为单位，也可以写成“195 万”"))
    confirmed = HiddenField()

    def to_input(self) -> NewOffer:
        amount: Any = self.amount_fen.kept
        return NewOffer(amount)

    @property
    def looked_at(self) -> bool:
        """Did the second page show this very amount?"""
        return bool(self.confirmed.data) and self.confirmed.data == str(self.amount_fen.kept)
