"""The structure of a zip archive, judged from its directory before anything in it is unpacked."""

import struct
import zipfile
from pathlib import Path, PurePosixPath

from marketplace.core.uploads.limits import Limits
from marketplace.core.uploads.refusal import Reason, Refusal

_END = struct.Struct("<4s4H2LH")
_END_SIGNATURE = b"PK\x05\x06"
_END64 = struct.Struct("<4sQ2H2L4Q")
_END64_SIGNATURE = b"PK\x06\x06"
_LOCATOR = struct.Struct("<4sLQL")
_LOCATOR_SIGNATURE = b"PK\x06\x07"
_LOCAL = struct.Struct("<4s5H3L2H")
_LONGEST_COMMENT = 65_535
# A directory record is 46 bytes, a name and extra fields; no Office file needs longer names.
_LARGEST_RECORD = 46 + 512
_SMALL = 1_000_000
_LINK = 0o120000
_TYPE_MASK = 0o170000
_ENCRYPTED = 0x1
_UTF8_NAME = 0x800


def check_directory(path: Path, limits: Limits) -> None:
    """Raise Refusal when the directory is too long to read safely or does not sit exactly at the end of the file."""
    size = path.stat().st_size
    with path.open("rb") as file:
        before = max(0, size - _LONGEST_COMMENT - _END.size)
        file.seek(before)
        tail = file.read()
    end = tail.rfind(_END_SIGNATURE)
    if end < 0 or len(tail) - end < _END.size:
        raise Refusal(Reason.UNREADABLE)
    *_, entries, length, offset, comment = _END.unpack_from(tail, end)
    closing = end
    # Streaming writers (Apache POI among them) add the 64-bit directory end whatever the size.
    locator = end - _LOCATOR.size
    if locator >= 0 and tail.startswith(_LOCATOR_SIGNATURE, locator):
        closing = locator - _END64.size
        if closing < 0 or not tail.startswith(_END64_SIGNATURE, closing):
            raise Refusal(Reason.UNREADABLE)
        *_, entries, length, offset = _END64.unpack_from(tail, closing)
    if entries > limits.max_entries or length > limits.max_entries * _LARGEST_RECORD:
        raise Refusal(Reason.ARCHIVE_BOMB)
    # Bytes before, between or after the parts are how an archive hides inside another file.
    if offset + length != before + closing or end + _END.size + comment != len(tail):
        raise Refusal(Reason.POLYGLOT)


def check_entries(archive: zipfile.ZipFile, limits: Limits) -> None:
    """Raise Refusal for too many or too dense entries, entries that share bytes, links and paths that lead out."""
    entries = archive.infolist()
    if len(entries) > limits.max_entries or sum(entry.file_size for entry in entries) > limits.max_unpacked:
        raise Refusal(Reason.ARCHIVE_BOMB)
    if len({entry.filename for entry in entries}) != len(entries):
        raise Refusal(Reason.ARCHIVE_PATH)
    for entry in entries:
        _check_entry(entry, limits)
    _check_overlap(archive, entries)


def _check_entry(entry: zipfile.ZipInfo, limits: Limits) -> None:
    # Unpacking is by `read`, never by `extract`; a path that leads out has no honest reason to be here at all.
    name = entry.orig_filename.replace("\\", "/")
    if "\x00" in name or ":" in name or name.startswith("/") or ".." in PurePosixPath(name).parts:
        raise Refusal(Reason.ARCHIVE_PATH)
    if (entry.external_attr >> 16) & _TYPE_MASK == _LINK:
        raise Refusal(Reason.ARCHIVE_LINK)
    if entry.flag_bits & _ENCRYPTED:
        raise Refusal(Reason.ENCRYPTED)
    if entry.file_size > _SMALL and entry.file_size > limits.max_ratio * max(entry.compress_size, 1):
        raise Refusal(Reason.ARCHIVE_BOMB)
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Refusal(Reason.UNREADABLE)


def _check_overlap(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """A quasi-recursive bomb lists the same compressed bytes under many names; honest entries follow one another."""
    reached = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < reached:
            raise Refusal(Reason.ARCHIVE_BOMB)
        name = entry.orig_filename.encode("utf-8" if entry.flag_bits & _UTF8_NAME else "cp437")
        reached = entry.header_offset + _LOCAL.size + len(name) + entry.compress_size
    if reached > archive.start_dir:
        raise Refusal(Reason.ARCHIVE_BOMB)
