"""Files kept by what they contain: the SHA-256 of the bytes is the name, so a kept file can neither change nor exist twice.

Layout below the root: `aa/bb/<64 hex digits>` for kept files, `incoming/` for files still arriving.
A crash at any moment leaves either the whole file or none: bytes reach the disk before the name appears.
"""

import hashlib
import io
import os
import re
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol

CHUNK = 1024 * 1024
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Readable(Protocol):
    """Anything that gives bytes a piece at a time: an open file, an upload, a socket."""

    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True)
class FileRef:
    """A kept file: `digest` is its SHA-256 in 64 lower-case hex digits, `size` is in bytes."""

    digest: str
    size: int


class FileStore:
    """Kept files below one directory. Safe to use from several processes at once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._incoming = root / "incoming"

    def put(self, content: bytes | Readable) -> FileRef:
        """Keep the content and name it. Keeping the same content again costs a read and changes nothing."""
        source = io.BytesIO(content) if isinstance(content, bytes) else content
        self._incoming.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=self._incoming)
        arriving = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as target:
                ref = _copy(source, target)
            if not self._holds(ref):
                self._publish(arriving, ref)
        finally:
            arriving.unlink(missing_ok=True)
        return ref

    def path(self, digest: str) -> Path:
        """Where the file with this digest is, whether or not it is kept. ValueError for anything but a digest."""
        if not _DIGEST.fullmatch(digest):
            raise ValueError("a digest is 64 lower-case hex digits")
        return self._root / digest[:2] / digest[2:4] / digest

    def exists(self, digest: str) -> bool:
        return self.path(digest).is_file()

    def open(self, digest: str) -> BinaryIO:
        """The kept file, opened for reading. FileNotFoundError if it is not kept."""
        return self.path(digest).open("rb")

    def remove(self, digest: str) -> None:
        """Erase the kept file, if it is there. Whoever asks has made sure that nothing names it any more."""
        self.path(digest).unlink(missing_ok=True)

    def sweep(self, before: datetime) -> int:
        """Remove what crashes left in `incoming/` earlier than the given moment; how many files that were."""
        abandoned = [
            entry
            for entry in (self._incoming.iterdir() if self._incoming.is_dir() else ())
            if entry.stat().st_mtime < before.timestamp()
        ]
        for entry in abandoned:
            entry.unlink(missing_ok=True)
        return len(abandoned)

    def _holds(self, ref: FileRef) -> bool:
        # The size is compared so that a file cut short by a failing disk is written again, not trusted.
        target = self.path(ref.digest)
        return target.is_file() and target.stat().st_size == ref.size

    def _publish(self, arriving: Path, ref: FileRef) -> None:
        target = self.path(ref.digest)
        target.parent.mkdir(parents=True, exist_ok=True)
        arriving.chmod(0o440)
        arriving.replace(target)
        for directory in (target.parent, target.parent.parent, self._root):
            _flush_directory(directory)


def _copy(source: Readable, target: BinaryIO) -> FileRef:
    digest = hashlib.sha256()
    size = 0
    while piece := source.read(CHUNK):
        digest.update(piece)
        size += len(piece)
        target.write(piece)
    target.flush()
    os.fsync(target.fileno())
    return FileRef(digest.hexdigest(), size)


def _flush_directory(directory: Path) -> None:
    """Put the directory's entries on the disk: without it a power cut may forget the new name."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
