"""Putting files into a draft. Nothing is kept before the guards have looked at it."""

from typing import IO

from listings.achievements.content import Attachment, from_json, to_json
from listings.achievements.drafting import open_revision, save_draft
from listings.achievements.policy import EDIT
from listings.achievements.reach import achievement_for
from listings.classification import codes
from listings.taking_in import take_in
from marketplace.core.context import Actor, Context
from marketplace.core.errors import FieldError, Invalid, NotFound
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.uow import reading, unit_of_work


def add_file(actor: Actor, achievement_id: str, name: str, stream: IO[bytes], level: str) -> Attachment:
    """Check an uploaded file, keep it by its digest and list it in the working revision.

    The slow part, looking into the file, happens before the write lock is taken. Raises UploadRefused or Invalid.
    """
    if level not in codes("disclosure_levels"):
        raise Invalid([FieldError("level", "unknown_code", _l("选择查看范围"))])
    achievement_for(reading(actor), achievement_id, EDIT)
    entry = take_in(name, stream, level)
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


def _files(ctx: Context, achievement_id: str) -> list[Attachment]:
    revision = open_revision(ctx, achievement_for(ctx, achievement_id, EDIT))
    return list(from_json(revision.content).files)


def _store(ctx: Context, achievement_id: str, files: list[Attachment]) -> None:
    revision = open_revision(ctx, achievement_for(ctx, achievement_id, EDIT))
    content = from_json(revision.content)
    shape = to_json(type(content)(files=tuple(files)))
    save_draft(ctx, achievement_id, {"files": shape["files"]})
