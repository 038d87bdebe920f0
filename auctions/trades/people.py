"""Who is told about trades: people of an organisation in certain roles, people of a zone's authority."""

from collections.abc import Collection

from sqlalchemy import select

from marketplace.accounts.models import Membership, Organisation
from marketplace.accounts.roles import ZONE_AUTHORITY
from marketplace.core.context import Context


def members_with(ctx: Context, org_id: str, roles: Collection[str]) -> list[str]:
    """The ids of an organisation's people who hold one of these roles."""
    query = select(Membership).where(Membership.org_id == org_id).order_by(Membership.user_id)
    return [row.user_id for row in ctx.session.scalars(query) if set(row.roles) & set(roles)]


def staff_with(ctx: Context, zone_id: str, roles: Collection[str]) -> list[str]:
    """The ids of the people of a zone's authority who hold one of these roles."""
    query = select(Organisation.id).where(
        Organisation.kind == ZONE_AUTHORITY, Organisation.zone_id == zone_id
    )
    return [
        person for authority in ctx.session.scalars(query) for person in members_with(ctx, authority, roles)
    ]
