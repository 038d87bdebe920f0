"""A deed: one way to use a route that may change something, and what it leaves behind when it is carried out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.house.deeds.market import Market


@dataclass(frozen=True)
class Upload:
    """A file beside the fields of a form."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Call:
    """What is sent, and by whom: a part of the cast, or nobody in particular.

    `at` fills in the address, `fields` are those of the form or of the JSON body. `session` names a log-in that the
    browser's session shall be. `text` is a body of a program's own, instead of fields.
    """

    by: str = ""
    at: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, Any] = field(default_factory=dict)
    session: str = ""
    text: str = ""


@dataclass(frozen=True)
class Trace:
    """Entries appended to the journal, in order, and tables changed besides; None: those that the entries are about.

    `because` says why the one comes without the other.
    """

    entries: tuple[str, ...] = ()
    tables: frozenset[str] | None = None
    because: str = ""


def fact(*entries: str) -> Trace:
    """Something has become true, and the journal says what."""
    return Trace(entries)


def said(*entries: str, because: str) -> Trace:
    """The entry is all there is: that it was asked for is the fact."""
    return Trace(entries, frozenset(), because)


def unsaid(*tables: str, because: str) -> Trace:
    """These tables change, exactly these, and the journal does not speak of it."""
    return Trace((), frozenset(tables), because)


def nothing(*, because: str) -> Trace:
    """Neither an entry nor a change."""
    return Trace((), frozenset(), because)


@dataclass(frozen=True)
class Deed:
    """How a route is used. `call` lays down what is needed first and gives what is to be sent.

    `how` tells a route's further deeds from its first one, which is the one that is also refused: to nobody in
    particular, to a `stranger` (None where every account may), for things that do not exist, and with a `mistake` in
    the fields. `status` is the answer where it is an unusual one.
    """

    endpoint: str
    call: Callable[[Market], Call]
    leaves: Trace
    how: str = ""
    mistake: Mapping[str, Any] | None = None
    stranger: str | None = "other_tto_officer"
    status: int | None = None

    def __str__(self) -> str:
        return f"{self.endpoint}: {self.how}" if self.how else self.endpoint
