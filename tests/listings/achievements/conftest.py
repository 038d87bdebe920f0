"""What tests of achievements ask for."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from marketplace.accounts.identity import token_digest
from marketplace.accounts.models import ApiToken
from marketplace.core.clock import local_date
from marketplace.core.context import Actor, Context
from marketplace.core.db import db
from marketplace.core.ids import new_id
from marketplace.core.runtime import EXTENSION
from tests.cast import Cast, Member
from tests.client import Client
from tests.listings.achievements.desk import Desk


@pytest.fixture
def desk(cast: Cast, ctx_for: Callable[[Actor], AbstractContextManager[Context]]) -> Desk:
    return Desk(cast, ctx_for)


@pytest.fixture
def officer(app: Flask, cast: Cast) -> Client:
    """The university's transfer officer at the browser."""
    return _at_a_browser(app, cast.tto_officer)


@pytest.fixture
def inventor(app: Flask, cast: Cast) -> Client:
    """A colleague at another browser, who may edit but not submit."""
    return _at_a_browser(app, cast.inventor)


def _at_a_browser(app: Flask, member: Member) -> Client:
    made = app.test_client()
    assert isinstance(made, Client)
    return made.sign_in(member)


@dataclass
class Program:
    """A program with a token: JSON in, JSON out."""

    client: Client
    secret: str

    def __getattr__(self, method: str) -> Callable[..., TestResponse]:
        def ask(path: str, **options: Any) -> TestResponse:
            headers = {"Authorization": f"Bearer {self.secret}", **options.pop("headers", {})}
            if "json" in options:  # in ASCII, so that a program may send halves of surrogate pairs
                options |= {"data": json.dumps(options.pop("json")), "content_type": "application/json"}
            return self.client.open(path, method=method.upper(), headers=headers, **options)

        return ask


@pytest.fixture
def program(app: Flask, cast: Cast) -> Program:
    """The transfer officer's program."""
    return _program(app, cast.tto_officer, "read", "achievements:write")


@pytest.fixture
def reader(app: Flask, cast: Cast) -> Program:
    """The transfer officer's program that may only read."""
    return _program(app, cast.tto_officer, "read")


def _program(app: Flask, member: Member, *scopes: str) -> Program:
    secret = "-".join(scopes)
    now = app.extensions[EXTENSION].clock.now()
    with app.app_context():
        db.session.add(
            ApiToken(
                id=new_id("tok", now),
                user_id=member.user_id,
                org_id=member.org_id,
                label="tests",
                scopes=list(scopes),
                digest=token_digest(secret),
                created_at=now,
                expires_at=now + timedelta(days=90),
                last_used_on=local_date(now),
            )
        )
        db.session.commit()
    made = app.test_client()
    assert isinstance(made, Client)
    return Program(made, secret)
