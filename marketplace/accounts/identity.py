"""From a session cookie or an API token to an actor. Rights are read from the database at every request."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from flask import Request, request
from sqlalchemy import select, update
from sqlalchemy.orm import Session, selectinload

from marketplace.accounts.models import ApiToken, LogIn, Membership, Organisation, User
from marketplace.accounts.roles import ZONE_AUTHORITY
from marketplace.core.clock import local_date
from marketplace.core.context import Actor
from marketplace.core.db import IMMEDIATE, db
from marketplace.core.lookup import find
from marketplace.core.runtime import runtime
from marketplace.web.operations import ROOT


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
    log_in: str = ""
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        """What the session cookie holds: the user, the epoch, and the log-in that can be ended by itself."""
        return ".".join(part for part in (self.user_id, str(self.epoch), self.log_in) if part)


def person_of_session(session_id: str) -> Person | None:
    """The user named in a session cookie, unless that session has ended.

    Programs use tokens: the API does not know sessions, so no other site can make a browser call it.
    """
    if request.path.startswith(f"{ROOT}/"):
        return None
    user_id, epoch, log_in = [*session_id.split("."), "", ""][:3]
    session = db.session()
    user = _load(session, user_id)
    if user is None or not user.active or str(user.epoch) != epoch:
        return None
    if log_in and not _goes_on(session, log_in, user):
        return None
    return person(user, log_in)


def person_of_request(asked: Request) -> Person | None:
    """The owner of a bearer token, within the token's scopes. Pages do not know tokens."""
    if not asked.path.startswith(f"{ROOT}/"):
        return None
    scheme, _, secret = asked.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret:
        return None
    session, now = db.session(), runtime().clock.now()
    token = _live_token(session, secret, now)
    if token is None:
        return None
    if token.last_used_on != local_date(now):
        _note_use(session, token.id, now)
    user = _load(session, token.user_id)
    if user is None or not user.active:
        return None
    membership = next((m for m in user.memberships if m.org_id == token.org_id), None)
    if token.org_id is not None and membership is None:
        return None  # made to act for an organisation that its owner has left
    return _person(user, membership, frozenset(token.scopes))


def person(user: User, log_in: str = "") -> Person:
    """The identity of a user in the organisation they chose to act for; in none, if they chose none or have left it."""
    chosen = next((m for m in user.memberships if m.org_id == user.acting_org_id), None)
    return _person(user, chosen, None, log_in)


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


def _person(
    user: User, membership: Membership | None, scopes: frozenset[str] | None, log_in: str = ""
) -> Person:
    return Person(
        user_id=user.id,
        epoch=user.epoch,
        name=user.name,
        email=user.email,
        actor=actor_of(user, membership, scopes),
        organisations=tuple((m.org_id, m.organisation.name) for m in user.memberships),
        acting_name=membership.organisation.name if membership else "",
        log_in=log_in,
    )


def _load(session: Session, user_id: str) -> User | None:
    return session.scalar(select(User).where(User.id == user_id).options(selectinload(User.memberships)))


def _goes_on(session: Session, log_in: str, user: User) -> bool:
    found = find(session, LogIn, log_in)
    return found is not None and found.user_id == user.id and found.ended_at is None


def _live_token(session: Session, secret: str, now: datetime) -> ApiToken | None:
    token = session.scalar(select(ApiToken).where(ApiToken.digest == token_digest(secret)))
    return None if token is None or token.revoked_at is not None or token.expires_at <= now else token


def _note_use(session: Session, token_id: str, now: datetime) -> None:
    """Once a day, in a transaction of its own: no fact of the market, so not in the journal."""
    session.rollback()
    session.connection(execution_options={IMMEDIATE: True})
    session.execute(update(ApiToken).where(ApiToken.id == token_id).values(last_used_on=local_date(now)))
    session.commit()
