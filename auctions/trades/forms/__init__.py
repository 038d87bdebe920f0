"""Forms of trades: the whole text on one page, by procedure, and single acts."""

from auctions.trades.forms.listing import ListingForm
from auctions.trades.forms.lot import LotForm

#: The form of each procedure's text; a procedure without one of its own is edited by its lot only.
FORMS: dict[str, type[LotForm]] = {"listing_for_sale": ListingForm}


def form_of(kind: str) -> LotForm:
    """An empty form for the text of a trade of that kind."""
    return FORMS.get(kind, LotForm)()
