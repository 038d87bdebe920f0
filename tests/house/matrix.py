"""The permission matrix: every route, every method, everybody who might knock."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import update
from werkzeug.routing import AnyConverter, BaseConverter, IntegerConverter, Rule
from werkzeug.test import TestResponse

from marketplace.accounts.identity import token_digest
from marketplace.accounts.models import ApiToken
from marketplace.core.context import ANONYMOUS, Actor
from marketplace.core.db import db
from marketplace.core.policy import Permission
from marketplace.web.guard import declared_permission
from marketplace.web.operations import ROOT
from tests.applications import OPENING
from tests.cast import PARTS, Cast, Member
from tests.client import Client

#: Something that has the form of an id and is nobody's.
NOBODYS = "xxx_00000000000000000000"
READ_ONLY = frozenset({"read"})
#: One of each sort: a second moderator may no more than the first.
KNOCKING = [part for part in PARTS if part != "second_moderator"]
NAMES = ["public", *KNOCKING, "read-only token"]


@dataclass(frozen=True)
class Route:
    """One rule with one method."""

    rule: Rule
    method: str
    permission: Permission

    @property
    def api(self) -> bool:
        return self.rule.rule.startswith(f"{ROOT}/")

    @property
    def parameters(self) -> set[str]:
        """The parts of the address that name something."""
        return {name for name in self.rule.arguments if not isinstance(self._converter(name), AnyConverter)}

    def path(self, **known: str) -> str:
        """The address with the known parts filled in, and nobody's id for the others."""
        built = self.rule.build({name: self._stand_in(name) for name in self.rule.arguments} | known)
        assert built is not None
        return built[1]

    def _stand_in(self, name: str) -> object:
        converter = self._converter(name)
        if isinstance(converter, AnyConverter):
            return min(converter.items)
        return 999_999_999 if isinstance(converter, IntegerConverter) else NOBODYS

    def _converter(self, name: str) -> BaseConverter:
        return self.rule._converters[name]

    def __str__(self) -> str:
        return f"{self.method} {self.rule.rule} ({self.permission.name})"


@dataclass(frozen=True)
class Identity:
    """Somebody who knocks: with a session on pages and a token of every scope at the API, or with a read-only token."""

    name: str
    member: Member | None = None
    read_only: bool = False

    def actor(self, route: Route, scopes: frozenset[str]) -> Actor:
        """Who they are at this route."""
        if self.member is None or (self.read_only and not route.api):
            return ANONYMOUS  # pages know sessions only, as the API knows tokens only
        if route.api:
            return replace(self.member.actor, scopes=READ_ONLY if self.read_only else scopes)
        return self.member.actor

    def knock(self, client: Client, route: Route, path: str) -> TestResponse:
        headers = {}
        if self.member is not None and (route.api or self.read_only):
            headers["Authorization"] = f"Bearer {self.secret}"
        elif self.member is not None:
            client.sign_in(self.member)
        if route.api and route.method != "GET":
            return client.open(path, method=route.method, headers=headers, json={}, buffered=True)
        data = {} if route.method == "GET" else {"csrf_token": client.csrf_token(), "request_key": "key"}
        return client.open(path, method=route.method, headers=headers, data=data, buffered=True)

    @property
    def secret(self) -> str:
        return f"secret of {self.name}"


def routes(app: Flask) -> list[Route]:
    """Every route of the application. Raises LookupError for one that declares no permission."""
    found = []
    for rule in app.url_map.iter_rules():
        permission = declared_permission(app, rule.endpoint)
        if permission is None:
            raise LookupError(f"{rule.rule} declares no permission")
        methods = sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        found += [Route(rule, method, permission) for method in methods]
    return sorted(found, key=str)


def identities(cast: Cast) -> list[Identity]:
    members = [Identity(part, member) for part, member in cast.members.items() if part in KNOCKING]
    return [Identity("public"), *members, Identity("read-only token", cast.inventor, read_only=True)]


def scopes(listed: list[Route]) -> frozenset[str]:
    """Every scope that a token may have."""
    return frozenset(route.permission.scope for route in listed if route.permission.scope)


def give_tokens(app: Flask, everybody: list[Identity], every_scope: frozenset[str]) -> None:
    """Lay down the tokens that the identities knock with; used today already, so that their use writes nothing."""
    with app.app_context():
        for number, identity in enumerate(everybody):
            if identity.member is None:
                continue
            granted = READ_ONLY if identity.read_only else every_scope
            db.session.add(
                ApiToken(
                    id=f"tok_{number}",
                    user_id=identity.member.user_id,
                    org_id=identity.member.org_id,
                    label="matrix",
                    scopes=sorted(granted),
                    digest=token_digest(identity.secret),
                    created_at=OPENING,
                    expires_at=OPENING + timedelta(days=90),
                    last_used_on=OPENING.date(),
                )
            )
        db.session.commit()


def use_tokens(app: Flask, today: date) -> None:
    """Let every token have been used today: a deed may have moved the clock by days."""
    with app.app_context():
        db.session.execute(update(ApiToken).values(last_used_on=today))
        db.session.commit()


def refused(answer: TestResponse) -> bool:
    """Was the door shut: a sign-in asked for, or a right missing?"""
    return answer.status_code in (401, 403) or sent_to_log_in(answer)


def sent_to_log_in(answer: TestResponse) -> bool:
    return answer.status_code == 303 and "/login" in answer.headers["Location"]


def properly_refused(answer: TestResponse, route: Route, actor: Actor) -> bool:
    """Does the refusal say what is missing: a right, or who one is, at the API with a challenge?"""
    if actor.signed_in:
        return answer.status_code == 403
    if route.api:
        return answer.status_code == 401 and answer.headers.get("WWW-Authenticate") == "Bearer"
    return sent_to_log_in(answer)


@contextmanager
def watched(database: Path) -> Iterator["Watch"]:
    """A second pair of eyes on a SQLite database: notices every write, and can undo all of them."""
    with (
        closing(sqlite3.connect(database, isolation_level=None)) as eye,
        closing(sqlite3.connect(":memory:")) as kept,
    ):
        eye.backup(kept)
        yield Watch(database, eye, kept)


@dataclass
class Watch:
    database: Path
    eye: sqlite3.Connection
    kept: sqlite3.Connection

    def version(self) -> int:
        """Grows with every write of anybody else."""
        return int(self.eye.execute("PRAGMA data_version").fetchone()[0])

    def restore(self) -> None:
        with closing(sqlite3.connect(self.database)) as target:
            self.kept.backup(target)
