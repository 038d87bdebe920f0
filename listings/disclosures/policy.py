"""Who may do what with disclosures. A disclosure is the business of its unit: the zone has no right to any of them."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, false

from listings.disclosures.models import (
    CLOSED,
    DECISION,
    EDITABLE,
    EVALUATION,
    FORMAL_CHECK,
    OWNERSHIP_REVIEW,
    RETURNED,
    SECRECY_GATE,
    SUBMITTED,
    WAITING,
    Disclosure,
    DisclosureCompleter,
)
from marketplace.core.context import Actor
from marketplace.core.policy import Acting, Audience, Grant, Members, permission

UNIT_KINDS = frozenset({"university"})
OFFICERS = frozenset({"tto_officer", "unit_admin", "secrecy_officer"})
DISCLOSERS = OFFICERS | {"inventor"}
WRITE = "disclosures:write"
#: What officers may see: handed in once, or back for changes.
HANDED_IN = WAITING | {RETURNED, CLOSED}
#: Decisions after which the achievement is offered.
OFFERED = frozenset({"transform_now", "grant_rights"})


@dataclass(frozen=True)
class _Involved:
    """Somebody acting for the unit of the disclosure, with a part in it."""

    def possible(self, actor: Actor) -> bool:
        return actor.signed_in and actor.org_kind in UNIT_KINDS

    def tokens(self, subject: Any) -> frozenset[str]:  # noqa: ARG002 - disclosures are in no index
        return frozenset()


@dataclass(frozen=True)
class Author(_Involved):
    """Who began it."""

    def includes(self, actor: Actor, subject: Any) -> bool:
        return (
            self.possible(actor) and subject.holder_id == actor.org_id and subject.created_by == actor.user_id
        )

    def clause(self, actor: Actor, model: Any) -> ColumnElement[bool]:
        if not self.possible(actor):
            return false()
        return and_(model.holder_id == actor.org_id, model.created_by == actor.user_id)

    def words(self) -> str:
        return "its author, acting for the holder"


@dataclass(frozen=True)
class NamedCompleter(_Involved):
    """Whom it names as a completer, if they act for the unit, in whatever role."""

    def includes(self, actor: Actor, subject: Any) -> bool:
        return (
            self.possible(actor)
            and subject.holder_id == actor.org_id
            and any(row.user_id == actor.user_id for row in subject.completers)
        )

    def clause(self, actor: Actor, model: Any) -> ColumnElement[bool]:
        if not self.possible(actor):
            return false()
        named = Disclosure.completers.any(DisclosureCompleter.user_id == actor.user_id)
        return and_(model.holder_id == actor.org_id, named)

    def words(self) -> str:
        return "its completers, acting for the holder"


def _officers(*roles: str) -> Audience:
    return Members("holder_id", frozenset(roles))


def _while(audience: Audience, *states: str) -> Grant:
    return Grant(audience, {"state": frozenset(states)})


READ = permission(
    "disclosure.read",
    Author(),
    NamedCompleter(),
    _while(Members("holder_id", OFFICERS), *HANDED_IN),
    scope="read",
)
CREATE = permission("disclosure.create", Acting(UNIT_KINDS, DISCLOSERS), scope=WRITE)
#: The moment, a draft or a returned one, is the commands' business.
EDIT = permission("disclosure.edit", Author(), NamedCompleter(), scope=WRITE)
CONFIRM = permission("disclosure.confirm", NamedCompleter(), scope=WRITE)
#: The confidential description. Opening it is an act that the journal keeps.
READ_CONFIDENTIAL = permission(
    "disclosure.read_confidential",
    _while(Author(), *EDITABLE),
    NamedCompleter(),
    _while(Members("holder_id", OFFICERS), *HANDED_IN),
)
CHECK = permission("disclosure.check", _officers("tto_officer"), scope=WRITE)
CLEAR = permission("disclosure.clear", _officers("secrecy_officer"), scope=WRITE)
DECIDE = permission("disclosure.decide", _officers("unit_admin"), scope=WRITE)
#: The step that is due, for whoever takes it.
REVIEW = permission(
    "disclosure.review",
    _while(_officers("tto_officer"), SUBMITTED, FORMAL_CHECK, OWNERSHIP_REVIEW, EVALUATION),
    _while(_officers("secrecy_officer"), SECRECY_GATE),
    _while(_officers("unit_admin"), DECISION, CLOSED),
    scope=WRITE,
)
CONVERT = permission(
    "disclosure.convert",
    Grant(NamedCompleter(), {"outcome": OFFERED}),
    Grant(_officers("tto_officer", "unit_admin"), {"outcome": OFFERED}),
)
