"""Commands about zones. Only the operator makes one."""

import re
from dataclasses import dataclass

from sqlalchemy import select

from marketplace.accounts import vocabularies
from marketplace.accounts.checks import Checks
from marketplace.accounts.models import Zone
from marketplace.core.context import Context
from marketplace.core.errors import Forbidden
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.ids import new_id
from marketplace.core.journal import record

_SLUG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


@dataclass(frozen=True)
class NewZone:
    """A zone to be made. `slug` is its name in addresses; `region` a code of the vocabulary `regions`."""

    slug: str
    name: str
    name_en: str
    region: str
    about: str = ""
    about_en: str = ""
    second_reviewer: bool = False


def create_zone(ctx: Context, data: NewZone) -> Zone:
    """Make a zone. By the system only. Raises Invalid."""
    if not ctx.actor.system:
        raise Forbidden("zone.create")
    checks = Checks()
    zone = Zone(
        id=new_id("zon", ctx.now),
        slug=checks.line("slug", data.slug, 40, missing=_l("填写地址中使用的英文短名")),
        name=checks.line("name", data.name, 100, missing=_l("填写示范区名称")),
        name_en=checks.line("name_en", data.name_en, 200, missing=_l("填写示范区英文名称")),
        region=data.region,
        about=checks.text("about", data.about, 5_000),
        about_en=checks.text("about_en", data.about_en, 5_000),
        second_reviewer=data.second_reviewer,
    )
    if not checks.complained("slug") and not _SLUG.fullmatch(zone.slug):
        checks.complain("slug", "slug", _l("短名由小写字母、数字和连字符组成，以字母开头"))
    if not vocabularies.known(vocabularies.REGIONS, data.region):
        checks.complain("region", "choice", _l("从列表中选择所在地区"))
    if ctx.session.scalar(select(Zone.id).where(Zone.slug == zone.slug)) is not None:
        checks.complain("slug", "duplicate", _l("这个短名已有示范区使用"))
    checks.settle()
    ctx.session.add(zone)
    ctx.session.flush()
    record(ctx, "zone.created", zone.id, {"region": zone.region})
    return zone
