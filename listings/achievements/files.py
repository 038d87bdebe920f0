"""Putting files into a draft. Nothing is kept before the guards have looked at it."""

import shutil
import tempfile
from pathlib import Path
from typing import IO

from listings.achievements.content import Attachment, from_json, to_json
from listings.achievements.drafting import open_revision, save_draft
from listings.achievements.policy import EDIT
from listings.achievements.reach import achievement_for
from listings.classification import codes
from marketplace.core.context import Actor, Context
from marketplace.core.errors import FieldError, Invalid, NotFound
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.runtime import runtime
from marketplace.core.uow import reading, unit_of_work
from marketplace.core.uploads.gate import DEFAULT_LIMITS, check, picture
from marketplace.core.uploads.kinds import IMAGES, MEDIA_TYPES, kind_of
from marketplace.core.uploads.limits import Limits


def add_file(actor: Actor, achievement_id: str, name: str, stream: IO[bytes], level: str) -> Attachment:
    """Check an uploaded file, keep it by its digest and list it in the working revision.

    The slow part, looking into the file, happens before the write lock is taken. Raises UploadRefused or Invalid.
    """
    if level not in codes("disclosure_levels"):
        raise Invalid([FieldError("level", "unknown_code", _l("选择查看范围"))])
    achievement_for(reading(actor), achievement_id, EDIT)
    with tempfile.TemporaryDirectory() as folder:
        entry = _checked(name, stream, level, Path(folder))
    with unit_of_work(actor) as ctx:
        files = [file for file in _files(ctx, achievement_id) if file.digest != entry.digest]
        _store(ctx, achievement_id, [*files, entry])
    return entry


def remove_file(ctx: Context, achievement_id: str, digest: str) -> None:
    """Take a file out of the working revision; published revisions keep theirs."""
    files = _files(ctx, achievement_id)
    kept = [file for file in files if file.digest != digest]
    if len(kept) == len(files):
        raise NotFound
    _store(ctx, achievement_id, kept)


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


def _files(ctx: Context, achievement_id: str) -> list[Attachment]:
    revision = open_revision(ctx, achievement_for(ctx, achievement_id, EDIT))
    return list(from_json(revision.content).files)


def _store(ctx: Context, achievement_id: str, files: list[Attachment]) -> None:
    revision = open_revision(ctx, achievement_for(ctx, achievement_id, EDIT))
    content = from_json(revision.content)
    shape = to_json(type(content)(files=tuple(files)))
    save_draft(ctx, achievement_id, {"files": shape["files"]})
