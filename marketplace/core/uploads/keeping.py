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
    """Check an uploaded file and keep it. Slow: call it before the write lock is taken. Raises UploadRefused."""
    with tempfile.TemporaryDirectory() as folder:
        return _kept(name, stream, Path(folder))


def _kept(name: str, stream: IO[bytes], folder: Path) -> Kept:
    store, most = runtime().files, runtime().settings.upload_max_bytes
    limits = Limits(max_bytes=most, max_image_bytes=min(most, DEFAULT_LIMITS.max_image_bytes))
    arrived = folder / "upload"
    with arrived.open("wb") as target:
        shutil.copyfileobj(stream, target)
    if kind_of(name) in IMAGES:
        written = picture(name, arrived, folder, limits)
        image, small = _put(written.image), _put(written.thumbnail)
        return Kept(image.digest, name, MEDIA_TYPES[written.kind], image.size, True, small.digest)
    found = check(name, arrived, limits)
    with arrived.open("rb") as source:
        ref = store.put(source)
    return Kept(ref.digest, name, MEDIA_TYPES[found], ref.size, False)


def _put(path: Path) -> FileRef:
    with path.open("rb") as content:
        return runtime().files.put(content)
