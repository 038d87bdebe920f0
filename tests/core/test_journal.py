"""The journal: gap-free positions, a chain for each subject, commitments that a stranger can recompute."""

import base64
import hashlib
import json

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from marketplace.core.context import SYSTEM, Actor
from marketplace.core.db import db
from marketplace.core.journal import Entry, entries_of, record, record_first
from marketplace.core.uow import reading, unit_of_work
from tests.threads import together

texts = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
facts = st.tuples(
    st.sampled_from(["ach_1", "ach_2", "org_1"]),
    st.sampled_from(["achievement.submitted", "achievement.published", "organisation.verified"]),
    st.dictionaries(texts, values, max_size=4),
)


def assert_whole():
    """Everything an auditor would check, on what the database really holds."""
    session = db.session()
    session.expire_all()
    entries = session.scalars(select(Entry).order_by(Entry.position)).all()
    assert [entry.position for entry in entries] == list(range(len(entries)))
    ends = {}
    for entry in entries:
        n, previous = ends.get(entry.subject, (0, ""))
        assert (entry.n, entry.prev) == (n + 1, previous)
        opened = {"event": entry.event, "salt": base64.b64encode(entry.salt).decode()}
        assert entry.commitment == hashlib.sha256(rfc8785.dumps(opened)).hexdigest()
        ends[entry.subject] = (entry.n, entry.commitment)


@given(units=st.lists(st.lists(facts, max_size=4), max_size=4), pause=st.integers(1, 10**9))
def test_whatever_is_recorded_the_journal_is_whole(app, clock, units, pause):
    for unit in units:
        with app.app_context(), unit_of_work(Actor(user_id="usr_1")) as ctx:
            for subject, kind, data in unit:
                record(ctx, kind, subject, data)
        clock.advance(seconds=pause / 10**6)
    with app.app_context():
        assert_whole()


@given(data=st.dictionaries(texts, values, max_size=4))
def test_data_comes_back_as_it_was_given(app, data):
    with app.app_context(), unit_of_work(SYSTEM) as ctx:
        record(ctx, "achievement.submitted", "ach_1", data)
    with app.app_context():
        kept = entries_of(db.session(), "ach_1")[-1].data
        assert json.dumps(kept, sort_keys=True) == json.dumps(data, sort_keys=True)


@given(before=st.integers(0, 3), subjects=st.integers(0, 5))
def test_first_facts_of_many_subjects_stand_behind_what_there_was(app, before, subjects):
    with app.app_context(), unit_of_work(SYSTEM) as ctx:
        ctx.session.execute(text("SELECT 1"))
        start = len(ctx.session.scalars(select(Entry)).all())
        for _ in range(before):
            record(ctx, "organisation.verified", "org_1")
        names = [f"imp_{start}_{before}_{number}" for number in range(subjects)]
        record_first(ctx, "achievement.drafted", [(name, {"row": place}) for place, name in enumerate(names)])
        for name in names:
            record(ctx, "achievement.submitted", name)
    with app.app_context():
        assert [entry.n for name in names for entry in entries_of(db.session(), name)] == [1, 2] * subjects
        assert_whole()


def test_an_entry_says_who_did_what_when(app, ctx_for, clock):
    with ctx_for(Actor(user_id="usr_1")) as ctx:
        record(ctx, "achievement.submitted", "ach_1", {"to": "submitted"})
    with app.app_context():
        (entry,) = entries_of(db.session(), "ach_1")
        assert entry.event == {
            "type": "achievement.submitted",
            "subject": "ach_1",
            "n": 1,
            "prev": "",
            "t": "2026-03-02T01:30:00.000000+00:00",
            "by": "usr_1",
            "data": {"to": "submitted"},
        }


def test_two_equal_facts_have_different_commitments(ctx_for):
    with ctx_for(SYSTEM) as ctx:
        record_first(ctx, "achievement.submitted", [("ach_1", {}), ("ach_2", {})])
        ((first,), (second,)) = (entries_of(ctx.session, subject) for subject in ("ach_1", "ach_2"))
        assert first.salt != second.salt
        assert first.commitment != second.commitment


def test_a_unit_that_fails_leaves_no_gap(app, ctx_for):
    with pytest.raises(ZeroDivisionError), ctx_for(SYSTEM) as ctx:
        record(ctx, "achievement.submitted", "ach_1")
        raise ZeroDivisionError
    with ctx_for(SYSTEM) as ctx:
        record(ctx, "achievement.submitted", "ach_1")
    with app.app_context():
        assert [entry.position for entry in entries_of(db.session(), "ach_1")] == [0]
        assert_whole()


@pytest.mark.parametrize("subjects", [["ach_1"], ["ach_1", "ach_2", "ach_3"]], ids=["one subject", "several"])
def test_threads_writing_at_once_leave_a_whole_journal(app, subjects):
    def write(index):
        for turn in range(10):
            with unit_of_work(SYSTEM) as ctx:
                record(
                    ctx, "achievement.submitted", subjects[(index + turn) % len(subjects)], {"writer": index}
                )

    together(app, 4, write)
    with app.app_context():
        assert_whole()
        assert len(db.session.scalars(select(Entry)).all()) == 40


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_entry SET actor = 'usr_2'",
        "DELETE FROM journal_entry",
        "DELETE FROM journal_entry WHERE n = 1",
    ],
)
def test_history_can_be_neither_changed_nor_deleted(app, ctx_for, statement):
    with ctx_for(SYSTEM) as ctx:
        record(ctx, "achievement.submitted", "ach_1")
    with app.app_context():
        with pytest.raises(DBAPIError, match="append-only"):
            db.session.execute(text(statement))
        db.session.rollback()
        assert_whole()


def test_nothing_is_recorded_outside_a_unit_of_work(app):
    with app.app_context(), pytest.raises(RuntimeError, match="unit of work"):
        record(reading(SYSTEM), "achievement.submitted", "ach_1")


def test_a_session_that_has_left_its_unit_of_work_may_not_record(app):
    with app.app_context():
        with unit_of_work(SYSTEM) as ctx:
            record(ctx, "achievement.submitted", "ach_1")
        with pytest.raises(RuntimeError, match="unit of work"):
            record(ctx, "achievement.submitted", "ach_1")
