"""The log and the feed of public facts, for programs that follow them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from flask import Response
from pydantic import Field

from marketplace.core.errors import NotFound
from marketplace.core.policy import OPEN
from marketplace.evidence.queries import leaves_between, log_proof
from marketplace.evidence.store import latest_checkpoint
from marketplace.site.transparency.queries import AT_ONCE, PublicFact, public_facts
from marketplace.web.context import current
from marketplace.web.operations import Operations

api = Operations("log")

Position = Annotated[int, Field(ge=0, le=2**53)]


@dataclass(frozen=True)
class Range:
    """Leaves from `start` up to, but without, `end`; at most 1000 of them."""

    start: Position = 0
    end: Position | None = None


@dataclass(frozen=True)
class Leaves:
    """Commitments in hex, one a leaf."""

    start: int
    entries: tuple[str, ...]


@dataclass(frozen=True)
class Since:
    """Where the reader is: the `next` of the last answer, -1 at the beginning."""

    after: Annotated[int, Field(ge=-1, le=2**53)] = -1


@dataclass(frozen=True)
class Fact:
    position: int
    kind: str
    subject: str
    at: datetime
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Facts:
    """`next` lies behind everything looked at, public or not: nothing before it will come later."""

    items: tuple[Fact, ...]
    next: int


@api.add("GET", "/log/checkpoint", OPEN, "The newest signed checkpoint", media="text/plain")
def log_checkpoint() -> Response:
    newest = latest_checkpoint(current().session)
    if newest is None:
        raise NotFound
    return Response(newest.note, mimetype="text/plain")


@api.add("GET", "/log/entries", OPEN, "Commitments of leaves, at most 1000", query=Range, returns=Leaves)
def log_entries(query: Range) -> Leaves:
    end = query.start + AT_ONCE if query.end is None else min(query.end, query.start + AT_ONCE)
    return Leaves(query.start, tuple(leaves_between(current().session, query.start, end)))


@api.add(
    "GET", "/log/proof/<int:index>", OPEN, "Inclusion proof of a leaf (tlog-proof@v1)", media="text/plain"
)
def log_inclusion(index: int) -> Response:
    return Response(log_proof(current().session, index), mimetype="text/plain")


@api.add("GET", "/changes", OPEN, "Gap-free feed of public facts, oldest first", query=Since, returns=Facts)
def changes(query: Since) -> Facts:
    found, position = public_facts(current(), query.after)
    return Facts(tuple(_fact(one) for one in found), position)


def _fact(found: PublicFact) -> Fact:
    entry = found.entry
    return Fact(entry.position, entry.kind, entry.subject, entry.at, found.data)
