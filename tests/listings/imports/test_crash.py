"""A process may die at any moment: the rows that were settled stay, the others follow, each once."""

import json
import subprocess
import sys
from threading import Thread

import pytest
from sqlalchemy import func, select

from listings.achievements.models import Achievement, Assessment, Revision
from listings.imports import running
from listings.imports.models import ImportRow
from listings.imports.running import run
from listings.imports.services import STALLED, go_on, start
from marketplace.accounts.models import Membership
from marketplace.core.db import db
from marketplace.core.errors import Conflict
from marketplace.core.journal import Entry
from marketplace.core.uow import unit_of_work
from tests.listings.imports.sheets import as_csv, rows

ROWS = 700
#: Dies like a process that is killed: no handler runs, nothing is flushed, no lock is given back.
DIE = """
import json, os, sys
from pathlib import Path
from listings.imports.running import run
from tests.applications import running, site_settings
data, url, job_id = json.loads(sys.argv[1])
left = [2]
def watch(rows):
    left[0] -= 1
    if not left[0]:
        os._exit(9)
with running(site_settings(Path(data), url)) as app, app.app_context():
    run(job_id, watch)
"""


@pytest.fixture
def started(app, cast, check):
    job_id = check(cast.tto_officer.actor, "a.csv", as_csv(rows(*range(1, ROWS + 1))))
    with app.app_context(), unit_of_work(cast.tto_officer.actor) as ctx:
        start(ctx, job_id)
    return job_id


def tables(app):
    with app.app_context():
        return {
            model.__tablename__: db.session.scalar(select(func.count()).select_from(model))
            for model in (Achievement, Revision, Assessment, ImportRow)
        } | {"drafted": db.session.scalar(select(func.count()).where(Entry.kind == "achievement.drafted"))}


def assert_each_once(app, done):
    assert (done.state, done.rows, done.counts) == ("done", ROWS, {"complete": ROWS})
    assert set(tables(app).values()) == {ROWS}
    with app.app_context():
        numbers = [row.external_id for row in db.session.scalars(select(Achievement)).unique()]
        assert len(set(numbers)) == ROWS


def test_killed_in_the_middle_it_goes_on_where_it_stopped(app, settings, drain, job, started):
    arguments = json.dumps([str(settings.data), settings.database_url, started])
    died = subprocess.run([sys.executable, "-c", DIE, arguments], check=False, capture_output=True)
    assert died.returncode == 9, died.stderr.decode()
    assert job(started).position == 400
    assert set(tables(app).values()) == {400}
    drain()  # the worker is started again: its entry was never ticked off
    assert_each_once(app, job(started))


def test_an_error_in_the_middle_of_a_piece_leaves_whole_pieces(app, drain, job, started, monkeypatch):
    def fail(*_arguments):
        raise RuntimeError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(running, "keep_rows", fail)
        with app.app_context(), pytest.raises(RuntimeError):
            run(started)
    assert set(tables(app).values()) == {0}
    drain()
    assert_each_once(app, job(started))


def test_two_processes_on_one_job_bring_each_row_once(app, job, started):
    def carry_out():
        with app.app_context():
            run(started)

    threads = [Thread(target=carry_out) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert_each_once(app, job(started))


def test_a_finished_job_is_not_run_again(app, drain, job, started):
    drain()
    with app.app_context():
        run(started)
    assert_each_once(app, job(started))


def test_a_job_that_nobody_carries_out_any_more_can_be_taken_up(app, cast, clock, drain, job, started):
    with app.app_context(), unit_of_work(cast.tto_officer.actor) as ctx, pytest.raises(Conflict):
        go_on(ctx, started)
    clock.advance(seconds=STALLED.total_seconds())
    with app.app_context(), unit_of_work(cast.tto_officer.actor) as ctx:
        go_on(ctx, started)
    drain()
    assert_each_once(app, job(started))


def test_who_leaves_the_unit_brings_nothing_more_in(app, cast, drain, job, started):
    with app.app_context(), unit_of_work(cast.unit_admin.actor) as ctx:
        membership = ctx.session.scalar(
            select(Membership).where(Membership.user_id == cast.tto_officer.user_id)
        )
        ctx.session.delete(membership)
    drain()
    ended = job(started)
    assert ended.state == "failed"
    assert "不能代表该单位" in ended.reason["zh"]
    assert set(tables(app).values()) == {0}
