"""The database layer: times keep their instant, connections keep their promises, an abandoned result harms nobody."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError, StatementError

from marketplace.core.context import SYSTEM
from marketplace.core.db import db
from marketplace.core.ids import Series, next_number
from marketplace.core.relay import Parked
from marketplace.core.uow import unit_of_work
from tests.threads import together

zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 29), timezones=zones)


def kept(moment):
    """The moment as it comes back from the database."""
    db.session.merge(Parked(consumer="c", position=0, error="", at=moment))
    db.session.commit()
    db.session.expire_all()
    return db.session.get(Parked, ("c", 0)).at


@given(moment=moments)
def test_an_instant_comes_back_as_the_same_instant_in_utc(app, moment):
    with app.app_context():
        back = kept(moment)
    assert back == moment
    assert back.utcoffset() == timedelta(0)


def test_a_time_without_a_zone_does_not_reach_the_database(app):
    with app.app_context():
        with pytest.raises(StatementError, match="without a zone"):
            kept(datetime(2026, 3, 2, 9, 30))
        db.session.rollback()


def test_instants_are_compared_as_instants(app):
    with app.app_context():
        kept(datetime(2026, 3, 2, 9, 30, tzinfo=timezone(timedelta(hours=8))))
        later = select(func.count()).where(Parked.at > datetime(2026, 3, 2, 1, 29, tzinfo=UTC))
        assert db.session.scalar(later) == 1


def test_a_reference_to_nothing_is_refused(app):
    with app.app_context():
        statement = text(
            "INSERT INTO membership (user_id, org_id, roles, since) VALUES ('usr_0', 'org_0', '[]', :now)"
        )
        with pytest.raises(IntegrityError):
            db.session.execute(statement, {"now": "2026-03-02"})
            db.session.commit()
        db.session.rollback()


def test_no_connection_waits_for_ever(app):
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            assert db.session.scalar(text("PRAGMA busy_timeout")) == 15000
            assert db.session.scalar(text("PRAGMA synchronous")) == 2  # FULL: a commit survives a power cut
        else:
            for limit in ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout"):
                assert db.session.scalar(text(f"SHOW {limit}")) not in ("0", 0)


def test_a_result_that_nobody_finished_reading_neither_shows_the_past_nor_blocks_the_next_writer(app):
    """What an error between query and reading leaves behind: SQLite keeps the snapshot for as long as the cursor lives."""

    def number(_index):
        with unit_of_work(SYSTEM) as ctx:
            return next_number(ctx, "CG")

    with app.app_context():
        with unit_of_work(SYSTEM) as ctx:
            ctx.session.add_all(Series(name=f"S{n}", last=0) for n in range(500))
        unread = db.session.execute(select(Series.name))
        together(app, 1, number)
        db.session.rollback()
        with (
            db.engine.connect()
        ):  # the other connection in the pool, so that the next is the one with the open cursor
            with unit_of_work(SYSTEM) as ctx:
                assert next_number(ctx, "CG") == "CG2026000002"
        unread.close()
