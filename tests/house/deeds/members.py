"""Deeds around who belongs to an organisation; in a zone authority it takes two administrators."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace

from marketplace.accounts.links import Purpose
from marketplace.accounts.members import services
from marketplace.accounts.members.changes import set_roles, the_membership
from marketplace.accounts.members.services import Invitation, RoleChange
from marketplace.core.context import Context
from tests.cast import PASSWORD
from tests.house.deeds.accounts import newcomer
from tests.house.deeds.deed import Call, Deed, fact, nothing
from tests.house.deeds.market import NEWCOMER, Market

NO_ROLE: dict[str, object] = {"roles": []}
UNKNOWN_ROLE = {"roles": ["king"]}
MORE_ROLES = ("inventor", "tto_officer")


def invite(_market: Market) -> Call:
    return Call("unit_admin", fields={"email": NEWCOMER, "roles": ["inventor"]})


def invite_officer(market: Market) -> Call:
    second_admin(market)
    return Call("zone_admin", fields={"email": NEWCOMER, "roles": ["moderator"]})


def change_roles(market: Market) -> Call:
    return Call("unit_admin", _inventor(market), fields={"roles": list(MORE_ROLES)})


def keep_roles(market: Market) -> Call:
    return Call("unit_admin", _inventor(market), fields={"roles": ["inventor"]})


def change_officer(market: Market) -> Call:
    second_admin(market)
    return Call("zone_admin", {"user_id": market.cast.moderator.user_id}, fields={"roles": ["supervisor"]})


def remove(market: Market) -> Call:
    return Call("unit_admin", _inventor(market))


def remove_officer(market: Market) -> Call:
    second_admin(market)
    return Call("zone_admin", {"user_id": market.cast.moderator.user_id})


def withdraw_invitation(market: Market) -> Call:
    return Call("unit_admin", {"link_id": invitation(market, NEWCOMER)})


def leave(_market: Market) -> Call:
    return Call("inventor")


def decide_roles(market: Market) -> Call:
    with proposing(market) as ctx:
        outcome = services.change_roles(
            ctx, str(ctx.actor.org_id), _moderator(market), RoleChange(("supervisor",))
        )
    return Call("second_moderator", {"proposal_id": outcome.id})


def decide_roles_late(market: Market) -> Call:
    """An operator has given the roles meanwhile."""
    call, member = decide_roles(market), market.cast.moderator
    with market.as_system() as ctx:
        set_roles(ctx, the_membership(ctx, member.org_id, member.user_id), ["supervisor"])
    return call


def decide_removal(market: Market) -> Call:
    with proposing(market) as ctx:
        outcome = services.remove_member(ctx, str(ctx.actor.org_id), _moderator(market))
    return Call("second_moderator", {"proposal_id": outcome.id})


def decide_invitation(market: Market) -> Call:
    with proposing(market) as ctx:
        outcome = services.invite(ctx, str(ctx.actor.org_id), Invitation(NEWCOMER, ("moderator",)))
    return Call("second_moderator", {"proposal_id": outcome.id})


def join_as_newcomer(market: Market) -> Call:
    invitation(market, NEWCOMER)
    fields = {"name": "何新", "password": PASSWORD}
    return Call(at={"token": market.link(Purpose.INVITE)}, fields=fields)


def join_unconfirmed(market: Market) -> Call:
    newcomer(market)
    return join_as_newcomer(market)


def join_with_account(market: Market) -> Call:
    invitation(market, market.cast.firm_agent.email)
    return Call("firm_agent", {"token": market.link(Purpose.INVITE)})


def by_program(page: Callable[[Market], Call]) -> Callable[[Market], Call]:
    """The API names the organisation in the address, where pages take the one acted for."""

    def call(market: Market) -> Call:
        made = page(market)
        return replace(made, at={"org_id": market.member(made.by).org_id, **made.at})

    return call


def invitation(market: Market, email: str) -> str:
    """The id of an invitation into the university."""
    with market.as_("unit_admin") as ctx:
        return services.invite(ctx, str(ctx.actor.org_id), Invitation(email, ("inventor",))).id


def second_admin(market: Market) -> None:
    """Make the second moderator an administrator of the authority as well."""
    member = market.cast.second_moderator
    with market.as_system() as ctx:
        set_roles(ctx, the_membership(ctx, member.org_id, member.user_id), ["zone_admin"])


def proposing(market: Market) -> AbstractContextManager[Context]:
    """A unit of work of the first of two administrators."""
    second_admin(market)
    return market.as_("zone_admin")


def _inventor(market: Market) -> dict[str, str]:
    return {"user_id": market.cast.inventor.user_id}


def _moderator(market: Market) -> str:
    return market.cast.moderator.user_id


DEEDS = (
    Deed("accounts.members.invite", invite, fact("membership.invited"), mistake=UNKNOWN_ROLE),
    Deed("accounts.members.invite", invite_officer, fact("membership.proposed"), "into a zone authority"),
    Deed("accounts.members.edit", change_roles, fact("membership.changed"), mistake=NO_ROLE),
    Deed("accounts.members.edit", keep_roles, nothing(because="it says what is known"), "unchanged"),
    Deed("accounts.members.edit", change_officer, fact("membership.proposed"), "in a zone authority"),
    Deed("accounts.members.remove", remove, fact("membership.removed")),
    Deed("accounts.members.remove", remove_officer, fact("membership.proposed"), "from a zone authority"),
    Deed("accounts.members.withdraw", withdraw_invitation, fact("membership.invitation_withdrawn")),
    Deed("accounts.members.leave", leave, fact("membership.removed"), stranger=None),
    Deed("accounts.members.confirm", decide_roles, fact("membership.changed"), stranger="zone_admin"),
    Deed(
        "accounts.members.confirm",
        decide_roles_late,
        fact("membership.proposal_confirmed"),
        "roles that are held already",
    ),
    Deed("accounts.members.confirm", decide_removal, fact("membership.removed"), "a removal"),
    Deed("accounts.members.confirm", decide_invitation, fact("membership.invited"), "an invitation"),
    Deed("accounts.members.reject", decide_roles, fact("membership.proposal_rejected")),
    Deed(
        "accounts.invitations.show",
        join_as_newcomer,
        fact("user.registered", "membership.added", "user.logged_in"),
        mistake={"password": "123"},
    ),
    Deed(
        "accounts.invitations.show",
        join_unconfirmed,
        fact("user.registered", "membership.added", "user.logged_in"),
        "in place of an unconfirmed registration",
    ),
    Deed("accounts.invitations.accept", join_with_account, fact("membership.added")),
    Deed("api_members.invite_member", by_program(invite), fact("membership.invited"), mistake=UNKNOWN_ROLE),
    Deed("api_members.change_member", by_program(change_roles), fact("membership.changed"), mistake=NO_ROLE),
    Deed(
        "api_members.change_member",
        by_program(keep_roles),
        nothing(because="it says what is known"),
        "unchanged",
    ),
    Deed("api_members.remove_member", by_program(remove), fact("membership.removed")),
)
