"""Reaching a plan by its id: what the actor may not see is not there."""

from listings.plans.models import Plan
from listings.plans.policy import READ
from marketplace.core.context import Context
from marketplace.core.lookup import get_for
from marketplace.core.policy import Permission


def plan_for(ctx: Context, plan_id: str | None, permission: Permission = READ) -> Plan:
    """The plan, if the actor may do `permission` to it. Raises NotFound or Forbidden."""
    return get_for(ctx, Plan, plan_id, permission, READ)
