"""The least share of the title that completers must get in a zone: what its authority has set from a date on.

No national rule fixes a number (国科发区〔2020〕128号 leaves it to agreement; places ask for 70, 80 or 90 %), so a zone may set
one. A unit's own rules may ask for more, never for less.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from listings.grants.models import ZoneMinimum
from listings.grants.policy import SET_MINIMUM
from listings.shares import WHOLE_BP
from marketplace.accounts.checks import Checks
from marketplace.core.clock import local_date
from marketplace.core.context import Context
from marketplace.core.db import JSONObject
from marketplace.core.errors import Forbidden
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.ids import new_id
from marketplace.core.journal import record
from marketplace.core.policy import require


@dataclass(frozen=True)
class NewMinimum:
    """`share_bp` in basis points; `effective_from` a Beijing date to come."""

    share_bp: int | None
    effective_from: date | None


def set_minimum(ctx: Context, given: NewMinimum) -> ZoneMinimum:
    """Set the least share in the acting authority's zone from a day on.

    What was submitted before that day is not touched. Raises Invalid.
    """
    if ctx.actor.zone_id is None or ctx.actor.user_id is None:
        raise Forbidden(SET_MINIMUM.name)
    share_bp, day = _checked(ctx, given)
    rule = ZoneMinimum(
        id=new_id("zmn", ctx.now),
        zone_id=ctx.actor.zone_id,
        share_bp=share_bp,
        effective_from=day,
        set_by=ctx.actor.user_id,
        set_at=ctx.now,
    )
    require(ctx, SET_MINIMUM, rule)
    ctx.session.add(rule)
    facts: JSONObject = {"rule": rule.id, "share_bp": share_bp, "from": day.isoformat()}
    record(ctx, "zone.grant_minimum_set", rule.zone_id, facts)
    return rule


def minimum_on(ctx: Context, zone_id: str, day: date) -> int | None:
    """The zone's least share on a day, in basis points; None while it has set none."""
    query = select(ZoneMinimum.share_bp).where(
        ZoneMinimum.zone_id == zone_id, ZoneMinimum.effective_from <= day
    )
    found: int | None = ctx.session.scalar(query.order_by(*_LATEST).limit(1))
    return found


def minimums_of(ctx: Context, zone_id: str) -> Sequence[ZoneMinimum]:
    """Every rule of a zone, the one that takes effect last first."""
    return ctx.session.scalars(
        select(ZoneMinimum).where(ZoneMinimum.zone_id == zone_id).order_by(*_LATEST)
    ).all()


_LATEST = (ZoneMinimum.effective_from.desc(), ZoneMinimum.set_at.desc(), ZoneMinimum.id.desc())


def _checked(ctx: Context, given: NewMinimum) -> tuple[int, date]:
    checks = Checks()
    share, day = given.share_bp or 0, given.effective_from
    if not 1 <= share < WHOLE_BP:
        checks.complain("share_bp", "range", _l("比例应大于零，小于百分之百：单位须保留份额"))
    if day is None or day <= local_date(ctx.now):
        checks.complain("effective_from", "range", _l("填写生效日期，最早为明天"))
    checks.settle()
    if day is None:
        raise ValueError("checked above")
    return share, day
