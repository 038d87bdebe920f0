"""Word and Excel files of the XML kind: their archive, their parts, and what must not be among them."""

import re
import zipfile
import zlib
from pathlib import Path

from marketplace.core.uploads.archives import check_directory, check_entries
from marketplace.core.uploads.kinds import Kind
from marketplace.core.uploads.limits import Limits
from marketplace.core.uploads.refusal import Reason, Refusal
from marketplace.core.uploads.xml_parts import ContentTypes, Relationships, XmlPart

_CONTENT_TYPES = "[Content_Types].xml"
_MAIN_PART = {
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
_MACRO = re.compile(
    r"vba(project|data)|macrosheets?/|dialogsheets?/|activex|\.(doc|xls|ppt|dot|xlt)m$", re.IGNORECASE
)
_MACRO_TYPES = ("macroenabled", "vbaproject", "macrosheet", "activex")
_EMBEDDED = re.compile(
    r"oleobject|\.(ole|exe|dll|com|scr|bat|cmd|ps1|js|jse|vbs|vbe|wsf|hta|lnk|jar|msi|html?|mht|svgz|swf|docx?|rtf|zip)$",
    re.IGNORECASE,
)
# A chart in a report carries its numbers as a workbook; it is data, and is looked at no further.
_BINARY_ALLOWED = re.compile(r"printersettings\d*\.bin$|customproperty\d*\.bin$", re.IGNORECASE)
_XML_SUFFIXES = (".xml", ".rels", ".vml")
_CHUNK = 1024 * 1024


def inspect_office(path: Path, kind: Kind, limits: Limits) -> None:
    """Raise Refusal unless this is a well-formed docx or xlsx without macros, embedded programs and outside content."""
    check_directory(path, limits)
    try:
        with zipfile.ZipFile(path) as archive:
            check_entries(archive, limits)
            _check_names(archive)
            _check_types(archive, kind, limits)
            for entry in archive.infolist():
                _read(archive, entry, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeError):
        raise Refusal(Reason.UNREADABLE) from None


def _check_names(archive: zipfile.ZipFile) -> None:
    for name in archive.namelist():
        if _MACRO.search(name):
            raise Refusal(Reason.MACRO)
        if _EMBEDDED.search(name) or (name.lower().endswith(".bin") and not _BINARY_ALLOWED.search(name)):
            raise Refusal(Reason.EMBEDDED)


def _check_types(archive: zipfile.ZipFile, kind: Kind, limits: Limits) -> None:
    if _CONTENT_TYPES not in archive.namelist():
        raise Refusal(Reason.MISMATCH)
    part = ContentTypes(limits.max_xml_depth)
    with archive.open(_CONTENT_TYPES) as source:
        part.read(source)
    if any(mark in declared for declared in part.types for mark in _MACRO_TYPES):
        raise Refusal(Reason.MACRO)
    if _MAIN_PART[kind] not in part.types:
        raise Refusal(Reason.MISMATCH)


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits) -> None:
    """Read the entry to its end: XML is parsed, the rest only unpacked, which compares size and checksum."""
    name = entry.filename.lower()
    with archive.open(entry) as source:
        if name.endswith(_XML_SUFFIXES):
            part = Relationships if name.endswith(".rels") else XmlPart
            part(limits.max_xml_depth).read(source)
        else:
            while source.read(_CHUNK):
                pass
