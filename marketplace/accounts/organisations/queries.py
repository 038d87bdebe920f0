"""Questions about organisations. Lists show what is verified; one's own is shown in every state."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, String, cast, false, or_, select

from marketplace.accounts.models import VERIFIED, Organisation
from marketplace.accounts.policy import ORGANISATION_SEE
from marketplace.accounts.roles import ZONE_AUTHORITY
from marketplace.core.context import Context
from marketplace.core.lookup import get
from marketplace.core.policy import require

WORDS = 50  # characters of a search in the directory
_CODE = re.compile(r"[0-9a-z_]{1,30}")  # nothing else is sent to the database as one


@dataclass(frozen=True)
class Directory:
    """What to list: words in the name, a kind, a zone, a region and a service by their codes. Empty means any."""

    q: str = ""
    kind: str = ""
    zone: str = ""
    region: str = ""
    service: str = ""


@dataclass(frozen=True)
class PublicOrganisation:
    """An organisation as whoever may see it sees it. `version` is its ETag."""

    id: str
    kind: str
    state: str
    name: str
    name_en: str
    credit_code: str
    zone_id: str
    region: str
    about: str
    about_en: str
    contact: str
    services: tuple[str, ...]
    verified_at: datetime | None
    version: int


def directory(asked: Directory) -> Select[Organisation]:
    """Verified organisations except the authorities themselves, by name."""
    query = select(Organisation).where(Organisation.state == VERIFIED, Organisation.kind != ZONE_AUTHORITY)
    if words := asked.q.replace("\x00", "").strip()[:WORDS]:
        query = query.where(
            or_(
                Organisation.name.icontains(words, autoescape=True),
                Organisation.name_en.icontains(words, autoescape=True),
            )
        )
    columns = (
        (Organisation.kind, asked.kind),
        (Organisation.zone_id, asked.zone),
        (Organisation.region, asked.region),
    )
    for column, value in columns:
        if value:
            query = query.where(column == value if _CODE.fullmatch(value) else false())
    if asked.service:
        offered = cast(Organisation.services, String).contains(f'"{asked.service}"', autoescape=True)
        query = query.where(offered if _CODE.fullmatch(asked.service) else false())
    return query.order_by(Organisation.name, Organisation.id)


def organisation(ctx: Context, org_id: str) -> Organisation:
    """One organisation, for somebody who may see it. Raises NotFound."""
    org = get(ctx.session, Organisation, org_id)
    require(ctx, ORGANISATION_SEE, org, see=ORGANISATION_SEE)
    return org


def shown(org: Organisation) -> PublicOrganisation:
    """The organisation as data."""
    return PublicOrganisation(
        id=org.id,
        kind=org.kind,
        state=org.state,
        name=org.name,
        name_en=org.name_en,
        credit_code=org.credit_code,
        zone_id=org.zone_id,
        region=org.region,
        about=org.about,
        about_en=org.about_en,
        contact=org.contact,
        services=tuple(org.services),
        verified_at=org.verified_at,
        version=org.version,
    )
