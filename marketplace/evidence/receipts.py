"""Receipts: what somebody handed in, when, and where it stands in the log, signed with a key of its own."""

from collections.abc import Sequence
from pathlib import Path

from marketplace.evidence.keys import load_log_key


def sign_receipt(data_dir: Path, origin: str, lines: Sequence[str]) -> str:
    """Return the signed note of a receipt."""
    return load_log_key(data_dir, origin).sign("\n".join(["receipt/v1", *lines]) + "\n")
