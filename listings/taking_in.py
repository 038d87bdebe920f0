"""Taking a file in: nothing is kept before the guards have looked at it."""

import shutil
import tempfile
from pathlib import Path
from typing import IO

from listings.achievements.content import Attachment
from marketplace.core.runtime import runtime
from marketplace.core.uploads.gate import DEFAULT_LIMITS, check, picture
from marketplace.core.uploads.kinds import IMAGES, MEDIA_TYPES, kind_of
from marketplace.core.uploads.limits import Limits


def take_in(name: str, stream: IO[bytes], level: str = "public") -> Attachment:
    """Check an uploaded file and keep it by its digest; pictures are written anew. Raises UploadRefused.

    Slow, so it is done before the write lock is taken.
    """
    with tempfile.TemporaryDirectory() as folder:
        return _checked(name, stream, level, Path(folder))


def _checked(name: str, stream: IO[bytes], level: str, folder: Path) -> Attachment:
    store = runtime().files
    most = runtime().settings.upload_max_bytes
    limits = Limits(max_bytes=most, max_image_bytes=min(most, DEFAULT_LIMITS.max_image_bytes))
    arrived = folder / "upload"
    with arrived.open("wb") as target:
        shutil.copyfileobj(stream, target)
    kind = kind_of(name)
    if kind in IMAGES:
        written = picture(name, arrived, folder, limits)
        with written.image.open("rb") as image, written.thumbnail.open("rb") as small:
            kept, thumbnail = store.put(image), store.put(small)
        role, media = "image", MEDIA_TYPES[written.kind]
    else:
        found = check(name, arrived, limits)
        with arrived.open("rb") as source:
            kept = store.put(source)
        role, media, thumbnail = "attachment", MEDIA_TYPES[found], None
    return Attachment(
        digest=kept.digest,
        name=name,
        media=media,
        size=kept.size,
        role=role,
        level=level,
        thumbnail=thumbnail.digest if thumbnail else "",
    )
