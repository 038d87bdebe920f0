"""For whom, and as whom, a command brings achievements in."""

from sqlalchemy import or_, select

from listings.achievements.policy import IMPORT, SUBMITTERS
from marketplace.accounts.identity import actor_of
from marketplace.accounts.models import Membership, Organisation
from marketplace.core.context import Actor, Context


class HolderError(LookupError):
    """No such organisation, several of that name, or nobody who may act for it; the message says which."""


def holder_named(ctx: Context, text: str) -> Organisation:
    """The organisation with this id, unified social credit code or name. Raises HolderError."""
    wanted = text.strip()
    query = select(Organisation).where(
        or_(
            Organisation.id == wanted,
            Organisation.credit_code == wanted.upper(),
            Organisation.name == wanted,
            Organisation.name_en == wanted,
        )
    )
    found = ctx.session.scalars(query).unique().all() if wanted else []
    if not found:
        raise HolderError(f"no organisation has the id, credit code or name {wanted!r}")
    if len(found) > 1:
        codes = ", ".join(organisation.credit_code for organisation in found)
        raise HolderError(f"several organisations are called {wanted!r}: give a credit code ({codes})")
    return found[0]


def officer_of(ctx: Context, holder: Organisation) -> Actor:
    """The member who has been one longest of those who may bring achievements in. Raises HolderError."""
    query = select(Membership).where(Membership.org_id == holder.id).order_by(Membership.since, Membership.id)
    for membership in ctx.session.scalars(query):
        actor = actor_of(membership.user, membership)
        if membership.user.active and IMPORT.possible(actor):
            return actor
    raise HolderError(
        f"{holder.name} has no active member with one of the roles {', '.join(sorted(SUBMITTERS))}"
    )
