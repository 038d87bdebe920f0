"""The content-addressed store."""

import hashlib
import io
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.files import CHUNK, FileRef, FileStore


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


def kept(store: FileStore, root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


@given(content=st.binary(max_size=5000))
def test_what_was_put_comes_back_under_its_digest(tmp_path_factory, content):
    store = FileStore(tmp_path_factory.mktemp("files"))
    ref = store.put(content)
    assert ref == FileRef(hashlib.sha256(content).hexdigest(), len(content))
    with store.open(ref.digest) as file:
        assert file.read() == content


def test_the_path_fans_out_by_the_first_four_digits(store, tmp_path):
    ref = store.put(b"achievement")
    assert store.path(ref.digest) == tmp_path / "files" / ref.digest[:2] / ref.digest[2:4] / ref.digest
    assert store.exists(ref.digest)


def test_the_same_content_is_kept_once(store, tmp_path):
    first = store.put(b"twice")
    inode = store.path(first.digest).stat().st_ino
    assert store.put(io.BytesIO(b"twice")) == first
    assert store.path(first.digest).stat().st_ino == inode
    assert kept(store, tmp_path) == [store.path(first.digest)]


def test_a_stream_is_read_in_pieces(store):
    class Source:
        largest = 0
        left = 3 * CHUNK + 17

        def read(self, size: int) -> bytes:
            self.largest = max(self.largest, size)
            piece = b"x" * min(size, self.left)
            self.left -= len(piece)
            return piece

    source = Source()
    assert store.put(source).size == 3 * CHUNK + 17
    assert 0 < source.largest <= CHUNK


def test_a_stream_that_breaks_off_leaves_nothing(store, tmp_path):
    class Broken:
        def __init__(self) -> None:
            self.pieces = [b"half"]

        def read(self, size: int) -> bytes:
            if self.pieces:
                return self.pieces.pop()
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        store.put(Broken())
    assert kept(store, tmp_path) == []


def test_a_crash_before_the_rename_leaves_no_visible_file(store, tmp_path, monkeypatch):
    def crash(self: Path, target: Path) -> Path:
        raise SystemExit

    monkeypatch.setattr(Path, "replace", crash)
    with pytest.raises(SystemExit):
        store.put(b"never seen")
    assert not store.exists(hashlib.sha256(b"never seen").hexdigest())


def test_the_bytes_are_on_the_disk_before_the_name_is(store, monkeypatch):
    events = []
    flush, rename = os.fsync, Path.replace
    monkeypatch.setattr(os, "fsync", lambda descriptor: (events.append("flush"), flush(descriptor))[1])
    monkeypatch.setattr(Path, "replace", lambda self, to: (events.append("rename"), rename(self, to))[1])
    store.put(b"order matters")
    assert events[:3] == ["flush", "rename", "flush"]


def test_a_file_cut_short_by_the_disk_is_written_again(store):
    ref = store.put(b"whole content")
    path = store.path(ref.digest)
    path.chmod(0o600)
    path.write_bytes(b"who")
    store.put(b"whole content")
    assert path.read_bytes() == b"whole content"


def test_a_kept_file_cannot_be_written_by_accident(store):
    assert store.path(store.put(b"fixed").digest).stat().st_mode & 0o222 == 0


@pytest.mark.parametrize(
    "digest", ["", "../../etc/passwd", "A" * 64, "a" * 63, "a" * 64 + "\n", "/" + "a" * 63]
)
def test_only_a_digest_names_a_file(store, digest):
    for question in (store.path, store.exists, store.open):
        with pytest.raises(ValueError):
            question(digest)


def test_an_unknown_digest_is_not_found(store):
    assert not store.exists("0" * 64)
    with pytest.raises(FileNotFoundError):
        store.open("0" * 64)


def test_sweeping_removes_only_old_remains_of_crashes(store, tmp_path):
    assert store.sweep(datetime(2026, 1, 1, tzinfo=UTC)) == 0
    ref = store.put(b"kept")
    for name, year in (("old", 2025), ("young", 2027)):
        remains = tmp_path / "files" / "incoming" / name
        remains.write_bytes(b"half")
        moment = datetime(year, 1, 1, tzinfo=UTC).timestamp()
        os.utime(remains, (moment, moment))
    assert store.sweep(datetime(2026, 1, 1, tzinfo=UTC)) == 1
    assert [path.name for path in (tmp_path / "files" / "incoming").iterdir()] == ["young"]
    assert store.exists(ref.digest)
