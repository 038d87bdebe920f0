"""Receipts of objections: a signed note that the objector keeps, so that the objection cannot be left out later.

Its text has seven lines: `receipt/v1`, the objection's number, the subject, the time, the place in the log (decimal),
the commitment and the digest of what was filed (both hex). The key is not the log's: who can sign receipts cannot sign
checkpoints.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from marketplace.evidence.keys import LogKey, load_key, origin_name
from marketplace.evidence.notes import NoteError, VerifierKey, open_note, parse_decimal

HEADER = "receipt/v1"
_LINES = 7


@dataclass(frozen=True)
class Receipt:
    """What a receipt says. `position` is the leaf index of the objection's entry in the log, counted from 0."""

    number: str
    subject: str
    at: datetime
    position: int
    commitment: str
    digest: str

    @property
    def lines(self) -> list[str]:
        """The lines of the note's text."""
        where = [str(self.position), self.commitment, self.digest]
        return [HEADER, self.number, self.subject, self.at.isoformat(), *where]


def receipt_key_path(data_dir: Path) -> Path:
    """Where the key of receipts is kept."""
    return data_dir / "keys" / "receipt.key"


def load_receipt_key(data_dir: Path, origin: str) -> LogKey:
    """Read the key of receipts, or make it at first use; its name is the log's with `/receipt`. Raises LogKeyError."""
    return LogKey(f"{origin_name(origin)}/receipt", load_key(receipt_key_path(data_dir)))


def sign_receipt(data_dir: Path, origin: str, lines: Sequence[str]) -> str:
    """Return the signed note of a receipt's lines (`Receipt.lines`). Raises NoteError for other lines, LogKeyError."""
    if len(lines) != _LINES or lines[0] != HEADER or any("\n" in line or not line for line in lines):
        raise NoteError(f"a receipt has {_LINES} lines, the first {HEADER}")
    return load_receipt_key(data_dir, origin).sign("".join(f"{line}\n" for line in lines))


def open_receipt(note: str, key: VerifierKey) -> Receipt:
    """Read a receipt that this key signed. Raises NoteError."""
    lines = open_note(note, [key]).text.split("\n")
    if len(lines) != _LINES + 1 or lines[0] != HEADER or lines[-1]:
        raise NoteError("this is not a receipt")
    try:
        at = datetime.fromisoformat(lines[3])
    except ValueError as error:
        raise NoteError(f"{lines[3]!r} is not a time") from error
    return Receipt(lines[1], lines[2], at, parse_decimal(lines[4]), lines[5], lines[6])
