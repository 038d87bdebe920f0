"""Names and headers under which files are given out."""

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import Headers
from werkzeug.http import parse_options_header

from marketplace.core.uploads.downloads import (
    content_disposition,
    download_headers,
    download_name,
    picture_headers,
)
from marketplace.core.uploads.kinds import Kind


def test_an_ascii_name_is_sent_as_it_is():
    assert content_disposition("report 1.pdf") == 'attachment; filename="report 1.pdf"'


def test_a_chinese_name_is_sent_in_utf8_with_an_ascii_one_beside_it():
    sent = content_disposition("合同（终稿）.docx")
    assert sent.startswith("attachment; filename=\"download.docx\"; filename*=UTF-8''%E5%90%88")
    assert unquote(sent.partition("UTF-8''")[2]) == "合同（终稿）.docx"


@given(st.text(max_size=300))
def test_any_name_comes_back_from_the_header(name):
    value, options = parse_options_header(content_disposition(name))
    assert value == "attachment"
    assert options["filename"] == download_name(name)


@given(st.text(max_size=300))
def test_a_name_is_never_a_path_or_a_header(name):
    clean = download_name(name)
    assert clean
    assert len(clean) <= 150
    assert not set(clean) & set('/\\:*?"<>|%\r\n\x00\u202e')
    assert not clean.startswith(".")
    Headers().add("Content-Disposition", content_disposition(name))
    content_disposition(name).encode("ascii")


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "_.._etc_passwd"),
        ("a\r\nSet-Cookie: b.pdf", "aSet-Cookie_ b.pdf"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("...", "file"),
        ("", "file"),
        ("x" * 200 + ".pdf", "x" * 146 + ".pdf"),
    ],
)
def test_names_are_cleaned(name, clean):
    assert download_name(name) == clean


def test_a_download_is_saved_and_cannot_run():
    headers = download_headers("a.pdf", "application/pdf")
    assert headers["Content-Disposition"].startswith("attachment;")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Content-Type"] == "application/pdf"
    assert download_headers("a")["Content-Type"] == "application/octet-stream"


def test_only_images_are_shown_in_place():
    headers = picture_headers(Kind.PNG)
    assert (headers["Content-Type"], headers["Content-Disposition"]) == ("image/png", "inline")
    assert headers["X-Content-Type-Options"] == "nosniff"
    for kind in (Kind.PDF, Kind.DOCX, Kind.CSV):
        with pytest.raises(ValueError):
            picture_headers(kind)
