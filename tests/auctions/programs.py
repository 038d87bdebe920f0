"""Programs with a token of somebody of the cast."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from marketplace.accounts.identity import token_digest
from marketplace.accounts.models import ApiToken
from marketplace.core.context import SYSTEM, Actor, Context
from marketplace.core.ids import new_id
from tests.cast import Cast

Work = Callable[[Actor], AbstractContextManager[Context]]
SCOPES = ("read", "offers:write")


def program_of(app: Flask, cast: Cast, work: Work, part: str, *scopes: str) -> Callable[..., TestResponse]:
    """Calls the API as that person's program."""
    member, secret = cast.members[part], f"{part} {scopes}"
    with work(SYSTEM) as ctx:
        token = ApiToken(
            id=new_id("tok", ctx.now),
            user_id=member.user_id,
            org_id=member.org_id,
            label="test",
            scopes=list(scopes or SCOPES),
            digest=token_digest(secret),
            created_at=ctx.now,
            expires_at=ctx.now + timedelta(days=90),
        )
        ctx.session.add(token)

    def call(method: str, path: str, **body: Any) -> TestResponse:
        return app.test_client().open(
            f"/api/v1{path}",
            method=method,
            headers={"Authorization": f"Bearer {secret}"},
            json=body if method != "GET" else None,
        )

    return call
