"""Reaching a grant by its id: what the actor may not see is not there."""

from listings.grants.lifecycle import GRANT
from listings.grants.models import RightsGrant
from listings.grants.policy import READ
from marketplace.core.context import Context
from marketplace.core.lookup import get_for
from marketplace.core.policy import Permission


def grant_for(ctx: Context, grant_id: str | None, permission: Permission = READ) -> RightsGrant:
    """The grant, if the actor may do `permission` to it. Raises NotFound or Forbidden."""
    return get_for(ctx, RightsGrant, grant_id, permission, READ)


def state_now(ctx: Context, grant: RightsGrant) -> str:
    """The state, also where the worker has not yet noted that a right of use is over."""
    due = next(iter(GRANT.deadlines)).due(grant, ctx.calendar)
    return grant.state if due is None or due > ctx.now else next(iter(GRANT.deadlines)).target or grant.state
