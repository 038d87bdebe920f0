"""What the first and last bytes say. Cheap, done before anything is parsed, and only ever a reason to refuse."""

from pathlib import Path

from marketplace.core.uploads.kinds import OFFICE, Kind
from marketplace.core.uploads.refusal import Reason, Refusal

HEAD = 1024
_ZIP_TAIL = 65_535 + 22
_ZIP = b"PK\x03\x04"
_ZIP_END = b"PK\x05\x06\x00\x00\x00\x00"
_PDF = b"%PDF-"
# Compound files: the old Office formats, and every Office file that has a password (MS-OFFCRYPTO 2.2).
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_FIRST_BYTES: dict[Kind, tuple[bytes, ...]] = {
    Kind.PDF: (_PDF,),
    Kind.PNG: (b"\x89PNG\r\n\x1a\n",),
    Kind.JPG: (b"\xff\xd8\xff",),
    Kind.WEBP: (b"RIFF",),
    Kind.DOCX: (_ZIP,),
    Kind.XLSX: (_ZIP,),
}
_BINARY = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    _ZIP,
    _PDF,
    _COMPOUND,
    b"MZ",
    b"\x7fELF",
    b"Rar!",
    b"7z\xbc\xaf",
)
_MARKUP = (
    b"<!doctype",
    b"<html",
    b"<head",
    b"<body",
    b"<script",
    b"<svg",
    b"<?xml",
    b"<?php",
    b"<iframe",
    b"<!entity",
)


def check_signature(path: Path, kind: Kind) -> None:
    """Raise Refusal unless the bytes at both ends fit this kind and no other."""
    with path.open("rb") as file:
        head = file.read(HEAD)
        size = file.seek(0, 2)
        file.seek(max(0, size - _ZIP_TAIL))
        tail = file.read()
    if kind in OFFICE and head.startswith(_COMPOUND):
        raise Refusal(Reason.ENCRYPTED)
    if not _fits(head, kind):
        raise Refusal(Reason.MISMATCH)
    # PDF readers look for the header anywhere in the first kilobyte, zip readers for the directory at the end.
    if kind is not Kind.PDF and _PDF in head:
        raise Refusal(Reason.POLYGLOT)
    if kind not in OFFICE and _ZIP_END in tail:
        raise Refusal(Reason.POLYGLOT)
    if kind is not Kind.CSV and any(mark in head.lower() for mark in _MARKUP):
        raise Refusal(Reason.POLYGLOT)


def _fits(head: bytes, kind: Kind) -> bool:
    if kind is Kind.CSV:
        return _fits_text(head)
    if kind is Kind.WEBP and head[8:12] != b"WEBP":
        return False
    return head.startswith(_FIRST_BYTES[kind])


def _fits_text(head: bytes) -> bool:
    """Plain text: no binary format, no markup at the beginning, and no NUL unless a UTF-16 mark explains it."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head.replace(b"\x00", b"")[2:]
    elif b"\x00" in head:
        return False
    else:
        text = head.removeprefix(b"\xef\xbb\xbf")
    return not head.startswith(_BINARY) and not text.lstrip().lower().startswith(_MARKUP)
