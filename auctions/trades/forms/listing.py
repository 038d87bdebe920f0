"""The form of a listing for sale: the lot, the terms of a sale, and how long it is listed."""

from auctions.terms import law
from auctions.trades.forms.controls import WORKDAYS, CountField
from auctions.trades.forms.sale import SaleForm
from auctions.trades.labels import FIELDS
from marketplace.core.i18n import lazy_gettext as _l


class ListingForm(SaleForm):
    """挂牌"""

    listing_amount = CountField(
        FIELDS["listing_amount"],
        description=_l("留空的按规定的最短期限；填写的不得更短。单位同规定：一百万元以下为日，以上为工作日"),
    )
    extensions = CountField(
        FIELDS["extensions"], description=_l("期满没有意向方时自动延长，最多 3 次；不填的不延长")
    )
    extension_wd = CountField(
        FIELDS["extension_wd"],
        least=law.EXTENSION.amount,
        unit=WORKDAYS,
        description=_l("不少于 5 个工作日"),
    )
    quotation_wd = CountField(
        FIELDS["quotation_wd"],
        least=law.QUOTATION.amount,
        unit=WORKDAYS,
        description=_l("两个以上合格意向方时，每方密封报价一次"),
    )
