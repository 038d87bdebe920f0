"""JSON operations about oneself and one's tokens."""

from dataclasses import dataclass

from marketplace.accounts.limits import count_creation
from marketplace.accounts.models import User
from marketplace.accounts.policy import READ_SELF, TOKENS_MANAGE
from marketplace.accounts.tokens import queries, services
from marketplace.accounts.tokens.queries import Token
from marketplace.accounts.tokens.services import MadeToken, NewToken
from marketplace.core.lookup import get
from marketplace.core.uow import unit_of_work
from marketplace.web.context import current
from marketplace.web.login import current_actor
from marketplace.web.operations import Operations

operations = Operations("account")


@dataclass(frozen=True)
class Me:
    """The token's owner, the organisation it acts for, the owner's roles there, and what it may be used for."""

    id: str
    name: str
    email: str
    org_id: str | None
    org_kind: str | None
    org_verified: bool
    zone_id: str | None
    roles: tuple[str, ...]
    scopes: tuple[str, ...]


@operations.add("GET", "/me", READ_SELF, "Who the token speaks for", returns=Me)
def get_me() -> Me:
    ctx = current()
    user, actor = get(ctx.session, User, ctx.actor.user_id), ctx.actor
    return Me(
        id=user.id,
        name=user.name,
        email=user.email,
        org_id=actor.org_id,
        org_kind=actor.org_kind,
        org_verified=actor.org_verified,
        zone_id=actor.zone_id,
        roles=tuple(sorted(actor.roles)),
        scopes=tuple(sorted(actor.scopes or ())),
    )


@operations.add("GET", "/tokens", TOKENS_MANAGE, "One's tokens in force", returns=Token, many=True)
def list_tokens() -> list[Token]:
    return queries.tokens_in_force(current())


@operations.add(
    "POST",
    "/tokens",
    TOKENS_MANAGE,
    "Make a token with no more scopes than the calling one; its secret is shown once",
    body=NewToken,
    returns=MadeToken,
    status=201,
)
def create_token(body: NewToken) -> MadeToken:
    count_creation(current().now, str(current_actor().user_id))
    with unit_of_work(current_actor()) as ctx:
        return services.create_token(ctx, str(ctx.actor.user_id), body)


@operations.add("DELETE", "/tokens/<token_id>", TOKENS_MANAGE, "Revoke a token")
def revoke_token(token_id: str) -> None:
    with unit_of_work(current_actor()) as ctx:
        services.revoke_token(ctx, token_id)
