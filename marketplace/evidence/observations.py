"""Observations of watchers: signed notes that say what a page of a notice showed, for those who take them in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from marketplace.evidence import verifier
from marketplace.evidence.notes import NoteError, VerifierKey, open_note

HEADER = verifier.OBSERVATION
CHANNELS = verifier.CHANNELS


@dataclass(frozen=True)
class Observation:
    """What a watcher found.

    `status` is the HTTP status, `-` when the page could not be reached; `digest` is the SHA-256 (hex) of the text
    without white space, `-` when it was not there; `head` is the chain head shown, `N COMMITMENT` or `-`.
    """

    watcher: str
    channel: str
    url: str
    at: datetime
    status: str
    digest: str
    head: str

    def saw(self, text: str) -> bool:
        """Was the page there, with this text?"""
        return self.status == "200" and self.digest == verifier.sha256(verifier.squeezed(text).encode())


def watchers_of(policy: str) -> list[VerifierKey]:
    """Return the watchers that a policy names. Raises NoteError for a policy that cannot be read."""
    try:
        named = verifier.Policy(policy).watchers
    except (verifier.ClaimError, ValueError, LookupError) as error:
        raise NoteError(f"the policy cannot be used: {error}") from error
    return [VerifierKey(key.name, key.algorithm, key.public) for key in named]


def open_observation(note: str, watchers: Iterable[VerifierKey]) -> Observation:
    """Read a note that one of the watchers signed. Raises NoteError."""
    opened = open_note(note, watchers)
    lines = opened.text.split("\n")
    if len(lines) != 8 or lines[0] != HEADER or lines[1] not in CHANNELS or lines[7]:
        raise NoteError("this is not an observation")
    try:
        at = verifier.instant(lines[3])
    except (verifier.ClaimError, ValueError) as error:
        raise NoteError(f"{lines[3]!r} is not a time") from error
    watcher = min(key.name for key in opened.signatures)
    return Observation(watcher, lines[1], lines[2], at, lines[4], lines[5], lines[6])
