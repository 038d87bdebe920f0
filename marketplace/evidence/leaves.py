"""What goes into the log: commitments; and what opens them: events with their salts."""

from dataclasses import dataclass
from typing import Self

import rfc8785

from marketplace.core.db import JSONObject
from marketplace.core.journal import Entry
from marketplace.evidence.notes import encode


@dataclass(frozen=True)
class OpenedEvent:
    """An event with the salt that opens its commitment; `index` is its leaf in the log."""

    index: int
    salt: bytes
    event: JSONObject

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """Return the entry as a verifier hashes it."""
        return cls(entry.position, entry.salt, entry.event)

    @property
    def opening(self) -> JSONObject:
        """The JSON whose canonical SHA-256 is the commitment."""
        return {"salt": encode(self.salt), "event": self.event}


def leaf_data(commitment: str) -> bytes:
    """Return the bytes of a leaf for a commitment in hex."""
    return rfc8785.dumps({"v": "ev1", "c": commitment})
