"""Questions about zones."""

from dataclasses import dataclass

from sqlalchemy import select

from marketplace.accounts.models import Zone
from marketplace.core.context import Context
from marketplace.core.i18n import current_language
from marketplace.core.lookup import get


@dataclass(frozen=True)
class PublicZone:
    """A zone as everybody may see it. `region` is a GB/T 2260 code."""

    id: str
    slug: str
    name: str
    name_en: str
    region: str
    about: str
    about_en: str


def zones(ctx: Context) -> list[Zone]:
    """All zones by name."""
    return list(ctx.session.scalars(select(Zone).order_by(Zone.name, Zone.id)))


def zone_choices(ctx: Context) -> list[tuple[str, str]]:
    """(id, name in the page's language) for a select field."""
    english = current_language() == "en"
    return [(zone.id, zone.name_en if english else zone.name) for zone in zones(ctx)]


def public_zone(ctx: Context, zone_id: str) -> PublicZone:
    """One zone. Raises NotFound."""
    return shown(get(ctx.session, Zone, zone_id))


def shown(zone: Zone) -> PublicZone:
    return PublicZone(zone.id, zone.slug, zone.name, zone.name_en, zone.region, zone.about, zone.about_en)
