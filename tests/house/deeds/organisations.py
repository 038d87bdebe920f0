"""Deeds around an organisation itself: registering it, its profile, its verification."""

from marketplace.accounts.organisations.services import reopen_organisation
from tests.accounts.codes import credit_code as made_up_code
from tests.cast import ORGANISATIONS
from tests.house.deeds.deed import Call, Deed, fact, nothing
from tests.house.deeds.market import Market
from tests.house.deeds.members import by_program
from tests.listings.achievements.desk import credit_code

NAME, CODE = ORGANISATIONS["university"][1], credit_code("university")
NO_CODE = {"credit_code": "123"}


def create(market: Market) -> Call:
    new = {"name": "南屏精密仪器有限公司", "credit_code": made_up_code(77), "kind": "firm"}
    return Call("inventor", fields={**new, "zone_id": market.cast.zone_id})


def edit(_market: Market) -> Call:
    return Call("unit_admin", fields={"name": NAME, "credit_code": CODE, "about": "一所综合性大学"})


def keep(_market: Market) -> Call:
    return Call("unit_admin", fields={"name": NAME, "credit_code": CODE})


def submit(market: Market) -> Call:
    with market.as_("unit_admin") as ctx:
        reopen_organisation(ctx, str(ctx.actor.org_id))
    return Call("unit_admin")


def reopen(_market: Market) -> Call:
    return Call("unit_admin")


CREATED = fact("organisation.created", "membership.added")
KNOWN = nothing(because="it says what is known")

DEEDS = (
    Deed("accounts.organisations.create", create, CREATED, mistake=NO_CODE, stranger=None),
    Deed("accounts.organisations.edit", edit, fact("organisation.edited"), mistake=NO_CODE),
    Deed("accounts.organisations.edit", keep, KNOWN, "unchanged"),
    Deed("accounts.organisations.submit", submit, fact("organisation.submitted")),
    Deed("accounts.organisations.reopen", reopen, fact("organisation.reopened")),
    Deed("api_organisations.create_organisation", create, CREATED, mistake=NO_CODE, stranger=None),
    Deed(
        "api_organisations.edit_organisation", by_program(edit), fact("organisation.edited"), mistake=NO_CODE
    ),
    Deed("api_organisations.edit_organisation", by_program(keep), KNOWN, "unchanged"),
    Deed("api_organisations.submit_organisation", by_program(submit), fact("organisation.submitted")),
)
