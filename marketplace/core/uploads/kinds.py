"""The kinds of files the marketplace takes. Everything else is refused: SVG, HTML, XML, scripts, programs, archives."""

from enum import StrEnum


class Kind(StrEnum):
    PDF = "pdf"
    PNG = "png"
    JPG = "jpg"
    WEBP = "webp"
    DOCX = "docx"
    XLSX = "xlsx"
    CSV = "csv"


IMAGES = frozenset({Kind.PNG, Kind.JPG, Kind.WEBP})
OFFICE = frozenset({Kind.DOCX, Kind.XLSX})

MEDIA_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.PNG: "image/png",
    Kind.JPG: "image/jpeg",
    Kind.WEBP: "image/webp",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.CSV: "text/csv; charset=utf-8",
}

_EXTENSIONS = {kind.value: kind for kind in Kind} | {"jpeg": Kind.JPG}


def kind_of(name: str) -> Kind | None:
    """The kind a file name claims by its last extension, None if no such kind is taken."""
    _, dot, extension = name.rpartition(".")
    return _EXTENSIONS.get(extension.lower()) if dot else None
