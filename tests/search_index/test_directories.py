import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import search_index
from search_index.directories import KEEP_OLD_SECONDS
from search_index.engine import IndexLockedError, IndexMissingError
from search_index.schema import Column, Schema, SchemaError
from tests.search_index.corpus import SCHEMA, docs, papers
from tests.search_index.test_conformance import asked

SOURCES = sorted(Path(search_index.__file__).parent.glob("*.py"))


def root(engine) -> Path:
    return engine._directories.root


def directories(engine):
    return sorted(path.name for path in root(engine).iterdir() if path.is_dir())


def test_without_an_index_it_says_so(engine, tmp_path):
    other = type(engine)(tmp_path / "nothing", SCHEMA)
    with pytest.raises(IndexMissingError):
        other.open()
    with pytest.raises(IndexMissingError):
        other.search(asked(""))
    assert other.open(create=True)
    assert not other.open(create=True)
    other.close()


def test_an_index_of_another_schema_is_rebuilt_not_read(engine):
    changed = type(engine)(root(engine), Schema((*SCHEMA.declared, Column("new"))))
    with pytest.raises(IndexMissingError):
        changed.open()
    assert changed.open(create=True)
    changed.close()


def test_who_still_reads_the_old_schema_goes_on(engine):
    engine.rebuild(docs()[:3])
    assert engine.search(asked("")).total == 3
    changed = type(engine)(root(engine), Schema((*SCHEMA.declared, Column("new"))))
    changed.open(create=True)
    assert engine.search(asked("")).total == 3
    changed.close()


def test_a_rebuild_is_made_aside_and_switched_to(engine):
    engine.rebuild(docs()[:3])
    before = engine.generation().directory
    reader = type(engine)(root(engine), SCHEMA, look_every=3600.0)
    assert reader.search(asked("")).total == 3
    engine.rebuild(docs()[:5])
    assert engine.generation().directory > before
    assert engine.search(asked("")).total == 5
    assert reader.search(asked("系统", any_word=True)).total <= 3  # still reads the old one
    assert reader.reopen()
    assert reader.search(asked("")).total == 5
    reader.close()


def test_an_old_index_is_removed_after_a_minute(engine):
    engine.rebuild(docs()[:3])
    engine.upsert(docs()[:1])
    engine.commit()
    assert len(directories(engine)) == 2
    pointer = root(engine) / "CURRENT"
    stat = pointer.stat()
    os.utime(pointer, (stat.st_atime, stat.st_mtime - KEEP_OLD_SECONDS - 1))
    engine.upsert(docs()[:1])
    engine.commit()
    assert directories(engine) == [engine.generation().directory]


def test_a_killed_rebuild_leaves_nothing(engine):
    current = engine.generation().directory
    killed = root(engine) / f"{engine._directories.prefix}-000099"
    killed.mkdir()
    (killed / "half").write_text("x")
    engine.upsert(docs()[:1])
    engine.commit()
    assert directories(engine) == [current]


def test_only_one_writes_at_a_time(engine):
    other = type(engine)(root(engine), SCHEMA, lock_timeout=0.05)
    other.upsert(docs()[:1])
    with engine._directories.writing(), pytest.raises(IndexLockedError):
        other.commit()
    other.commit()
    assert other.search(asked("")).total == 0  # what could not be written is told again by the caller
    other.upsert(docs()[:1])
    other.commit()
    assert other.search(asked("")).total == 1
    other.close()


def test_small_segments_are_joined(engine):
    for paper, doc in zip(papers(), docs()[:30], strict=False):
        assert paper.id == doc.id
        engine.upsert([doc])
        engine.commit()
    stats = engine.stats()
    assert stats.documents == 30
    assert stats.segments <= 9
    assert stats.bytes > 1_000


def test_a_column_is_declared_once():
    with pytest.raises(SchemaError, match="trl"):
        Schema((Column("trl"), Column("trl")))
    with pytest.raises(SchemaError, match="audiences"):
        Schema((Column("audiences"),))


def test_no_searcher_is_refreshed_and_no_reader_reused():
    """Whoosh's refresh keeps deleted documents findable; a reader is always opened anew."""
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            assert not (isinstance(node, ast.Attribute) and node.attr == "refresh"), source.name
            assert not (isinstance(node, ast.keyword) and node.arg == "reuse"), source.name


@pytest.mark.parametrize("package", ["whoosh", "tantivy", "opencc", "snowballstemmer", "pypinyin"])
def test_each_outside_package_has_one_door(package):
    importing = [
        source.name
        for source in SOURCES
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == package)
        or (isinstance(node, ast.Import) and any(name.name.split(".")[0] == package for name in node.names))
    ]
    assert len(set(importing)) == 1


def test_the_tantivy_engine_says_when_its_package_is_not_installed():
    code = """
import sys
sys.modules["tantivy"] = None
from pathlib import Path
from search_index.engine import EngineError
from search_index.schema import Schema
from search_index.tantivy_engine import TantivyEngine
try:
    TantivyEngine(Path("nowhere"), Schema())
except EngineError as error:
    assert "pip install" in str(error)
else:
    raise SystemExit("it was made")
"""
    subprocess.run(
        [sys.executable, "-W", "error", "-c", code], check=True, cwd=Path(search_index.__file__).parents[1]
    )
