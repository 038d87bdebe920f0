"""JSON operations about zones."""

from marketplace.accounts.zones import queries
from marketplace.accounts.zones.queries import PublicZone
from marketplace.core.policy import OPEN
from marketplace.web.context import current
from marketplace.web.operations import Operations

operations = Operations("zones")


@operations.add("GET", "/zones", OPEN, "All zones", returns=PublicZone, many=True)
def list_zones() -> list[PublicZone]:
    return [queries.shown(zone) for zone in queries.zones(current())]


@operations.add("GET", "/zones/<zone_id>", OPEN, "One zone", returns=PublicZone)
def get_zone(zone_id: str) -> PublicZone:
    return queries.public_zone(current(), zone_id)
