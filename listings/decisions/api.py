"""Decisions for programs: reading only, without the minutes."""

from dataclasses import dataclass
from datetime import datetime

from listings.decisions.policy import READ
from listings.decisions.queries import decision_of
from listings.decisions.record import DecisionRecord, from_json
from marketplace.web.context import current
from marketplace.web.operations import Operations

api = Operations("decisions")


@dataclass(frozen=True)
class DecisionOut:
    """A decision. `digest` is that of the canonical JSON of `record`."""

    id: str
    subject_kind: str
    subject: str
    holder_id: str
    zone_id: str
    digest: str
    recorded_at: datetime
    record: DecisionRecord


@api.add("GET", "/decisions/<decision_id>", READ, "One collective decision", returns=DecisionOut)
def get_decision(decision_id: str) -> DecisionOut:
    found = decision_of(current(), decision_id)
    return DecisionOut(
        id=found.id,
        subject_kind=found.subject_kind,
        subject=found.subject,
        holder_id=found.holder_id,
        zone_id=found.zone_id,
        digest=found.digest,
        recorded_at=found.recorded_at,
        record=from_json(found.record),
    )
