"""Forms of trades: the whole text on one page, by procedure, and single acts."""

from auctions.trades.forms.listing import ListingForm
from auctions.trades.forms.lot import LotForm
from auctions.trades.forms.made import made_form

#: Procedures whose terms deserve more words than their names; every other gets a form made from its terms.
FORMS: dict[str, type[LotForm]] = {"listing_for_sale": ListingForm}


def form_of(kind: str) -> LotForm:
    """An empty form for the text of a trade of that kind."""
    return FORMS[kind]() if kind in FORMS else made_form(kind)()
