"""The index of a site: kept by the relay, rebuilt aside, compared with the database, robust against being killed."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, update

from listings.achievements.models import Achievement
from listings.achievements.search import COLUMNS, SEARCHABLE, search_document
from marketplace.core.context import ANONYMOUS, SYSTEM
from marketplace.core.db import db
from marketplace.core.journal import Entry
from marketplace.core.relay import Cursor
from marketplace.core.runtime import EXTENSION
from marketplace.core.uow import reading, unit_of_work
from marketplace.settings import SettingsError
from search_index import wiring
from search_index.cli import search
from search_index.engine import IndexMissingError
from search_index.results import SearchRequest
from search_index.wiring import Difference, Fault, SiteIndex, check, ensure_index, rebuild, search_service
from tests.listings.achievements.desk import Desk

HOME = Path(__file__).parents[2]


@pytest.fixture
def desk(cast, ctx_for):
    return Desk(cast, ctx_for)


@pytest.fixture
def inside(app):
    with app.app_context():
        yield


def found(text):
    """What the public finds, with the rights checked."""
    asked = SearchRequest(ANONYMOUS.tokens, text, per_page=1000)
    return {hit.id for hit in search_service().search(asked, wiring.visible(reading(ANONYMOUS))).hits}


def consumer(app):
    registry = app.extensions[EXTENSION].registry
    return next(one for one in registry.consumers if one.name == "search")


def all_entries():
    return db.session.scalars(select(Entry).order_by(Entry.position)).all()


# ── the consumer ──────────────────────────────────────────────────────────────────────────────────────


def test_the_first_entry_makes_the_index_and_fills_it_from_the_database(desk, drain, inside):
    made = {desk.published(title=f"涂层 {number}") for number in range(3)}
    with pytest.raises(IndexMissingError):
        search_service()
    drain()
    assert found("涂层") == made
    assert check() == []


def test_handing_entries_over_again_changes_nothing(app, desk, drain, inside):
    stays, goes = desk.published(title="涂层甲"), desk.published(title="涂层乙")
    drain()
    desk.withdraw(goes)
    drain()
    documents = search_service().engine.stats().documents
    follow = consumer(app).handle
    entries = all_entries()
    for handed in (entries, entries[::-1], entries[:5], entries[-1:]):
        follow(reading(SYSTEM), handed)
    assert search_service().engine.stats().documents == documents == 1
    assert found("涂层") == {stays}
    assert check() == []


def test_what_happened_while_nobody_read_the_journal_is_caught_up(desk, drain, inside):
    desk.published(title="涂层甲")
    drain()
    made = desk.published(title="涂层乙")
    desk.save(made, title="釉料乙")
    desk.submit(made)
    desk.publish(made)
    drain()
    assert found("釉料") == {made}
    assert made not in found("涂层")
    assert check() == []


def test_the_consumer_reads_only_what_concerns_it(app):
    assert set(SEARCHABLE.kinds) == set(consumer(app).kinds)


def test_an_index_thrown_away_is_made_again(app, desk, drain, inside, data_folder):
    made = desk.published(title="涂层甲")
    drain()
    (data_folder / "index" / "CURRENT").unlink()
    assert ensure_index()
    assert not ensure_index()
    assert found("涂层") == {made}


# ── rebuilding and checking ───────────────────────────────────────────────────────────────────────────


def test_while_a_rebuild_runs_the_old_index_answers(app, desk, drain, inside, monkeypatch):
    made = {desk.published(title=f"涂层 {number}") for number in range(3)}
    drain()
    seen = []

    def slowly(ctx, id_):
        seen.append(found("涂层"))
        return search_document(ctx, id_)

    searchables = app.extensions[EXTENSION].registry.searchables
    monkeypatch.setitem(searchables, SEARCHABLE.kind, replace(SEARCHABLE, document=slowly))
    before = search_service().engine.generation()
    assert rebuild() == 3
    assert seen == [made] * 3
    assert search_service().engine.generation().directory != before.directory
    assert found("涂层") == made


def test_a_rebuild_that_fails_leaves_the_old_index(app, desk, drain, inside, monkeypatch):
    made = {desk.published(title=f"涂层 {number}") for number in range(3)}
    drain()

    def fails(ctx, id_):
        if id_ == max(made):
            raise OSError("the disk is full")
        return search_document(ctx, id_)

    searchables = app.extensions[EXTENSION].registry.searchables
    monkeypatch.setitem(searchables, SEARCHABLE.kind, replace(SEARCHABLE, document=fails))
    with pytest.raises(OSError, match="full"):
        rebuild()
    monkeypatch.undo()
    assert found("涂层") == made
    assert search_service().suggest("涂层 ")
    assert check() == []


def test_check_finds_planted_differences(desk, drain, inside):
    gone, changed, kept = (desk.published(title=f"涂层{number}号") for number in "甲乙丙")
    drain()
    service = search_service()
    phantom = replace(search_document(reading(SYSTEM), kept), id="ach_phantom")
    renamed = replace(search_document(reading(SYSTEM), changed), title="别的名称")
    service.apply([phantom, renamed], [gone])
    assert sorted(check(), key=lambda one: one.fault) == [
        Difference("ach_phantom", Fault.EXTRA),
        Difference(gone, Fault.MISSING),
        Difference(changed, Fault.STALE),
    ]
    rebuild()
    assert check() == []


def test_check_finds_what_was_changed_behind_the_journal(desk, drain, inside):
    made = desk.published(title="涂层甲")
    drain()
    with unit_of_work(SYSTEM) as ctx:
        ctx.session.execute(update(Achievement).where(Achievement.id == made).values(state="withdrawn"))
    assert check() == [Difference(made, Fault.EXTRA)]


# ── settings ──────────────────────────────────────────────────────────────────────────────────────────


def test_an_index_may_lie_elsewhere(tmp_path):
    site = SiteIndex(tmp_path / "data", f"whoosh:{tmp_path / 'elsewhere'}", COLUMNS)
    site.writer().rebuild([])
    assert site.exists()
    assert (tmp_path / "elsewhere" / "CURRENT").exists()
    assert not (tmp_path / "data").exists()
    site.close()


@pytest.mark.parametrize("url", ["", "lucene:", "whoosh2:/srv"])
def test_an_unknown_engine_stops_the_start(tmp_path, url):
    with pytest.raises(SettingsError, match="MARKETPLACE_SEARCH_URL"):
        SiteIndex(tmp_path, url, COLUMNS)


def test_both_engines_keep_the_same_site(app, desk, drain, inside, data_folder):
    made = desk.published(title="涂层甲")
    drain()
    other = SiteIndex(data_folder / "other", "tantivy:", COLUMNS)
    other.writer().rebuild([search_document(reading(SYSTEM), made)])
    asked = SearchRequest(ANONYMOUS.tokens, "涂层")
    assert [hit.id for hit in other.reader().search(asked).hits] == [made] == list(found("涂层"))
    other.close()


# ── a worker that is killed ───────────────────────────────────────────────────────────────────────────


@pytest.fixture
def worker(settings):
    """Starts real worker processes on the test's site and ends them."""
    started = []

    def start():
        environment = {
            **os.environ,
            "MARKETPLACE_DATA": str(settings.data),
            "MARKETPLACE_DATABASE_URL": settings.database_url,
            "MARKETPLACE_SECRET_KEY": settings.secret_key,
        }
        command = [sys.executable, "-m", "marketplace", "worker"]
        process = subprocess.Popen(command, cwd=HOME, env=environment, stderr=subprocess.DEVNULL)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def waiting(seconds=60.0):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        yield
        time.sleep(0.02)
    pytest.fail("the worker did not get so far")


def read_so_far():
    db.session.rollback()
    cursor = db.session.get(Cursor, "search", populate_existing=True)
    return cursor.position if cursor else 0


def journal_size():
    db.session.rollback()
    return len(all_entries())


def test_a_killed_worker_is_followed_by_one_that_agrees(desk, inside, worker, data_folder):
    """Killed at the first sign of the index, then in the middle of its work, then let finish."""
    for number in range(6):
        desk.published(title=f"涂层 {number}")
    first = worker()
    for _ in waiting():
        if (data_folder / "index").exists():
            break
    first.send_signal(signal.SIGKILL)
    first.wait()

    second = worker()
    made = []
    for _ in waiting():
        made.append(desk.published(title=f"釉料 {len(made)}"))
        if read_so_far() and len(made) > 3:
            break
    desk.withdraw(made[0])
    second.send_signal(signal.SIGKILL)
    second.wait()

    third = worker()
    for _ in waiting():
        if read_so_far() >= journal_size():
            break
    third.send_signal(signal.SIGTERM)
    assert third.wait(timeout=20) == 0
    assert check() == []
    assert found("釉料") == set(made[1:])
    assert len(found("涂层")) == 6


# ── commands ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def run(app):
    runner = app.test_cli_runner()
    return lambda *arguments: runner.invoke(search, arguments)


def test_a_text_is_searched_as_the_public_does(desk, drain, run):
    made = desk.published(title="热障涂层")
    desk.submitted(title="待审核的涂层")
    drain()
    done = run("涂层")
    assert (done.exit_code, done.stdout) == (0, f"1 found\n{made}  热障涂层\n")


def test_options_may_come_before_the_text(desk, drain, run):
    made = desk.published(title="热障涂层")
    drain()
    done = run("--json", "--type", "achievement", "--limit", "1", "涂层")
    answer = json.loads(done.stdout)
    assert (done.exit_code, answer["total"]) == (0, 1)
    assert {"id": made, "type": "achievement", "title": "热障涂层", "partial": False}.items() <= answer[
        "items"
    ][0].items()


def test_finding_nothing_is_no_error(desk, drain, run):
    desk.published()
    drain()
    done = run("zzzz")
    assert (done.exit_code, done.stdout) == (0, "0 found\n")


def test_a_command_that_has_the_name_of_a_text_can_still_be_searched_for(desk, drain, run):
    desk.published()
    drain()
    assert run("query", "check").stdout.endswith("found\n")


@pytest.mark.parametrize(
    "arguments", [("--type", "trade", "x"), ("--limit", "0", "x"), ("--limit", "1000", "x"), ("query",)]
)
def test_wrong_usage_exits_2(run, arguments):
    assert run(*arguments).exit_code == 2


@pytest.mark.parametrize("arguments", [("涂层",), ("check",)])
def test_without_an_index_the_commands_say_what_to_do(run, arguments):
    done = run(*arguments)
    assert done.exit_code == 1
    assert "marketplace search rebuild" in done.stderr


def test_rebuild_and_check(desk, run, inside):
    made = desk.published()
    done = run("rebuild")
    assert (done.exit_code, done.stdout) == (0, "1 documents\n")
    assert (run("check").exit_code, run("check").stdout) == (0, "index and database agree\n")
    search_service().apply([], [made])
    done = run("check")
    assert done.exit_code == 1
    assert f"missing {made}" in done.stderr
