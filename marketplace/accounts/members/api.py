"""JSON operations about members."""

from marketplace.accounts.limits import count_invitation
from marketplace.accounts.members import queries, services
from marketplace.accounts.members.queries import Member
from marketplace.accounts.members.services import Invitation, Outcome, RoleChange
from marketplace.accounts.policy import MEMBERS_MANAGE, MEMBERS_SEE
from marketplace.core.uow import unit_of_work
from marketplace.web.context import current
from marketplace.web.login import current_actor
from marketplace.web.operations import Operations

operations = Operations("members")


@operations.add(
    "GET",
    "/organisations/<org_id>/members",
    MEMBERS_SEE,
    "Members of one's organisation",
    returns=Member,
    many=True,
)
def list_members(org_id: str) -> list[Member]:
    return queries.members_of(current(), org_id)


@operations.add(
    "POST",
    "/organisations/<org_id>/members",
    MEMBERS_MANAGE,
    "Invite somebody by mail; in a zone authority a second administrator confirms first",
    body=Invitation,
    returns=Outcome,
    status=202,
)
def invite_member(org_id: str, body: Invitation) -> Outcome:
    count_invitation(current().now, str(current_actor().user_id))
    with unit_of_work(current_actor()) as ctx:
        return services.invite(ctx, org_id, body)


@operations.add(
    "PUT",
    "/organisations/<org_id>/members/<user_id>",
    MEMBERS_MANAGE,
    "Give a member other roles; in a zone authority a second administrator confirms first",
    body=RoleChange,
    returns=Outcome,
)
def change_member(org_id: str, user_id: str, body: RoleChange) -> Outcome:
    with unit_of_work(current_actor()) as ctx:
        return services.change_roles(ctx, org_id, user_id, body)


@operations.add(
    "DELETE",
    "/organisations/<org_id>/members/<user_id>",
    MEMBERS_MANAGE,
    "End a membership; in a zone authority a second administrator confirms first",
    returns=Outcome,
)
def remove_member(org_id: str, user_id: str) -> Outcome:
    with unit_of_work(current_actor()) as ctx:
        return services.remove_member(ctx, org_id, user_id)
