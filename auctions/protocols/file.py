"""The shape of a public protocol, `trade-protocol/1`: everything the result follows from, and nobody's name but the buyer's.

Instants are UTC, money is integer fen. `document` is the announced text and terms, of which `digest` is the SHA-256 of
the canonical JSON (RFC 8785).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from pydantic import ConfigDict, TypeAdapter, with_config

from marketplace.core.db import JSONObject

VERSION: Literal["trade-protocol/1"] = "trade-protocol/1"
STRICT = ConfigDict(extra="forbid")


@with_config(STRICT)
@dataclass(frozen=True)
class SpellLine:
    """A stretch in which a period ran; `promised` is the end that was published for it."""

    started: datetime
    stopped: datetime | None
    extended: int
    promised: datetime | None


@with_config(STRICT)
@dataclass(frozen=True)
class RunLine:
    """One running of a period."""

    period: str
    spells: tuple[SpellLine, ...]


@with_config(STRICT)
@dataclass(frozen=True)
class BidderLine:
    """An intent by its code. `state` is pending, eligible or out, `outcome` the finer word, `reason` the published
    condition or ground of a rejection."""

    code: str
    position: int
    registered_at: datetime
    qualified_at: datetime | None
    state: str
    outcome: str
    settled_at: datetime | None
    reason: str


@with_config(STRICT)
@dataclass(frozen=True)
class HolderLine:
    """A holder of the right of first refusal by code."""

    code: str
    kind: str
    rank: int
    notified_at: datetime | None
    answer: str
    answered_at: datetime | None


@with_config(STRICT)
@dataclass(frozen=True)
class OfferLine:
    """An offer that was taken. `salt` and `amount_fen` are missing where it was never opened."""

    position: int
    code: str
    stage: str
    at: datetime
    commitment: str
    salt: str | None
    amount_fen: int | None


@with_config(STRICT)
@dataclass(frozen=True)
class RefusedLine:
    """An offer that was not taken, and why."""

    code: str
    at: datetime
    reason: str


@with_config(STRICT)
@dataclass(frozen=True)
class MoveLine:
    """A move, by a person or by the clock, and the state after it."""

    move: str
    by: Literal["person", "clock"]
    at: datetime
    state: str


@with_config(STRICT)
@dataclass(frozen=True)
class ResultLine:
    """Who buys at what price, and by which rule; `offer` is the position of the offer that decided."""

    buyer: str
    price_fen: int
    how: str
    offer: int | None


@with_config(STRICT)
@dataclass(frozen=True)
class ConfirmationLine:
    """The deal confirmation. `buyer_name` only where the buyer is an organisation."""

    number: str
    at: datetime
    buyer: str
    buyer_name: str
    price_fen: int


@with_config(STRICT)
@dataclass(frozen=True)
class CalendarLine:
    """The calendar that the periods were counted by: its edition, and every published year of it."""

    edition: str
    years: tuple[dict[str, Any], ...]


@with_config(STRICT)
@dataclass(frozen=True)
class Protocol:
    """The whole file. `as_of` is when it was written."""

    v: Literal["trade-protocol/1"]
    trade: str
    number: str
    kind: str
    rules: str
    document: dict[str, Any]
    digest: str
    as_of: datetime
    state: str
    suspended_at: datetime | None
    calendar: CalendarLine
    runs: tuple[RunLine, ...]
    bidders: tuple[BidderLine, ...]
    holders: tuple[HolderLine, ...]
    offers: tuple[OfferLine, ...]
    refused: tuple[RefusedLine, ...]
    moves: tuple[MoveLine, ...]
    result: ResultLine | None
    confirmation: ConfirmationLine | None


_ADAPTER = TypeAdapter(Protocol)


def protocol_json(protocol: Protocol) -> JSONObject:
    """As it is frozen, hashed and published."""
    dumped: JSONObject = _ADAPTER.dump_python(protocol, mode="json")
    return dumped


def protocol_from(given: object) -> Protocol:
    """The protocol that was read. Raises pydantic.ValidationError for what is none."""
    return _ADAPTER.validate_python(given)
