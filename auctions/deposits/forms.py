"""Forms of deposits: the party's declaration, what the desk records, refunds, forfeitures, the bank's statement."""

from typing import Any

from wtforms import HiddenField, RadioField
from wtforms.fields import SelectChoice

from auctions.deposits.forfeiture import GROUNDS, Forfeiture
from auctions.deposits.money import Payment, Receipt
from auctions.deposits.refunds import Refund
from listings.achievements.forms.acts import ActForm
from listings.achievements.forms.fields import DayField, WanField, YesNoField, line, text
from listings.remarks import LONGEST_NOTE
from marketplace.core.i18n import current_language
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.web.forms import FileField, Form

_LIKE_A_DATE = _l("如 2024-06-30")
_KEPT = _l("只保留末四位，用于核对是否同一账户")


class PaymentForm(ActForm):
    optional = frozenset({"voucher", "kept_voucher"})

    payer = line(_l("付款户名"), _l("须与你方登记的名称一致"))
    account = line(_l("付款账号"), _KEPT)
    amount_fen = WanField(_l("金额"))
    value_date = DayField(_l("银行起息日"), description=_LIKE_A_DATE)
    voucher = FileField(_l("银行凭证"))
    kept_voucher = HiddenField()

    def to_input(self) -> Payment:
        return Payment(
            self.payer.data or "",
            self.account.data or "",
            _fen(self.amount_fen),
            self.value_date.data,
        )


class ReceiptForm(ActForm):
    optional = frozenset({"remark"})

    payer = line(_l("付款户名"), _l("按银行流水填写"))
    account = line(_l("付款账号"), _KEPT)
    received_fen = WanField(_l("到账金额"))
    value_date = DayField(_l("银行起息日"), description=_LIKE_A_DATE)
    reference = line(_l("银行流水号"))
    remark = line(_l("摘要"))

    def to_input(self) -> Receipt:
        return Receipt(
            self.payer.data or "",
            self.account.data or "",
            _fen(self.received_fen),
            self.value_date.data,
            self.reference.data or "",
            self.remark.data or "",
        )


class RefundForm(ActForm):
    paid_on = DayField(_l("退款日期"), description=_LIKE_A_DATE)
    voucher = line(_l("银行凭证号"))

    def to_input(self) -> Refund:
        return Refund(self.paid_on.data, self.voucher.data or "")


class ForfeitForm(ActForm):
    ground = RadioField(_l("没收的理由"), choices=[], validate_choice=False)
    note = text(_l("事实"), LONGEST_NOTE, rows=4)

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        language = current_language()
        self.ground.choices = [SelectChoice(code, words.text(language)) for code, words in GROUNDS.items()]

    def to_input(self) -> Forfeiture:
        return Forfeiture(str(self.ground.data or ""), self.note.data or "")


class ForfeitDecisionForm(ActForm):
    forfeited = YesNoField(_l("决定"), (_l("没收"), _l("不没收")))
    note = text(_l("决定的理由"), LONGEST_NOTE, rows=4)


class StatementForm(ActForm):
    file = FileField(
        _l("银行流水文件"),
        description=_l("CSV 或 XLSX，含起息日、对方户名、对方账号、收入金额和流水号；文件只用于核对，不保存"),
    )


class LinesForm(Form):
    """The ticked lines come as values of `lines`."""


def _fen(field: Any) -> int | None:
    kept: int | None = field.kept
    return kept
