"""Which pages of offers and confirmations there are, and who sees them."""

from collections.abc import Mapping

from tests.browser.visit import PUBLIC, Visit


def pages_of_deals(market: Mapping[str, str]) -> dict[str, list[Visit]]:
    def trade(name: str, *people: str) -> list[Visit]:
        return [Visit(who, {"trade_id": market[f"{name} trade"]}) for who in people]

    return {
        "offers.form": trade("offering", "rival_agent"),
        "offers.receipt": [*trade("offering", "firm_agent"), *trade("confirmed", "rival_agent")],
        "protocols.file": trade("decided", PUBLIC),
        "confirmations.look": trade("decided", "moderator"),
        "confirmations.defaulting": trade("decided", "moderator"),
        "confirmations.page": trade("confirmed", PUBLIC, "rival_agent"),
        "confirmations.paper": trade("confirmed", "tto_officer"),
    }
