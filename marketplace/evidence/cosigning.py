"""The log asks its witnesses to sign each new checkpoint (C2SP tlog-witness), and keeps their lines in its note.

It runs beside the relay: a witness that is slow or down holds up neither writers nor sealing. One that failed is asked
again after a growing pause. A line is kept only when a witness of the site's policy has really signed it.
"""

import http.client
import logging
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from marketplace.core.context import SYSTEM
from marketplace.core.uow import reading, unit_of_work
from marketplace.evidence import verifier
from marketplace.evidence.checkpoints import TreeHead, tree_head_of
from marketplace.evidence.keys import load_log_key
from marketplace.evidence.notes import (
    NoteError,
    VerifierKey,
    encode,
    note_text,
    open_note,
    parse_decimal,
    signature_lines,
)
from marketplace.evidence.store import Checkpoint, latest_checkpoint, tree_of
from marketplace.evidence.trust import site_policy

log = logging.getLogger(__name__)

PATIENCE = 5  # seconds that a witness may take to answer
LONGEST_PAUSE = 300  # seconds until a witness that failed is asked again
LONGEST_ANSWER = 20_000  # bytes


class WitnessError(Exception):
    """A witness did not sign; the sentence says why."""


@dataclass
class _Witness:
    """What is known about the witness at an address: the size it signed last, and when to ask it again."""

    url: str
    size: int = 0
    asked: int = 0
    failures: int = 0
    again: datetime | None = None


@dataclass(frozen=True)
class Answer:
    """What came back over HTTP."""

    status: int
    body: str


@dataclass
class Cosigning:
    """Asks the witnesses at `urls` (submission prefixes of tlog-witness). It lives as long as the worker."""

    urls: Sequence[str]
    data_dir: Path
    origin: str
    _witnesses: list[_Witness] = field(init=False)

    def __post_init__(self) -> None:
        self._witnesses = [_Witness(url.rstrip("/")) for url in self.urls]

    def round(self) -> int:
        """Ask every witness that is due about the newest checkpoint. Returns the number of lines kept."""
        ctx = reading(SYSTEM)
        newest = latest_checkpoint(ctx.session)
        size, note = (newest.size, newest.note) if newest else (0, "")
        ctx.session.rollback()  # nothing is held while the network is slow
        due = [one for one in self._witnesses if one.asked < size and (not one.again or one.again <= ctx.now)]
        return sum(self._ask(one, note, ctx.now) for one in due)

    def _ask(self, witness: _Witness, note: str, now: datetime) -> int:
        size = tree_head_of(note).size
        try:
            kept = self._keep(size, self._cosigned(witness, note))
        except (WitnessError, NoteError, OSError, http.client.HTTPException) as error:
            witness.failures += 1
            witness.again = now + timedelta(seconds=min(2**witness.failures, LONGEST_PAUSE))
            log.warning("the witness at %s has not signed checkpoint %s: %s", witness.url, size, error)
            return 0
        witness.size = witness.asked = size
        witness.failures, witness.again = 0, None
        return kept

    def _cosigned(self, witness: _Witness, note: str) -> str:
        """Return the lines that the witness answers with. Raises WitnessError."""
        head = tree_head_of(note)
        answer = _post(witness.url, self._request(witness.size, head, note))
        if answer.status == 409:  # it has another size than we thought: we were started again, or it was
            witness.size = parse_decimal(answer.body.strip())
            answer = _post(witness.url, self._request(witness.size, head, note))
        if answer.status != 200:
            raise WitnessError(f"{answer.status} {answer.body.strip()}")
        return answer.body

    def _request(self, old: int, head: TreeHead, note: str) -> bytes:
        if old > head.size:
            raise WitnessError(f"it has signed a log of {old}: this log was put back to {head.size}")
        session = reading(SYSTEM).session
        proof = tree_of(session).consistency(old, head.size) if 0 < old < head.size else []
        session.rollback()
        return "".join([f"old {old}\n", *(f"{encode(part)}\n" for part in proof), "\n", note]).encode()

    def _keep(self, size: int, lines: str) -> int:
        """Put the lines of witnesses that had not signed yet into the checkpoint's note. Raises NoteError."""
        known = self._keys()
        with unit_of_work(SYSTEM) as ctx:
            checkpoint = ctx.session.get_one(Checkpoint, size)
            answer = f"{note_text(checkpoint.note)}\n{lines}"
            had, given = signature_lines(checkpoint.note), signature_lines(answer)
            signed = [(key.name, key.id) for key in open_note(answer, known).signatures]
            kept = [given[signer] for signer in signed if signer not in had]
            checkpoint.note += "".join(kept)
        return len(kept)

    def _keys(self) -> list[VerifierKey]:
        try:
            policy = verifier.Policy(site_policy(self.data_dir, load_log_key(self.data_dir, self.origin)))
        except verifier.ClaimError as error:
            raise WitnessError(f"the policy cannot be used: {error}") from error
        return [VerifierKey(key.name, key.algorithm, key.public) for key in policy.witnesses.values()]


def _post(url: str, body: bytes) -> Answer:
    request = urllib.request.Request(f"{url}/add-checkpoint", body, {"Content-Type": "text/plain"})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as response:  # noqa: S310 - checked in the settings
            return Answer(response.status, response.read(LONGEST_ANSWER).decode(errors="replace"))
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, error.read(LONGEST_ANSWER).decode(errors="replace"))
