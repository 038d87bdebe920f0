"""The relay: every consumer gets every entry it wants, in order, at least once; what poisons it is set aside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from marketplace.core.context import SYSTEM
from marketplace.core.db import db
from marketplace.core.ids import Series, next_number
from marketplace.core.journal import record
from marketplace.core.registry import Consumer
from marketplace.core.relay import ATTEMPTS, Cursor, Parked, drain, lag
from marketplace.core.uow import unit_of_work


class Poisoned(Exception):
    """An entry that a consumer cannot digest."""


class Reader:
    """Notes the positions it is given, up to the first it cannot take."""

    def __init__(self, poison=()):
        self.poison = set(poison)
        self.seen = []

    def __call__(self, ctx, entries):
        for entry in entries:
            if entry.position in self.poison:
                raise Poisoned(entry.position)
            self.seen.append(entry.position)

    @property
    def first_seen(self):
        return list(dict.fromkeys(self.seen))


@pytest.fixture
def consumers(app):
    """The application's consumers, emptied for the test to fill."""
    listed = app.extensions["marketplace"].registry.consumers
    listed.clear()
    return listed


@pytest.fixture
def write(ctx_for):
    def entries(number, kind="achievement.submitted"):
        for _ in range(number):
            with ctx_for(SYSTEM) as ctx:
                record(ctx, kind, "ach_1")

    return entries


@pytest.fixture
def drain_with_patience(app, clock):
    """Drain until no pause is left to wait for."""

    def run():
        for _ in range(200):
            with app.app_context():
                drain()
                if not any(lag().values()):
                    return
            clock.advance(minutes=2)
        raise AssertionError("the relay never caught up")

    return run


def parked(app):
    with app.app_context():
        return [
            (row.consumer, row.position)
            for row in db.session.scalars(select(Parked).order_by(Parked.position))
        ]


def test_a_consumer_gets_everything_once_and_in_order(consumers, write, drain):
    reader = Reader()
    consumers.append(Consumer("reader", reader, batch=3))
    write(7)
    assert drain() == 7
    write(2)
    assert drain() == 2
    assert drain() == 0
    assert reader.seen == list(range(9))


def test_a_consumer_gets_only_the_kinds_it_wants(consumers, write, drain):
    reader = Reader()
    consumers.append(Consumer("reader", reader, kinds=("achievement.",)))
    write(1)
    write(1, "organisation.verified")
    write(1)
    drain()
    assert reader.seen == [0, 2]


def test_what_a_consumer_does_not_want_takes_no_room_in_its_batches(consumers, write, drain):
    batches = []
    consumers.append(
        Consumer("reader", lambda _, entries: batches.append(len(entries)), kinds=("case.",), batch=2)
    )
    write(5)
    write(3, "case.decided")
    write(1)
    assert drain() == 3
    assert batches == [2, 1]
    assert drain() == 0


def test_a_kind_is_taken_at_its_letters(consumers, write, drain):
    reader = Reader()
    consumers.append(Consumer("reader", reader, kinds=("import.check_requested",)))
    write(1, "import.check%requested")
    write(1, "import.check_requested")
    drain()
    assert reader.seen == [1]


def test_what_was_handled_before_a_crash_is_handed_over_again(app, consumers, write, drain):
    reader = Reader()

    def crash(ctx, entries):
        reader(ctx, entries)
        raise KeyboardInterrupt

    consumers.append(Consumer("reader", crash))
    write(2)
    with pytest.raises(KeyboardInterrupt):
        drain()
    consumers[:] = [Consumer("reader", reader)]
    drain()
    assert reader.seen == [0, 1, 0, 1]


def test_a_failing_consumer_is_asked_again_after_growing_pauses(app, consumers, write, drain, clock):
    reader = Reader(poison=[0])
    consumers.append(Consumer("reader", reader))
    write(1)
    pauses = []
    with app.app_context():
        for _ in range(ATTEMPTS):
            drain_now = clock.now()
            drain()
            waits_until = db.session.get(Cursor, "reader").retry_at
            db.session.rollback()
            pauses.append((waits_until - drain_now).total_seconds())
            clock.move_to(waits_until)
    assert pauses == sorted(pauses)
    assert pauses[0] < pauses[-1] <= 60
    reader.poison.clear()
    assert drain() == 1
    assert parked(app) == []


def test_an_entry_that_never_works_is_parked_and_the_rest_goes_on(app, consumers, write, drain_with_patience):
    reader = Reader(poison=[1])
    consumers.append(Consumer("reader", reader))
    write(4)
    drain_with_patience()
    assert parked(app) == [("reader", 1)]
    assert reader.first_seen == [0, 2, 3]
    with app.app_context():
        assert "Poisoned" in db.session.scalar(select(Parked.error))


def test_one_consumers_trouble_is_not_the_others(consumers, write, drain):
    healthy = Reader()
    consumers.extend([Consumer("ill", Reader(poison=[0])), Consumer("healthy", healthy)])
    write(3)
    drain()
    assert healthy.seen == [0, 1, 2]


def test_lag_counts_what_a_consumer_has_not_read(app, consumers, write, drain):
    consumers.extend([Consumer("ill", Reader(poison=[2])), Consumer("healthy", Reader())])
    write(4)
    with app.app_context():
        assert lag() == {"ill": 4, "healthy": 4}
    drain()
    with app.app_context():
        assert lag() == {"ill": 2, "healthy": 0}


def test_a_transactional_consumer_that_fails_leaves_nothing_of_its_work(app, consumers, write, drain):
    def half(ctx, entries):
        next_number(ctx, "CG")
        ctx.session.flush()
        raise Poisoned

    consumers.append(Consumer("half", half, transactional=True))
    write(1)
    drain()
    with app.app_context():
        assert db.session.scalar(select(Series.last)) is None


@given(
    number=st.integers(0, 12),
    poison=st.sets(st.integers(0, 11), max_size=3),
    batch=st.integers(1, 5),
    own=st.booleans(),
)
def test_every_healthy_entry_arrives_in_order_and_every_poisoned_one_is_parked(
    app, consumers, write, drain_with_patience, number, poison, batch, own
):
    with app.app_context(), unit_of_work(SYSTEM) as ctx:
        for row in [*ctx.session.scalars(select(Parked)), *ctx.session.scalars(select(Cursor))]:
            ctx.session.delete(row)
    consumers.clear()
    with app.app_context():
        consumers.append(Consumer("reader", Reader()))
        drain()  # what earlier examples wrote
        start = db.session.get(Cursor, "reader")
        offset = start.position if start else 0
        db.session.rollback()
    reader = Reader(position + offset for position in poison)
    consumers[:] = [Consumer("reader", reader, batch=batch, transactional=own)]
    write(number)
    drain_with_patience()
    positions = range(offset, offset + number)
    assert [position for _name, position in parked(app)] == [p for p in positions if p in reader.poison]
    assert reader.first_seen == [p for p in positions if p not in reader.poison]
