"""Static files: addresses that follow the content, and vendored files that are what the lock says."""

import gzip
import hashlib
import re
import tarfile
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from marketplace.paths import resource
from marketplace.web import vendoring
from marketplace.web.assets import Assets, UnknownAssetError, register_assets
from marketplace.web.icons import Icons, UnknownIconError
from marketplace.web.vendoring import VendoredFile, VendoredPackage, VendoringError, read_lock, write_lock

STATIC = resource("static")
KILOBYTE = 1024


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "a.css").write_text("p {}")
    (tmp_path / "vendor" / "tabler-icons").mkdir(parents=True)
    return tmp_path


@pytest.fixture
def client(folder):
    app = Flask("assets", static_folder=str(folder), static_url_path="/static")
    register_assets(app)
    return app.test_client()


def test_an_address_carries_the_first_digits_of_the_hash(folder):
    digest = hashlib.sha256(b"p {}").hexdigest()
    assert Assets(folder, "/static").url("css/a.css") == f"/static/css/a.css?v={digest[:10]}"


def test_a_watched_address_follows_the_content(folder):
    assets = Assets(folder, "/static", watched=True)
    before = assets.url("css/a.css")
    assert assets.url("css/a.css") == before
    (folder / "css" / "a.css").write_text("p { margin: 0 }")
    assert assets.url("css/a.css") != before


def test_an_address_is_made_once_for_a_release(folder):
    assets = Assets(folder, "/static")
    before = assets.url("css/a.css")
    (folder / "css" / "a.css").write_text("p { margin: 0 }")
    assert assets.url("css/a.css") == before


@pytest.mark.parametrize("name", ["b.css", "css", "../a.css", "/etc/passwd", ""])
def test_a_file_that_is_not_there_or_not_ours_has_no_address(folder, name):
    with pytest.raises(UnknownAssetError):
        Assets(folder, "/static").url(name)


def test_a_fingerprinted_answer_is_kept_for_ever(client, folder):
    with client.get(Assets(folder, "/static").url("css/a.css")) as answer:
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("query", ["", "?v=", "?v=0000000000"])
def test_an_answer_without_the_right_fingerprint_is_revalidated(client, query):
    with client.get(f"/static/css/a.css{query}") as answer:
        assert answer.status_code == 200
        assert "immutable" not in answer.headers["Cache-Control"]


def test_a_missing_file_is_never_immutable(client):
    answer = client.get("/static/css/b.css?v=0000000000")
    assert answer.status_code == 404
    assert "immutable" not in answer.headers.get("Cache-Control", "")


# ---- icons ----


def test_an_icon_is_hidden_from_assistive_technology():
    svg = Icons(STATIC / "vendor" / "tabler-icons").icon("search", "small")
    assert svg.startswith('<svg class="c-icon c-icon--small" viewBox="0 0 24 24" aria-hidden="true"')
    assert svg.count("<path") == 2
    assert "stroke=" not in svg


def test_an_unknown_icon_is_an_error():
    with pytest.raises(UnknownIconError):
        Icons(STATIC / "vendor" / "tabler-icons").icon("unicorn")


def test_an_outline_made_of_more_than_paths_is_refused(tmp_path):
    (tmp_path / "odd.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><circle r="2"/></svg>')
    with pytest.raises(UnknownIconError):
        Icons(tmp_path)


# ---- vendored files ----


@pytest.mark.parametrize("package", read_lock(), ids=lambda package: package.package)
def test_vendored_files_are_those_of_the_lock(package):
    for path, file in package.paths():
        assert hashlib.sha256(path.read_bytes()).hexdigest() == file.sha256, path
    assert any("LICENSE" in file.name for file in package.files)
    assert re.fullmatch(r"\d+\.\d+\.\d+", package.version)
    assert package.integrity.startswith("sha512-")


def test_nothing_is_vendored_that_is_not_in_the_lock():
    listed = {path for package in read_lock() for path, _ in package.paths()}
    found = {path for path in (STATIC / "vendor").rglob("*") if path.is_file()}
    assert found <= listed


def packed(content: bytes) -> bytes:
    """An npm archive with one file."""
    buffer = BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        member = tarfile.TarInfo("package/x.js")
        member.size = len(content)
        archive.addfile(member, BytesIO(content))
    return buffer.getvalue()


@pytest.fixture
def registry(monkeypatch, tmp_path):
    """A registry that holds one archive; files are copied into a folder of the test."""
    archive = packed(b"let x = 1;")

    def pack(_package: VendoredPackage, folder: Path) -> Path:
        (folder / "x.tgz").write_bytes(archive)
        return folder / "x.tgz"

    monkeypatch.setattr(vendoring, "_pack", pack)
    monkeypatch.setattr(vendoring, "ROOT", tmp_path)
    unseen = VendoredPackage("x", "1.0.0", "", "MIT", "vendor/x", (VendoredFile("x.js", "x.js", ""),))
    return vendoring.fetch(unseen, accept=True)


def test_a_package_as_locked_is_copied(registry, tmp_path):
    (tmp_path / "vendor" / "x" / "x.js").unlink()
    assert vendoring.fetch(registry) == registry
    assert (tmp_path / "vendor" / "x" / "x.js").read_bytes() == b"let x = 1;"


@pytest.mark.parametrize("change", ["integrity", "file"])
def test_a_package_that_differs_from_the_lock_is_refused(registry, change):
    wrong = {
        "integrity": VendoredPackage("x", "1.0.0", "sha512-other", "MIT", "vendor/x", registry.files),
        "file": VendoredPackage(
            "x", "1.0.0", registry.integrity, "MIT", "vendor/x", (VendoredFile("x.js", "x.js", "00"),)
        ),
    }
    with pytest.raises(VendoringError):
        vendoring.fetch(wrong[change])


words = st.text(st.characters(categories=("L", "N", "P")), min_size=1, max_size=20)


@given(
    st.builds(
        VendoredPackage,
        words,
        words,
        words,
        words,
        words,
        st.tuples(st.builds(VendoredFile, words, words, words)),
    )
)
def test_a_lock_is_read_as_it_was_written(tmp_path_factory, package):
    path = tmp_path_factory.mktemp("lock") / "assets.lock.json"
    write_lock((package,), path)
    assert read_lock(path) == (package,)


# ---- weight and floor ----


def compressed(paths: list[Path]) -> int:
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in paths)


def test_the_style_sheets_of_every_page_stay_under_their_budget():
    sheets = ["base", "layout", "forms", "components", "print"]
    assert compressed([STATIC / "css" / f"{name}.css" for name in sheets]) <= 12 * KILOBYTE


def test_the_scripts_of_every_page_stay_under_their_budget():
    frame = (resource("templates") / "base.html").read_text(encoding="utf-8")
    scripts = re.findall(r"<script src=\"\{\{ asset\('([^']+)'\) \}\}\"", frame)
    assert "vendor/htmx.org/htmx.min.js" in scripts
    assert compressed([STATIC / name for name in scripts]) <= 25 * KILOBYTE


@pytest.mark.parametrize("path", sorted((STATIC / "css").glob("*.css")), ids=lambda path: path.name)
def test_a_style_sheet_uses_nothing_newer_than_the_oldest_browser(path):
    rules = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    newer = r"color-mix\(|light-dark\(|:popover-open|@scope|@starting-style|@import|@font-face|url\(|oklch\("
    assert re.findall(newer, rules) == []
    assert re.findall(r"(?:^|[{;}])\s*&", rules) == []


@pytest.mark.parametrize("path", sorted((STATIC / "js").glob("*.js")), ids=lambda path: path.name)
def test_a_script_never_makes_code_or_markup_from_text(path):
    script = re.sub(r"//.*", "", path.read_text(encoding="utf-8"))
    assert (
        re.findall(
            r"\beval\(|new Function|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\.style\b", script
        )
        == []
    )
