"""Deeds around a unit's rules: drafted, published in place of the edition before."""

from tests.house.deeds.deed import Call, Deed, fact, unsaid
from tests.house.deeds.market import Market
from tests.listings.plans.office import RULES

DRAFTED = unsaid(
    "unit_rules", because="a draft is the unit's own; what it says becomes a fact when it is published"
)


def draft(_market: Market) -> Call:
    return Call("unit_admin", fields={"title": str(RULES["title"]), "version": "0"})


def publish(market: Market) -> Call:
    market.office.rules_drafted()
    return Call("unit_admin", fields={"version": "1"})


def publish_anew(market: Market) -> Call:
    market.office.rules()
    market.office.rules_drafted(grant_share_min_bp=8000)
    return Call("unit_admin", fields={"version": "1"})


DEEDS = (
    Deed("unit_rules.save", draft, DRAFTED, mistake={"grant_share_min_bp": "seventy"}),
    Deed("unit_rules.publish", publish, fact("unit_rules.published"), mistake={"version": "9"}),
    Deed(
        "unit_rules.publish",
        publish_anew,
        fact("unit_rules.superseded", "unit_rules.published"),
        "in place of another",
    ),
)
