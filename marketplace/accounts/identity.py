"""From a session cookie or an API token to an actor. Rights are read from the database at every request."""

import hashlib
from dataclasses import dataclass

from flask import Request
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from marketplace.accounts.models import ApiToken, Membership, Organisation, User
from marketplace.accounts.roles import ZONE_AUTHORITY
from marketplace.core.context import Actor
from marketplace.core.db import db
from marketplace.core.runtime import runtime


@dataclass(frozen=True)
class Person:
    """A signed-in user with the organisations they may act for. What Flask-Login calls the user."""

    user_id: str
    epoch: int
    name: str
    email: str
    actor: Actor
    organisations: tuple[tuple[str, str], ...] = ()  # (id, name) of every membership
    acting_name: str = ""
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        return f"{self.user_id}.{self.epoch}"


def person_of_session(session_id: str) -> Person | None:
    """The user named in a session cookie, unless the sessions of that epoch have ended."""
    user_id, _, epoch = session_id.partition(".")
    user = _load(db.session(), user_id)
    if user is None or not user.active or str(user.epoch) != epoch:
        return None
    return person(user)


def person_of_request(request: Request) -> Person | None:
    """The owner of a bearer token, within the token's scopes."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret:
        return None
    token = db.session.scalar(select(ApiToken).where(ApiToken.digest == token_digest(secret)))
    if token is None or token.revoked_at is not None or token.expires_at <= runtime().clock.now():
        return None
    user = _load(db.session(), token.user_id)
    if user is None or not user.active:
        return None
    membership = next((m for m in user.memberships if m.org_id == token.org_id), None)
    return _person(user, membership, frozenset(token.scopes))


def person(user: User) -> Person:
    """The identity of a user in the organisation they chose to act for, or their first."""
    chosen = next((m for m in user.memberships if m.org_id == user.acting_org_id), None)
    return _person(user, chosen or next(iter(user.memberships), None), None)


def token_digest(secret: str) -> str:
    """Tokens are 256 random bits, so one round of SHA-256 is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def actor_of(user: User, membership: Membership | None, scopes: frozenset[str] | None = None) -> Actor:
    """The actor a user is when acting through a membership."""
    if membership is None:
        return Actor(user_id=user.id, scopes=scopes)
    org: Organisation = membership.organisation
    authority = org.kind == ZONE_AUTHORITY and org.verified
    return Actor(
        user_id=user.id,
        org_id=org.id,
        org_kind=org.kind,
        org_verified=org.verified,
        zone_id=org.zone_id if authority else None,
        roles=frozenset(membership.roles),
        scopes=scopes,
    )


def _person(user: User, membership: Membership | None, scopes: frozenset[str] | None) -> Person:
    return Person(
        user_id=user.id,
        epoch=user.epoch,
        name=user.name,
        email=user.email,
        actor=actor_of(user, membership, scopes),
        organisations=tuple((m.org_id, m.organisation.name) for m in user.memberships),
        acting_name=membership.organisation.name if membership else "",
    )


def _load(session: Session, user_id: str) -> User | None:
    return session.scalar(select(User).where(User.id == user_id).options(selectinload(User.memberships)))
