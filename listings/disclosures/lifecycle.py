"""The way of a disclosure through its unit, and the clock that runs until the unit has decided."""

from typing import Any

from listings.disclosures.models import (
    CLOSED,
    DECISION,
    DRAFT,
    EDITABLE,
    EVALUATION,
    FORMAL_CHECK,
    OWNERSHIP_REVIEW,
    RETURNED,
    SECRECY_GATE,
    SUBMITTED,
    WAITING,
)
from listings.disclosures.policy import CHECK, CLEAR, DECIDE, EDIT
from listings.disclosures.terms import REPLY
from marketplace.core.lifecycle import Deadline, Lifecycle, Transition
from marketplace.core.policy import Permission


def _submitted(row: Any) -> Any:
    return row.submitted_at


def _replied(row: Any) -> bool:
    return row.replied_at is not None


def _step(name: str, source: str, target: str, needed: Permission) -> Transition:
    return Transition(name, frozenset({source}), target, needed)


DISCLOSURE = Lifecycle(
    noun="disclosure",
    states=(
        *(DRAFT, SUBMITTED, FORMAL_CHECK, RETURNED, OWNERSHIP_REVIEW),
        *(SECRECY_GATE, EVALUATION, DECISION, CLOSED),
    ),
    initial=DRAFT,
    final=frozenset({CLOSED}),
    transitions=(
        Transition("submit", EDITABLE, SUBMITTED, EDIT),
        _step("take_up", SUBMITTED, FORMAL_CHECK, CHECK),
        _step("return", FORMAL_CHECK, RETURNED, CHECK),
        _step("accept", FORMAL_CHECK, OWNERSHIP_REVIEW, CHECK),
        _step("find_service", OWNERSHIP_REVIEW, SECRECY_GATE, CHECK),
        _step("find_not_service", OWNERSHIP_REVIEW, CLOSED, CHECK),
        _step("clear", SECRECY_GATE, EVALUATION, CLEAR),
        _step("block", SECRECY_GATE, CLOSED, CLEAR),
        _step("evaluate", EVALUATION, DECISION, CHECK),
        _step("decide", DECISION, CLOSED, DECIDE),
        _step("defer", DECISION, DECISION, DECIDE),  # decided, and to be decided anew on the day of review
        _step("keep", CLOSED, CLOSED, DECIDE),  # looked at again on the day of review, and left as it is
    ),
    deadlines=(Deadline("lapse", WAITING, None, REPLY, _submitted, unless=_replied, stamps="overdue_at"),),
    events={
        "submit": "submitted",
        "take_up": "taken_up",
        "return": "returned",
        "accept": "accepted",
        "find_service": "found_service",
        "find_not_service": "found_not_service",
        "clear": "cleared",
        "block": "blocked",
        "evaluate": "evaluated",
        "decide": "decided",
        "defer": "deferred",
        "keep": "kept",
        "lapse": "reply_overdue",
    },
)
