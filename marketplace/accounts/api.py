"""Every set of JSON operations of this package."""

from collections.abc import Iterator

from marketplace.accounts.members.api import operations as members
from marketplace.accounts.organisations.api import operations as organisations
from marketplace.accounts.tokens.api import operations as account
from marketplace.accounts.zones.api import operations as zones
from marketplace.web.operations import Operations


def operations() -> Iterator[Operations]:
    """For the roof to mount."""
    yield from (account, organisations, members, zones)
