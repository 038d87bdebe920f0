"""Questions about decisions."""

from listings.decisions.models import Decision
from listings.decisions.policy import READ
from marketplace.core.context import Context
from marketplace.core.lookup import get_for
from marketplace.core.policy import Permission


def decision_of(ctx: Context, decision_id: str | None, permission: Permission = READ) -> Decision:
    """The decision, if the actor may do `permission` to it. Raises NotFound or Forbidden."""
    return get_for(ctx, Decision, decision_id, permission, READ)
