"""JSON operations about organisations."""

from dataclasses import replace

from marketplace.accounts.limits import count_creation
from marketplace.accounts.models import Organisation
from marketplace.accounts.organisations import queries, services
from marketplace.accounts.organisations.input import NewOrganisation, Profile
from marketplace.accounts.organisations.queries import Directory, PublicOrganisation
from marketplace.accounts.policy import (
    ORGANISATION_CREATE,
    ORGANISATION_EDIT,
    ORGANISATION_SEE,
    ORGANISATION_SUBMIT,
)
from marketplace.accounts.roles import AGENCY
from marketplace.core.errors import NotFound
from marketplace.core.lookup import get
from marketplace.core.policy import OPEN
from marketplace.core.uow import once, unit_of_work
from marketplace.web.context import current
from marketplace.web.forms import request_key
from marketplace.web.login import current_actor
from marketplace.web.operations import Operations, expected_version
from marketplace.web.paging import Page, paged

operations = Operations("organisations")


@operations.add(
    "GET",
    "/organisations",
    OPEN,
    "Verified organisations",
    query=Directory,
    returns=PublicOrganisation,
    many=True,
)
def list_organisations(query: Directory) -> Page[PublicOrganisation]:
    return _page(query)


@operations.add(
    "GET",
    "/agencies",
    OPEN,
    "Verified service agencies",
    query=Directory,
    returns=PublicOrganisation,
    many=True,
)
def list_agencies(query: Directory) -> Page[PublicOrganisation]:
    return _page(replace(query, kind=AGENCY))


@operations.add(
    "GET", "/organisations/<org_id>", ORGANISATION_SEE, "One organisation", returns=PublicOrganisation
)
def get_organisation(org_id: str) -> PublicOrganisation:
    return queries.shown(queries.organisation(current(), org_id))


@operations.add(
    "GET", "/agencies/<org_id>", ORGANISATION_SEE, "One service agency", returns=PublicOrganisation
)
def get_agency(org_id: str) -> PublicOrganisation:
    org = queries.organisation(current(), org_id)
    if org.kind != AGENCY:
        raise NotFound
    return queries.shown(org)


@operations.add(
    "POST",
    "/organisations",
    ORGANISATION_CREATE,
    "Register an organisation; the token's owner becomes its administrator",
    body=NewOrganisation,
    returns=PublicOrganisation,
    status=201,
)
def create_organisation(body: NewOrganisation) -> PublicOrganisation:
    count_creation(current().now, str(current_actor().user_id))
    with unit_of_work(current_actor()) as ctx:
        org_id = once(
            ctx, request_key(), "create organisation", lambda: services.create_organisation(ctx, body).id
        )
        return queries.shown(get(ctx.session, Organisation, org_id))


@operations.add(
    "PUT",
    "/organisations/<org_id>",
    ORGANISATION_EDIT,
    "Replace the profile",
    body=Profile,
    returns=PublicOrganisation,
)
def edit_organisation(org_id: str, body: Profile) -> PublicOrganisation:
    with unit_of_work(current_actor()) as ctx:
        return queries.shown(services.edit_organisation(ctx, org_id, body, expected_version()))


@operations.add("POST", "/organisations/<org_id>/submit", ORGANISATION_SUBMIT, "Ask the zone to verify")
def submit_organisation(org_id: str) -> None:
    with unit_of_work(current_actor()) as ctx:
        services.submit_organisation(ctx, org_id)


def _page(query: Directory) -> Page[PublicOrganisation]:
    found = paged(current().session, queries.directory(query))
    return Page([queries.shown(org) for org in found.rows], found.number, found.per_page, found.total)
