"""The controls of the terms that every sale by price has."""

from auctions.terms import law
from auctions.terms.sale import LONGEST_TEXT, MOST_CONDITIONS
from auctions.trades.forms.controls import (
    LIKE_A_DATE,
    WORKDAYS,
    CountField,
    LineForm,
    LinesField,
    WordField,
    words_of,
)
from auctions.trades.forms.lot import LotForm
from auctions.trades.labels import FIELDS, PAYMENTS
from listings.achievements.forms.fields import CheckField, DayField, ShareField, WanField, line, text
from listings.shares import WHOLE_BP
from marketplace.core.db import JSONValue
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.web.fields import options


class DepositField(WanField):
    """An amount of which none is nothing."""

    @property
    def kept(self) -> JSONValue:
        return super().kept or 0

    def process_data(self, value: object) -> None:
        super().process_data(value or None)


class InstalmentField(ShareField):
    """A share of which none is the whole."""

    @property
    def kept(self) -> JSONValue:
        return super().kept or WHOLE_BP


class SaleForm(LotForm):
    """A lot with the terms of a sale."""

    needed = LotForm.needed | {"price_fen"}

    price_fen = WanField(FIELDS["price_fen"], description=_l("不低于集体决策的价格"))
    conditions = LinesField(
        LineForm,
        FIELDS["conditions"],
        MOST_CONDITIONS,
        description=_l("一般不设。没有公布的条件不得用来拒绝受让方，不得指向特定的人"),
    )
    consortium = CheckField(_l("接受联合受让"))
    deposit_fen = DepositField(FIELDS["deposit_fen"], description=_l("不超过挂牌价的 30%，不收取的留空"))
    deposit_wd = CountField(
        FIELDS["deposit_wd"],
        least=law.DEPOSIT_PAYMENT.amount,
        unit=WORKDAYS,
        description=_l("取得资格之后，以银行到账日为准"),
    )
    priority_wd = CountField(
        FIELDS["priority_wd"],
        least=law.PRIORITY_EXERCISE.amount,
        unit=WORKDAYS,
        description=_l("成交价确定之后，逾期视为放弃"),
    )
    payment = WordField(FIELDS["payment"], choices=options(words_of(PAYMENTS)))
    first_instalment_bp = InstalmentField(
        FIELDS["first_instalment_bp"], description=_l("分期付款的填写，不低于 30%，其余一年内付清并提供担保")
    )
    payment_terms = text(FIELDS["payment_terms"], LONGEST_TEXT, _l("签约后何时付款，付到哪里"), 3)
    appraisal_fen = WanField(FIELDS["appraisal_fen"], description=_l("国有企业转让和作价投资须经评估"))
    appraisal_on = DayField(FIELDS["appraisal_on"], description=LIKE_A_DATE)
    appraisal_document = line(FIELDS["appraisal_document"], _l("名称和编号"))
    approval = line(FIELDS["approval"], _l("价格低于评估结果的 90%，或低于集体决策的价格的，填写批准文件"))
