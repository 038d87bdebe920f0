"""Reaching a deposit by its id: what the actor may not see is not there."""

from auctions.deposits.models import Deposit
from auctions.deposits.policy import READ
from marketplace.core.context import Context
from marketplace.core.lookup import get_for
from marketplace.core.policy import Permission


def deposit_for(ctx: Context, deposit_id: str | None, permission: Permission = READ) -> Deposit:
    """The deposit, if the actor may do `permission` to it. Raises NotFound or Forbidden."""
    return get_for(ctx, Deposit, deposit_id, permission, READ)
