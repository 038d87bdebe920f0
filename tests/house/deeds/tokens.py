"""Deeds around one's keys for programs, on pages and through the API."""

from marketplace.accounts.tokens.services import NewToken, create_token, revoke_token
from tests.house.deeds.deed import Call, Deed, fact, nothing
from tests.house.deeds.market import Market

NO_SCOPE: dict[str, object] = {"scopes": []}


def make(_market: Market) -> Call:
    return Call("inventor", fields={"label": "同步", "scopes": ["read"], "days": 30})


def revoke(market: Market) -> Call:
    return Call("inventor", {"token_id": a_token(market)})


def revoke_again(market: Market) -> Call:
    token_id = a_token(market)
    with market.as_("inventor") as ctx:
        revoke_token(ctx, token_id)
    return Call("inventor", {"token_id": token_id})


def a_token(market: Market) -> str:
    """The id of a token of the inventor."""
    with market.as_("inventor") as ctx:
        return create_token(ctx, str(ctx.actor.user_id), NewToken("同步", ("read",))).id


DEEDS = (
    Deed("accounts.tokens.listed", make, fact("token.created"), mistake=NO_SCOPE, stranger=None),
    Deed("accounts.tokens.revoke", revoke, fact("token.revoked")),
    Deed("accounts.tokens.revoke", revoke_again, nothing(because="it is revoked already"), "again"),
    Deed("api_account.create_token", make, fact("token.created"), mistake=NO_SCOPE, stranger=None),
    Deed("api_account.revoke_token", revoke, fact("token.revoked")),
    Deed("api_account.revoke_token", revoke_again, nothing(because="it is revoked already"), "again"),
)
