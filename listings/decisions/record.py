"""What is recorded of a collective decision."""

from dataclasses import dataclass
from datetime import date

from pydantic import TypeAdapter

from marketplace.core.db import JSONObject

APPROVED, REJECTED = RESULTS = ("approved", "rejected")


@dataclass(frozen=True)
class Recusal:
    """A member who took no part (回避), and why. Names stay in the record; they never reach the journal."""

    name: str
    reason: str = ""


@dataclass(frozen=True)
class Minutes:
    """The minutes by the digest of the file, which is kept as it was uploaded; `size` in bytes."""

    digest: str
    name: str
    media: str
    size: int


@dataclass(frozen=True)
class DecisionRecord:
    """One decision of one body. Counts are of people.

    `members` belong to the body, `present` of them came, those in `recusals` among the present took no part, so that
    the three votes add up to the rest. `quorum` is what the body needs to decide at all. `result` is one of `RESULTS`.
    """

    body: str = ""
    held_on: date | None = None
    agenda_item: str = ""
    members: int | None = None
    present: int | None = None
    quorum: int | None = None
    recusals: tuple[Recusal, ...] = ()
    votes_for: int | None = None
    votes_against: int | None = None
    votes_abstain: int | None = None
    result: str = ""
    resolution: str = ""
    minutes: Minutes | None = None


_ADAPTER = TypeAdapter(DecisionRecord)


def to_json(record: DecisionRecord) -> JSONObject:
    """As stored and hashed."""
    dumped: JSONObject = _ADAPTER.dump_python(record, mode="json")
    return dumped


def from_json(stored: JSONObject) -> DecisionRecord:
    """The record of a stored decision. Raises pydantic.ValidationError for a shape it never had."""
    return _ADAPTER.validate_python(stored)
