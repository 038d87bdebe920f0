"""Honest files pass, the limits hold, and the parsing happens elsewhere."""

import io
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from marketplace.core.uploads import sandbox
from marketplace.core.uploads.gate import DEFAULT_LIMITS, UploadRefused, check, check_content
from marketplace.core.uploads.kinds import Kind
from tests.core.uploads.archives_made import document, docx, relations, xlsx
from tests.core.uploads.documents_made import harmless, image, pdf

LINKED = docx({"word/_rels/document.xml.rels": relations(("hyperlink", "https://example.org", "External"))})
CHARTED = docx({"word/embeddings/Microsoft_Excel_Sheet.xlsx": xlsx(), "word/charts/chart1.xml": "<c/>"})
PRINTED = xlsx({"xl/printerSettings/printerSettings1.bin": b"\x00\x01"})
FIELDS = docx(
    {"word/document.xml": document("<w:p><w:instrText>PAGE \\* MERGEFORMAT of DDEE</w:instrText></w:p>")}
)


def written_by_openpyxl() -> bytes:
    target = io.BytesIO()
    workbook = openpyxl.Workbook()
    workbook.active.append(["成果名称", 195])
    workbook.save(target)
    return target.getvalue()


HONEST = [
    ("report.pdf", pdf(harmless), Kind.PDF),
    ("大报告.PDF", pdf(pages=300), Kind.PDF),
    ("a.png", image("PNG"), Kind.PNG),
    ("a.jpg", image("JPEG"), Kind.JPG),
    ("a.JPEG", image("JPEG", progressive=True), Kind.JPG),
    ("a.webp", image("WEBP"), Kind.WEBP),
    ("a.docx", docx(), Kind.DOCX),
    ("linked.docx", LINKED, Kind.DOCX),
    ("charted.docx", CHARTED, Kind.DOCX),
    ("fields.docx", FIELDS, Kind.DOCX),
    ("a.xlsx", xlsx(), Kind.XLSX),
    ("printed.xlsx", PRINTED, Kind.XLSX),
    ("written.xlsx", written_by_openpyxl(), Kind.XLSX),
    ("a.csv", "成果名称,价格\r\n超导,195\r\n".encode(), Kind.CSV),
    ("gb.csv", "成果名称,价格\r\n超导,195\r\n".encode("gb18030"), Kind.CSV),
    ("utf16.csv", "成果名称,价格\r\n".encode("utf-16"), Kind.CSV),
    ("comparison.csv", "价格,条件\r\n195,<200\r\n".encode(), Kind.CSV),
]


@pytest.fixture
def upload(tmp_path: Path):
    def put(content: bytes) -> Path:
        path = tmp_path / "upload"
        path.write_bytes(content)
        return path

    return put


@pytest.mark.parametrize(("name", "content", "kind"), HONEST, ids=[name for name, _, _ in HONEST])
def test_an_honest_file_is_taken(name, content, kind, upload):
    assert check(name, upload(content)) is kind


@pytest.mark.parametrize(
    ("name", "content", "stricter", "code"),
    [
        ("a.pdf", pdf(), {"max_bytes": 100}, "too_large"),
        ("a.png", image("PNG"), {"max_image_bytes": 100}, "too_large"),
        ("a.png", image("PNG", size=(11, 10)), {"max_pixels": 100}, "too_many_pixels"),
        ("a.pdf", pdf(pages=3), {"max_pages": 2}, "too_many_pages"),
        ("a.pdf", pdf(pages=30), {"max_objects": 20}, "too_complex"),
        ("a.docx", docx(), {"max_entries": 2}, "archive_bomb"),
        ("a.docx", docx(), {"max_unpacked": 100}, "archive_bomb"),
        ("a.docx", docx(), {"max_xml_depth": 1}, "xml_depth"),
    ],
)
def test_every_limit_can_be_set(name, content, stricter, code, upload):
    with pytest.raises(UploadRefused) as refused:
        check(name, upload(content), replace(DEFAULT_LIMITS, **stricter))
    assert refused.value.code == code


def test_the_content_alone_can_be_checked(upload):
    path = upload(docx())
    check_content(Kind.DOCX, path)
    with pytest.raises(UploadRefused):
        check_content(Kind.PDF, path)


def test_a_process_that_takes_too_long_is_ended(upload):
    with pytest.raises(UploadRefused) as refused:
        check("a.pdf", upload(pdf()), replace(DEFAULT_LIMITS, wall_seconds=0.01))
    assert refused.value.code == "too_complex"


def test_a_process_without_enough_memory_refuses(upload):
    with pytest.raises(UploadRefused) as refused:
        check("a.png", upload(image("PNG", size=(3000, 3000))), replace(DEFAULT_LIMITS, memory=1_000_000))
    assert refused.value.code in {"too_complex", "unreadable"}


def test_the_inspector_gets_nothing_of_our_environment(upload, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "hidden")
    seen = {}
    run = subprocess.run

    def watch(command, **options):
        seen.update(options, command=command)
        return run(command, **options)

    monkeypatch.setattr(sandbox.subprocess, "run", watch)
    check("a.pdf", upload(pdf()))
    assert set(seen["env"]) == {"PYTHONPATH"}
    assert seen["command"][:2] == [sys.executable, "-P"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("bytearray(200_000_000)", 1),
        ("while True: pass", -24),
        ("open('large', 'wb').write(bytes(100_000))", 1),
        ("os.listdir()", 0),
    ],
    ids=["memory", "time", "file", "nothing"],
)
def test_a_confined_process_cannot_take_more(body, expected, tmp_path):
    program = (
        "import os, signal\n"
        "from marketplace.core.uploads.confinement import confine\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "confine(memory=150_000_000, cpu_seconds=1, max_output=10_000)\n" + body
    )
    finished = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=sandbox.ENVIRONMENT,
        capture_output=True,
        check=False,
    )
    # 24 is SIGXCPU; where the hard limit is reached in the same second the kernel sends SIGKILL instead.
    assert finished.returncode == expected or (expected == -24 and finished.returncode == -9)


def test_a_crash_of_the_inspector_is_a_refusal(upload, monkeypatch, caplog):
    for code, expected in ((-11, "too_complex"), (1, "unreadable")):
        gone = subprocess.CompletedProcess([], code, b"", b"Traceback")
        monkeypatch.setattr(sandbox.subprocess, "run", lambda *_, gone=gone, **__: gone)
        with pytest.raises(UploadRefused) as refused:
            check("a.pdf", upload(pdf()))
        assert refused.value.code == expected
    assert "Traceback" in caplog.text


def test_the_inspector_can_be_run_by_hand(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(pages=2))
    finished = subprocess.run(
        sandbox.isolated("marketplace.core.uploads.inspect", str(path)),
        env=sandbox.ENVIRONMENT,
        capture_output=True,
        check=True,
    )
    assert finished.stdout == b'{"pages": 2}'
