"""Questions about a unit's rules."""

from datetime import datetime

from sqlalchemy import or_, select

from listings.unit_rules.models import DRAFT, IN_FORCE, UnitRules
from listings.unit_rules.policy import SEE_OWN
from marketplace.accounts.models import Organisation
from marketplace.accounts.policy import ORGANISATION_SEE
from marketplace.accounts.roles import UNIVERSITY
from marketplace.core.context import Context
from marketplace.core.errors import Conflict, NotFound
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.lookup import get
from marketplace.core.policy import require


def rules_in_force(ctx: Context, org_id: str) -> UnitRules | None:
    """The edition in force now."""
    query = select(UnitRules).where(UnitRules.org_id == org_id, UnitRules.state == IN_FORCE)
    found: UnitRules | None = ctx.session.scalar(query)
    return found


def rules_at(ctx: Context, org_id: str, moment: datetime) -> UnitRules | None:
    """The edition that was in force at that instant (UTC), the instant of its publication included."""
    query = select(UnitRules).where(
        UnitRules.org_id == org_id,
        UnitRules.published_at <= moment,
        or_(UnitRules.superseded_at.is_(None), UnitRules.superseded_at > moment),
    )
    found: UnitRules | None = ctx.session.scalar(query.order_by(UnitRules.edition.desc()).limit(1))
    return found


def published_editions(ctx: Context, org_id: str) -> tuple[Organisation, list[UnitRules]]:
    """A unit and all editions it ever published, newest first, for everybody.

    Once public, rules stay so even when the unit's own page does not. Raises NotFound for what is no unit, and for one
    that the actor may not see and that has published nothing.
    """
    org = get(ctx.session, Organisation, org_id, kind=UNIVERSITY)
    editions = [rules for rules in _editions(ctx, org_id) if rules.state != DRAFT]
    if not editions:
        require(ctx, ORGANISATION_SEE, org, see=ORGANISATION_SEE)
    return org, editions


def own_editions(ctx: Context) -> list[UnitRules]:
    """The acting unit's editions, newest first, the draft included. Raises NotFound for actors without a unit."""
    require(ctx, SEE_OWN, None)
    if ctx.actor.org_id is None:
        raise NotFound
    return _editions(ctx, ctx.actor.org_id)


def draft_of(ctx: Context, org_id: str) -> UnitRules | None:
    """The edition being written."""
    query = select(UnitRules).where(UnitRules.org_id == org_id, UnitRules.state == DRAFT)
    found: UnitRules | None = ctx.session.scalar(query)
    return found


def _editions(ctx: Context, org_id: str) -> list[UnitRules]:
    query = select(UnitRules).where(UnitRules.org_id == org_id).order_by(UnitRules.edition.desc())
    return list(ctx.session.scalars(query))


def rules_to_decide_by(ctx: Context, org_id: str) -> UnitRules:
    """The unit's rules in force. Raises Conflict when there are none: nothing says who may decide."""
    rules = rules_in_force(ctx, org_id)
    if rules is None:
        message = _l("本单位没有现行制度，无法确定由谁决策。请单位管理员先发布制度")
        raise Conflict(message, code="no_rules")
    return rules
