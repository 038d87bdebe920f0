"""Office files built by hand for the tests, honest and otherwise."""

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCX_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
XLSX_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"

Entry = tuple[str | zipfile.ZipInfo, str | bytes]


def zipped(entries: Iterable[Entry]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return target.getvalue()


def content_types(main: str, *more: str) -> str:
    overrides = "".join(
        f'<Override PartName="/part{n}" ContentType="{kind}"/>' for n, kind in enumerate([main, *more])
    )
    return f'{_HEAD}<Types xmlns="{_TYPES}">{overrides}</Types>'


def relations(*targets: tuple[str, str, str]) -> str:
    """Each target: kind, address, mode."""
    found = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/{kind}" Target="{target}" TargetMode="{mode}"/>'
        for n, (kind, target, mode) in enumerate(targets)
    )
    return f'{_HEAD}<Relationships xmlns="{_RELATIONS}">{found}</Relationships>'


def document(body: str = "<w:p/>") -> str:
    return f'{_HEAD}<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'


def docx(changed: Mapping[str, str | bytes] | None = None, extra: Iterable[Entry] = ()) -> bytes:
    """A minimal document; `changed` replaces or adds parts, `extra` is appended as it is."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": content_types(DOCX_MAIN),
        "_rels/.rels": relations(("officeDocument", "word/document.xml", "Internal")),
        "word/document.xml": document(),
    }
    return zipped([*(parts | dict(changed or {})).items(), *extra])


def xlsx(changed: Mapping[str, str | bytes] | None = None, rows: str = "") -> bytes:
    """A minimal workbook with one sheet of the given row elements."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_TYPES}">'
        f'<Override PartName="/xl/workbook.xml" ContentType="{XLSX_MAIN}"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml", "Internal")),
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="data" sheetId="1" r:id="r0"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(("worksheet", "worksheets/sheet1.xml", "Internal")),
        "xl/worksheets/sheet1.xml": f'{_HEAD}<worksheet xmlns="{_SHEET}"><sheetData>{rows}</sheetData></worksheet>',
    }
    return zipped((parts | dict(changed or {})).items())


def billion_laughs() -> str:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{levels}]><x>&l9;</x>'


def link(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = 0o120777 << 16
    return info


def overlapping() -> bytes:
    """One large compressed part, listed many times in the directory."""
    whole = docx({"word/media/a.bmp": bytes(900_000)})
    end = whole.rindex(b"PK\x05\x06")
    fields = list(struct.unpack("<4s4H2LH", whole[end:]))
    directory = whole[fields[6] : end]
    last = directory[directory.rindex(b"PK\x01\x02") :]
    copies = b"".join(last.replace(b"a.bmp", f"{n:05d}".encode()) for n in range(100))
    fields[3] = fields[4] = fields[3] + 100
    fields[5] += len(copies)
    return whole[:end] + copies + struct.pack("<4s4H2LH", *fields)


def understated() -> bytes:
    """A part of 900,000 bytes whose directory record promises ten."""
    whole = docx({"word/media/a.bmp": bytes(900_000)})
    return whole.replace(struct.pack("<L", 900_000), struct.pack("<L", 10))


def locked() -> bytes:
    """The encryption flag set on every part."""
    whole = bytearray(docx())
    for signature, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = whole.find(signature)
        while at >= 0:
            whole[at + flag] |= 1
            at = whole.find(signature, at + 4)
    return bytes(whole)
