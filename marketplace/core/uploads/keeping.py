"""Keeping an uploaded file: through the guards, then under its digest."""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from marketplace.core.files import FileRef
from marketplace.core.runtime import runtime
from marketplace.core.uploads.gate import DEFAULT_LIMITS, check, picture
from marketplace.core.uploads.kinds import IMAGES, MEDIA_TYPES, kind_of
from marketplace.core.uploads.limits import Limits


@dataclass(frozen=True)
class Kept:
    """A file that passed the guards: digest in hex, size in bytes; `thumbnail` is a picture's, by its digest."""

    digest: str
    name: str
    media: str
    size: int
    image: bool
    thumbnail: str = ""


def keep_upload(name: str, stream: IO[bytes]) -> Kept:
    """Check an uploaded file and keep it, a picture written anew so that it can be shown in place.

    Slow: call it before the write lock is taken. Raises UploadRefused.
    """
    with tempfile.TemporaryDirectory() as folder:
        arrived = _arrived(stream, folder)
        if kind_of(name) not in IMAGES:
            return _unchanged(name, arrived)
        written = picture(name, arrived, Path(folder), _limits())
        image, small = _put(written.image), _put(written.thumbnail)
        return Kept(image.digest, name, MEDIA_TYPES[written.kind], image.size, True, small.digest)


def keep_unchanged(name: str, stream: IO[bytes]) -> Kept:
    """Check an uploaded file and keep it as it came, so that its digest is that of the sender's own file: evidence.

    It is for saving, never for showing in place. Slow, as above. Raises UploadRefused.
    """
    with tempfile.TemporaryDirectory() as folder:
        return _unchanged(name, _arrived(stream, folder))


def _arrived(stream: IO[bytes], folder: str) -> Path:
    arrived = Path(folder) / "upload"
    with arrived.open("wb") as target:
        shutil.copyfileobj(stream, target)
    return arrived


def _unchanged(name: str, arrived: Path) -> Kept:
    found = check(name, arrived, _limits())
    ref = _put(arrived)
    return Kept(ref.digest, name, MEDIA_TYPES[found], ref.size, image=False)


def _limits() -> Limits:
    most = runtime().settings.upload_max_bytes
    return Limits(max_bytes=most, max_image_bytes=min(most, DEFAULT_LIMITS.max_image_bytes))


def _put(path: Path) -> FileRef:
    with path.open("rb") as content:
        return runtime().files.put(content)
