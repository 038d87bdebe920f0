"""The stories of public notices, as they stand on the day the market is loaded."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from listings.notices import models as m
from listings.notices.certificates import conditions
from listings.notices.objections import models as o
from listings.notices.objections.models import Objection
from listings.plans.models import WITHDRAWN, Plan
from marketplace.core.clock import SHANGHAI, FrozenClock, local_date
from marketplace.core.context import SYSTEM
from marketplace.core.db import db
from marketplace.core.journal import Entry, entries_of
from marketplace.core.relay import drain
from marketplace.core.runtime import EXTENSION, runtime
from marketplace.core.uow import reading
from marketplace.core.uploads.gate import check as check_upload
from marketplace.demo.market import load
from marketplace.demo.reading import achievements, rows
from marketplace.evidence.bundle import write_bundle
from marketplace.evidence.keys import load_log_key
from marketplace.evidence.queries import bundle_of
from marketplace.evidence.trust import site_policy

STATES = {"clean": m.CERTIFIED, "dismissed": m.RUNNING, "restarted": m.RUNNING, "void": m.VOID}
#: An ordinary day just after midnight, the end of two long holidays, a day shortly after each, and days on which the
#: longest story began in one of them.
DAYS = [
    datetime(2026, 11, 25, 0, 41, tzinfo=SHANGHAI),
    datetime(2026, 10, 7, 12, 0, tzinfo=SHANGHAI),
    datetime(2026, 10, 12, 18, 0, tzinfo=SHANGHAI),
    datetime(2026, 2, 23, 23, 30, tzinfo=SHANGHAI),
    datetime(2026, 2, 25, 9, 0, tzinfo=SHANGHAI),
    datetime(2026, 12, 8, 10, 0, tzinfo=SHANGHAI),
    datetime(2026, 4, 26, 10, 0, tzinfo=SHANGHAI),
]


@pytest.fixture
def session(market: Flask) -> Iterator[None]:
    with market.app_context():
        yield


def told(story: str) -> m.Notice:
    """The notice of a story, found by its achievement's title."""
    key = next(row["achievement"] for row in rows("notices") if row["story"] == story)
    title = next(row["title"] for row in achievements() if row["key"] == key)
    return db.session.scalars(select(m.Notice).where(m.Notice.title == title)).unique().one()


def objections(notice: m.Notice) -> list[Objection]:
    return list(db.session.scalars(select(Objection).where(Objection.notice_id == notice.id)).unique())


def test_without_the_years_holidays_the_clean_one_waits_for_nothing_else(app: Flask, clock: FrozenClock):
    clock.move_to(datetime(2027, 2, 12, 9, 0, tzinfo=SHANGHAI))
    assert not app.extensions[EXTENSION].calendar.covers(local_date(clock.now()))
    with app.app_context():
        load(large=False, told=lambda _what: None)
        notice = told("clean")
        assert notice.state == m.EXPIRED
        assert [one.code for one in conditions(reading(SYSTEM), notice) if not one.holds] == ["calendar"]


@pytest.mark.parametrize("now", DAYS, ids=[f"{day:%Y-%m-%d}" for day in DAYS])
def test_the_stories_come_out_the_same_on_every_day(app: Flask, clock: FrozenClock, now: datetime):
    clock.move_to(now)
    with app.app_context():
        load(large=False, told=lambda _what: None)
        assert {story: told(story).state for story in STATES} == STATES
        assert told("clean").expired_at < now - timedelta(days=1)
        for story in ("dismissed", "restarted"):
            assert told(story).next_deadline > now, story
        times = list(db.session.scalars(select(Entry.at).order_by(Entry.position)))
        assert times == sorted(times)
        assert times[-1] <= clock.now()


@pytest.mark.usefixtures("session")
def test_the_clean_one_was_seen_three_times_and_met_every_condition():
    notice = told("clean")
    assert [capture.point for capture in notice.captures if capture.point == m.END] == [m.END]
    looks = {capture.point: local_date(capture.taken_at) for capture in notice.captures}
    assert looks[m.START] == local_date(notice.edition.started_at)
    assert looks[m.MIDDLE] == notice.edition.middle_on
    assert looks[m.END] == local_date(notice.expired_at)
    assert {capture.seen for capture in notice.captures} == {m.SAME}
    assert [one.code for one in conditions(reading(SYSTEM), notice) if not one.holds] == []
    assert notice.certificate is not None
    assert objections(notice) == []
    for capture in notice.captures:
        check_upload(capture.name, runtime().files.path(capture.digest))


@pytest.mark.usefixtures("session")
def test_one_runs_on_after_an_objection_that_was_dismissed(clock: FrozenClock):
    notice = told("dismissed")
    [objection] = objections(notice)
    assert (objection.outcome, objection.effect) == (o.DISMISSED, o.CONTINUE)
    assert objection.confirmed_at is not None
    assert timedelta(days=2) < notice.next_deadline - clock.now() < timedelta(days=15)
    assert len(notice.edition.spells) == 2
    outstanding = {one.code for one in conditions(reading(SYSTEM), notice) if not one.holds}
    assert {"expired", "capture_end"} <= outstanding
    assert not {"decision", "procedure", "gate", "whole"} & outstanding


@pytest.mark.usefixtures("session")
def test_one_was_corrected_and_runs_in_its_second_edition():
    notice = told("restarted")
    [objection] = objections(notice)
    assert (objection.outcome, objection.effect, objection.n) == (o.PARTLY, o.RESTART, 1)
    assert objection.state == o.CLOSED
    assert notice.n == 2
    first, second = notice.editions
    assert first.text != second.text
    assert "三百小时" in second.content["payment_terms"]
    assert second.why == objection.summary


@pytest.mark.usefixtures("session")
def test_one_is_void_and_its_plan_was_taken_back():
    notice = told("void")
    [objection] = objections(notice)
    assert (objection.outcome, objection.effect) == (o.UPHELD, o.END)
    assert notice.void_reason == "upheld"
    assert notice.certificate is None
    assert db.session.get_one(Plan, notice.subject).state == WITHDRAWN


@pytest.mark.usefixtures("session")
def test_whoever_decides_an_objection_had_no_part_in_the_matter():
    for story in ("dismissed", "restarted", "void"):
        notice = told(story)
        plan = db.session.get_one(Plan, notice.subject)
        [objection] = objections(notice)
        involved = {plan.created_by, plan.submitted_by, plan.decision.recorded_by, notice.created_by}
        assert objection.handler_id == objection.decided_by
        assert objection.decided_by not in involved


@pytest.mark.usefixtures("session")
def test_who_works_for_a_unit_or_a_zone_does_so_on_working_days():
    for notice in db.session.scalars(select(m.Notice)).unique():
        for entry in entries_of(db.session(), notice.id):
            if entry.actor.startswith("usr_") and entry.kind != "notice.observed":
                local = entry.at.astimezone(SHANGHAI)
                assert 9 <= local.hour < 18, entry.kind
                assert runtime().calendar.is_workday(local.date()), entry.kind


@pytest.mark.usefixtures("session")
def test_what_a_midnight_made_due_was_written_down_at_once():
    due = [entry for entry in db.session.scalars(select(Entry)) if "due" in entry.data]
    assert {"notice.expired", "notice.objection_closed"} <= {entry.kind for entry in due}
    for entry in due:
        assert timedelta() <= entry.at - datetime.fromisoformat(entry.data["due"]) < timedelta(minutes=1)


@pytest.mark.usefixtures("session")
def test_the_bundle_of_the_clean_one_verifies_on_its_own(tmp_path: Path):
    drain()
    running = runtime()
    policy = site_policy(
        running.settings.data, load_log_key(running.settings.data, running.settings.log_origin)
    )
    members = bundle_of(db.session(), told("clean").id, running.files, policy)
    with (tmp_path / "bundle.zip").open("wb") as target:
        write_bundle(members, target)
    (tmp_path / "zsverify.py").write_bytes(members["zsverify.py"])
    (tmp_path / "policy").write_text(policy)
    command = [sys.executable, "-I", "-S", "zsverify.py", "bundle.zip", "--policy", "policy"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "FAIL" not in done.stdout


def test_nothing_public_tells_who_objected(market: Flask):
    given = [row["objection"] for row in rows("notices") if "objection" in row]
    secret = [said[part] for said in given for part in ("name", "email", "facts", "remedy")]
    with market.app_context():
        drain()
        ids = [notice.id for notice in db.session.scalars(select(m.Notice)).unique()]
        journal = [f"{entry.actor} {entry.data}" for entry in db.session.scalars(select(Entry))]
    client = market.test_client()
    paths = ["/", "/notices", "/notices.atom", "/transparency", "/api/v1/notices"]
    paths += [f"{start}/notices/{one}" for one in ids for start in ("", "/api/v1")]
    answers = [client.get(path) for path in paths]
    assert {answer.status_code for answer in answers} == {200}
    shown = [answer.text for answer in answers]
    shown += [repr(client.get(f"/notices/{one}/bundle.zip").data) for one in ids]
    assert [word for word in secret for text in (*shown, *journal) if word in text] == []
