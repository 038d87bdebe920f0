"""Units of work: all or nothing, one writer at a time, a repeated request carried out once."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from marketplace.core.context import SYSTEM, Actor
from marketplace.core.db import db
from marketplace.core.ids import Series, next_number
from marketplace.core.journal import Entry, record
from marketplace.core.uow import DoneRequest, once, reading, unit_of_work
from tests.threads import together

ALICE, BOB = Actor(user_id="usr_1"), Actor(user_id="usr_2")


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_a_unit_of_work_that_ends_well_is_kept(app, ctx_for):
    with ctx_for(ALICE) as ctx:
        next_number(ctx, "CG")
        record(ctx, "achievement.submitted", "ach_1")
    with app.app_context():
        assert (count(Series), count(Entry)) == (1, 1)


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt], ids=lambda error: error.__name__)
def test_a_unit_of_work_that_fails_leaves_nothing(app, ctx_for, error):
    with pytest.raises(error), ctx_for(ALICE) as ctx:
        next_number(ctx, "CG")
        record(ctx, "achievement.submitted", "ach_1")
        once(ctx, "k1", "make", lambda: "ach_1")
        ctx.session.flush()
        raise error
    with app.app_context():
        assert (count(Series), count(Entry), count(DoneRequest)) == (0, 0, 0)


def test_what_was_loaded_before_is_read_again_under_the_lock(app):
    with app.app_context():
        with unit_of_work(ALICE) as ctx:
            next_number(ctx, "CG")
        mine = reading(ALICE).session.get(Series, "CG2026")
        assert mine.last == 1

        def raise_it(_index):
            with unit_of_work(BOB) as ctx:
                next_number(ctx, "CG")

        together(app, 1, raise_it)
        with unit_of_work(ALICE):
            assert mine.last == 2


def test_the_time_is_read_when_the_lock_is_held_not_when_it_is_asked_for(app, ctx_for, clock):
    asked = threading.Event()
    seen = []

    def wait_for_the_lock():
        with app.app_context():
            asked.set()
            with unit_of_work(BOB) as ctx:
                seen.append(ctx.now)

    with ctx_for(ALICE) as ctx:
        waiting = threading.Thread(target=wait_for_the_lock)
        waiting.start()
        asked.wait(10)
        clock.advance(hours=1)
        later = ctx.now
    waiting.join(30)
    assert seen == [clock.now()]
    assert seen[0] > later


@given(
    turns=st.lists(st.tuples(st.sampled_from(["k1", "k2", None]), st.sampled_from([ALICE, BOB])), max_size=12)
)
def test_a_request_is_carried_out_once_for_each_actor_and_key(app, ctx_for, turns):
    with ctx_for(SYSTEM) as ctx:
        for done in ctx.session.scalars(select(DoneRequest)):
            ctx.session.delete(done)
    made = []
    first = {}
    for key, actor in turns:
        with ctx_for(actor) as ctx:
            answer = once(ctx, key, "make", lambda: made.append("x") or f"ach_{len(made)}")
        assert answer == first.setdefault((key, actor), answer) or key is None
    keyless = sum(key is None for key, _actor in turns)
    assert len(made) == keyless + len({turn for turn in turns if turn[0] is not None})


def test_twenty_copies_of_one_request_make_one_thing(app):
    made = []

    def ask(index):
        with unit_of_work(ALICE) as ctx:
            return once(ctx, "k1", "make", lambda: made.append(index) or next_number(ctx, "CG"))

    answers = together(app, 20, ask)
    assert set(answers) == {"CG2026000001"}
    assert len(made) == 1


def test_a_request_that_failed_may_be_tried_again(ctx_for):
    def fail():
        raise ValueError

    with pytest.raises(ValueError), ctx_for(ALICE) as ctx:
        once(ctx, "k1", "make", fail)
    with ctx_for(ALICE) as ctx:
        assert once(ctx, "k1", "make", lambda: "ach_1") == "ach_1"
