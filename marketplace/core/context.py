"""Who acts, when, and on which session. Made once per request or job and passed on; never ambient."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from marketplace.core.calendar import Calendar


@dataclass(frozen=True)
class Actor:
    """A person (or the public, or the system) acting for one organisation.

    `zone_id` is the zone whose authority the acting organisation is; None for everybody else.
    `scopes` is None for a full session and the granted set for an API token.
    """

    user_id: str | None = None
    org_id: str | None = None
    org_kind: str | None = None
    org_verified: bool = False
    zone_id: str | None = None
    roles: frozenset[str] = frozenset()
    scopes: frozenset[str] | None = None
    system: bool = False

    @property
    def signed_in(self) -> bool:
        return self.user_id is not None

    @property
    def name(self) -> str:
        """The id that the journal keeps: the user's, `system` or `public`."""
        return self.user_id or ("system" if self.system else "public")

    @property
    def person(self) -> str:
        """The id of the person who acts. Raises ValueError for the system and the public."""
        if self.user_id is None:
            raise ValueError("only a person does this")
        return self.user_id

    @property
    def tokens(self) -> frozenset[str]:
        """What this actor may hold against the tokens of a search document (see `policy`)."""
        held = {"public"}
        if self.signed_in:
            held.add("signed-in")
            held.add(f"user:{self.user_id}")
        if self.org_verified:
            held.add("verified")
        held |= {f"org:{self.org_id}:{role}" for role in self.roles if self.org_id}
        held |= {f"zone:{self.zone_id}:{role}" for role in self.roles if self.zone_id}
        return frozenset(held)


ANONYMOUS = Actor()
SYSTEM = Actor(system=True)


@dataclass(frozen=True)
class Context:
    """Everything a command or query may depend on besides its input."""

    actor: Actor
    now: datetime
    session: Session
    calendar: Calendar
