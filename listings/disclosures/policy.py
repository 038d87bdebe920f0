"""Who may do what with disclosures. A disclosure is the business of its unit: the zone has no right to any of them."""

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
)
from listings.involved import UNIT_KINDS, Author, NamedCompleter
from marketplace.core.policy import Acting, Audience, Grant, Members, permission

OFFICERS = frozenset({"tto_officer", "unit_admin", "secrecy_officer"})
DISCLOSERS = OFFICERS | {"inventor"}
WRITE = "disclosures:write"
#: What officers may see: handed in once, or back for changes.
HANDED_IN = WAITING | {RETURNED, CLOSED}
#: Decisions after which the achievement is offered.
OFFERED = frozenset({"transform_now", "grant_rights"})


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
