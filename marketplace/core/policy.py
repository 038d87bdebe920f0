"""Who may do what: a permission carries its rule, and one declaration answers three ways.

A rule is a list of grants; one that holds is enough. A grant names an audience and, optionally, states of the
subject in which it holds. From that one declaration come `allows` (a check), `clause` (SQL for lists) and `tokens`
(for the search index), so that nothing confidential leaks through a list, a count or a suggestion.
Whether the *moment* is right is a guard of the lifecycle, not of the policy.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy import ColumnElement, and_, false, or_, true

from marketplace.core.context import Actor, Context
from marketplace.core.errors import Forbidden, NotFound, SignInRequired


class Audience(Protocol):
    """A set of actors, relative to a subject."""

    def possible(self, actor: Actor) -> bool:
        """Could this actor be in the audience of some subject?"""

    def includes(self, actor: Actor, subject: Any) -> bool: ...

    def clause(self, actor: Actor, model: Any) -> ColumnElement[bool]: ...

    def tokens(self, subject: Any) -> frozenset[str]: ...

    def words(self) -> str:
        """For the permission table in the documentation."""


@dataclass(frozen=True)
class Anyone:
    """Everybody, signed in or not."""

    def possible(self, actor: Actor) -> bool:  # noqa: ARG002
        return True

    def includes(self, actor: Actor, subject: Any) -> bool:  # noqa: ARG002
        return True

    def clause(self, actor: Actor, model: Any) -> ColumnElement[bool]:  # noqa: ARG002
        return true()

    def tokens(self, subject: Any) -> frozenset[str]:  # noqa: ARG002
        return frozenset({"public"})

    def words(self) -> str:
        return "anyone"


@dataclass(frozen=True)
class SignedIn:
    """Everybody with an account."""

    def possible(self, actor: Actor) -> bool:
        return actor.signed_in

    def includes(self, actor: Actor, subject: Any) -> bool:  # noqa: ARG002
        return actor.signed_in

    def clause(self, actor: Actor, model: Any) -> ColumnElement[bool]:  # noqa: ARG002
        return true() if actor.signed_in else false()

    def tokens(self, subject: Any) -> frozenset[str]:  # noqa: ARG002
        return frozenset({"signed-in"})

    def words(self) -> str:
        return "signed in"


@dataclass(frozen=True)
class Acting:
    """Somebody acting for an organisation of certain kinds in certain roles; needs no subject."""

    kinds: frozenset[str]
    roles: frozenset[str]
    verified: bool = False

    def possible(self, actor: Actor) -> bool:
        return (
            actor.org_kind in self.kinds
            and bool(actor.roles & self.roles)
            and (actor.org_verified or not self.verified)
        )

    def includes(self, actor: Actor, subject: Any) -> bool:  # noqa: ARG002
        return self.possible(actor)

    def clause(self, actor: Actor, model: Any) -> ColumnElement[bool]:  # noqa: ARG002
        return true() if self.possible(actor) else false()

    def tokens(self, subject: Any) -> frozenset[str]:  # noqa: ARG002
        return frozenset()

    def words(self) -> str:
        verified = "verified " if self.verified else ""
        return f"{verified}{'/'.join(sorted(self.kinds))} as {', '.join(sorted(self.roles))}"


@dataclass(frozen=True)
class Verified:
    """Somebody acting for an organisation that the zone has verified."""

    def possible(self, actor: Actor) -> bool:
        return actor.org_verified

    def includes(self, actor: Actor, subject: Any) -> bool:  # noqa: ARG002
        return actor.org_verified

    def clause(self, actor: Actor, model: Any) -> ColumnElement[bool]:  # noqa: ARG002
        return true() if actor.org_verified else false()

    def tokens(self, subject: Any) -> frozenset[str]:  # noqa: ARG002
        return frozenset({"verified"})

    def words(self) -> str:
        return "verified organisation"


@dataclass(frozen=True)
class _Attached:
    """Audiences tied to a column of the subject."""

    column: str
    roles: frozenset[str]


@dataclass(frozen=True)
class Members(_Attached):
    """Somebody acting for the organisation named in `column`, in one of `roles`."""

    def possible(self, actor: Actor) -> bool:
        return actor.org_id is not None and bool(actor.roles & self.roles)

    def includes(self, actor: Actor, subject: Any) -> bool:
        return self.possible(actor) and getattr(subject, self.column) == actor.org_id

    def clause(self, actor: Actor, model: Any) -> ColumnElement[bool]:
        column: ColumnElement[bool] = getattr(model, self.column) == actor.org_id
        return column if self.possible(actor) else false()

    def tokens(self, subject: Any) -> frozenset[str]:
        return frozenset(f"org:{getattr(subject, self.column)}:{role}" for role in self.roles)

    def words(self) -> str:
        return f"{self.column.removesuffix('_id')}'s {', '.join(sorted(self.roles))}"


@dataclass(frozen=True)
class ZoneStaff(_Attached):
    """Somebody acting for the authority of the zone named in `column`, in one of `roles`."""

    def possible(self, actor: Actor) -> bool:
        return actor.zone_id is not None and bool(actor.roles & self.roles)

    def includes(self, actor: Actor, subject: Any) -> bool:
        return self.possible(actor) and getattr(subject, self.column) == actor.zone_id

    def clause(self, actor: Actor, model: Any) -> ColumnElement[bool]:
        column: ColumnElement[bool] = getattr(model, self.column) == actor.zone_id
        return column if self.possible(actor) else false()

    def tokens(self, subject: Any) -> frozenset[str]:
        return frozenset(f"zone:{getattr(subject, self.column)}:{role}" for role in self.roles)

    def words(self) -> str:
        return f"{self.column.removesuffix('_id')} authority's {', '.join(sorted(self.roles))}"


@dataclass(frozen=True)
class Self:
    """The person named in `column`."""

    column: str

    def possible(self, actor: Actor) -> bool:
        return actor.signed_in

    def includes(self, actor: Actor, subject: Any) -> bool:
        return actor.signed_in and getattr(subject, self.column) == actor.user_id

    def clause(self, actor: Actor, model: Any) -> ColumnElement[bool]:
        column: ColumnElement[bool] = getattr(model, self.column) == actor.user_id
        return column if actor.signed_in else false()

    def tokens(self, subject: Any) -> frozenset[str]:
        return frozenset({f"user:{getattr(subject, self.column)}"})

    def words(self) -> str:
        return f"the {self.column.removesuffix('_id')}"


@dataclass(frozen=True)
class Grant:
    """`audience` may, while each column in `when` has one of the values given for it."""

    audience: Audience
    when: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def includes(self, actor: Actor, subject: Any) -> bool:
        return self.holds(subject) and self.audience.includes(actor, subject)

    def holds(self, subject: Any) -> bool:
        return all(getattr(subject, column) in values for column, values in self.when.items())

    def clause(self, actor: Actor, model: Any) -> ColumnElement[bool]:
        states = (getattr(model, column).in_(sorted(values)) for column, values in self.when.items())
        return and_(self.audience.clause(actor, model), *states)

    def words(self) -> str:
        states = "; ".join(f"{column} {'/'.join(sorted(values))}" for column, values in self.when.items())
        return self.audience.words() + (f" (while {states})" if states else "")


@dataclass(frozen=True, eq=False)
class Permission:
    """A named act (`noun.verb`) with the rule that says who may do it.

    `scope` is what an API token must hold for it; a permission without a scope is closed to tokens.
    """

    name: str
    grants: tuple[Grant, ...]
    scope: str | None = None

    def possible(self, actor: Actor) -> bool:
        """Could the actor do this to some subject? Decides whether a route answers at all."""
        return self._in_scope(actor) and any(grant.audience.possible(actor) for grant in self.grants)

    def allows(self, actor: Actor, subject: Any = None) -> bool:
        return self._in_scope(actor) and any(grant.includes(actor, subject) for grant in self.grants)

    def clause(self, actor: Actor, model: Any) -> ColumnElement[bool]:
        """The subjects of `model` that the actor may do this to, as a WHERE clause."""
        if not self._in_scope(actor):
            return false()
        return or_(false(), *(grant.clause(actor, model) for grant in self.grants))

    def tokens(self, subject: Any) -> frozenset[str]:
        """An actor who holds one of these may do this to `subject`."""
        return frozenset().union(
            *(grant.audience.tokens(subject) for grant in self.grants if grant.holds(subject))
        )

    def words(self) -> list[str]:
        return [grant.words() for grant in self.grants]

    def _in_scope(self, actor: Actor) -> bool:
        return actor.scopes is None or (self.scope is not None and self.scope in actor.scopes)


def permission(name: str, *grants: Grant | Audience, scope: str | None = None) -> Permission:
    """Declare a permission; a bare audience is a grant without conditions."""
    return Permission(name, tuple(g if isinstance(g, Grant) else Grant(g) for g in grants), scope)


def require(ctx: Context, needed: Permission, subject: Any, *, see: Permission | None = None) -> None:
    """Raise unless the actor may. With `see`, a subject the actor may not even see is NotFound, not Forbidden."""
    if needed.allows(ctx.actor, subject):
        return
    if see is not None and not see.allows(ctx.actor, subject):
        raise NotFound
    if not ctx.actor.signed_in:
        raise SignInRequired
    raise Forbidden(needed.name)


#: For pages that are open to everybody.
OPEN = permission("site.read", Anyone(), scope="read")
#: For pages about the person's own account.
ACCOUNT = permission("account.use", SignedIn())
