"""The keys that sign checkpoints and receipts: each a file of its own, apart from the database and from the other."""

import contextlib
import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from nacl.signing import SigningKey

from marketplace.evidence.notes import (
    NoteError,
    VerifierKey,
    decode,
    encode,
    is_key_name,
    sign_note,
    verifier_key,
)


class LogKeyError(Exception):
    """The key file or the log's name cannot be used; the sentence says what to do."""


@dataclass(frozen=True)
class LogKey:
    """A name and its signing key: the log's, or that of its receipts."""

    origin: str
    signing: SigningKey

    @property
    def verifier(self) -> VerifierKey:
        """What others need to check the log's checkpoints."""
        return verifier_key(self.origin, self.signing)

    def sign(self, text: str) -> str:
        """Return the signed note of `text`."""
        return sign_note(self.origin, self.signing, text)


def origin_name(setting: str) -> str:
    """Return the name of the log: an address without scheme, such as `log.market.example/2026`.

    A new name starts a new log, so the setting changes only when the key is rotated. Raises LogKeyError.
    """
    name = setting.strip().removeprefix("https://").removeprefix("http://").rstrip("/")
    if not is_key_name(name):
        raise LogKeyError(f"{setting!r} cannot name a log: give an address such as log.market.example/2026")
    return name


def key_path(data_dir: Path) -> Path:
    """Where the log's key is kept."""
    return data_dir / "keys" / "log.ed25519"


def load_log_key(data_dir: Path, setting: str) -> LogKey:
    """Read the log's key, or make it at first use. Raises LogKeyError when others may read the file."""
    return LogKey(origin_name(setting), load_key(key_path(data_dir)))


def load_key(path: Path) -> SigningKey:
    """Read a signing key from its own file, or make it at first use. Raises LogKeyError as above."""
    if not path.exists():
        _create(path)
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise LogKeyError(f"{path} can be read by others: chmod 600 {path}")
    try:
        return SigningKey(decode(path.read_text(encoding="ascii").strip()))
    except (NoteError, UnicodeDecodeError, ValueError, TypeError) as error:
        raise LogKeyError(f"{path} does not hold an Ed25519 key") from error


def _create(path: Path) -> None:
    """Make the key whole or not at all: of two processes that start together, the second takes the first one's."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent)  # created with mode 0600
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(encode(bytes(SigningKey.generate())) + "\n")
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        Path(draft).unlink()
