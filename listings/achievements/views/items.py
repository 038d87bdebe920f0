"""Files as the component for attachments shows them."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for

from listings.achievements.content import Attachment
from listings.achievements.labels import code_label, size_words
from listings.achievements.queries import PUBLIC


@dataclass(frozen=True)
class FileItem:
    """A file with its address. `note` names a level above the public one; `thumbnail` is empty for attachments."""

    name: str
    href: str
    size: str
    digest: str
    note: str
    level: str
    thumbnail: str


def file_items(achievement_id: str, files: Iterable[Attachment]) -> list[FileItem]:
    return [
        FileItem(
            name=file.name,
            href=_address(achievement_id, file.digest, file.name),
            size=size_words(file.size),
            digest=file.digest,
            note="" if file.level == PUBLIC else code_label("disclosure_levels", file.level),
            level=code_label("disclosure_levels", file.level),
            thumbnail=_address(achievement_id, file.thumbnail, file.name) if file.thumbnail else "",
        )
        for file in files
    ]


def _address(achievement_id: str, digest: str, name: str) -> str:
    return url_for("achievement_files.file", achievement_id=achievement_id, digest=digest, name=name)
