"""Reaching a grant by its id: what the actor may not see is not there."""

from listings.grants.models import RightsGrant
from listings.grants.policy import READ
from marketplace.core.context import Context
from marketplace.core.lookup import get_for
from marketplace.core.policy import Permission


def grant_for(ctx: Context, grant_id: str | None, permission: Permission = READ) -> RightsGrant:
    """The grant, if the actor may do `permission` to it. Raises NotFound or Forbidden."""
    return get_for(ctx, RightsGrant, grant_id, permission, READ)
