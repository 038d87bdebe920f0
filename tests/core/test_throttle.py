"""Rate limits: exact under concurrency, sliding, kept whatever becomes of the request."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from marketplace.core.db import db
from marketplace.core.errors import TooMany
from marketplace.core.throttle import Hits, throttle
from tests.threads import together


@pytest.fixture
def use(app, clock):
    """One use at the clock's time: did it pass?"""

    def once(key="1.2.3.4", purpose="login", limit=3, seconds=60):
        with app.app_context():
            try:
                throttle(clock.now(), purpose, key, limit, seconds)
            except TooMany:
                return False
            return True

    return once


def test_uses_up_to_the_limit_pass_and_the_next_does_not(use):
    assert [use() for _ in range(4)] == [True, True, True, False]


def test_keys_and_purposes_are_counted_apart(use):
    assert [use(), use(), use()] == [True, True, True]
    assert use(key="5.6.7.8")
    assert use(purpose="recover")
    assert not use()


def test_the_refused_are_told_when_to_come_again(app, clock, use):
    clock.advance(seconds=20)
    for _ in range(3):
        use()
    with app.app_context(), pytest.raises(TooMany) as caught:
        throttle(clock.now(), "login", "1.2.3.4", 3, 60)
    assert 0 < caught.value.retry_after <= 60
    clock.advance(seconds=caught.value.retry_after + 60)
    assert use()


@given(pauses=st.lists(st.integers(0, 40), min_size=1, max_size=40))
def test_never_more_than_twice_the_limit_pass_in_any_window(app, clock, use, pauses):
    clock.advance(days=1)
    passed = []
    for pause in pauses:
        clock.advance(seconds=pause)
        if use():
            passed.append(clock.now())
    for start in passed:
        assert sum(0 <= (moment - start).total_seconds() < 60 for moment in passed) <= 6


def test_the_window_before_counts_by_its_share(clock, use):
    """Three uses at the end of a window still weigh on the start of the next one, and lose weight in its course."""
    clock.advance(seconds=59)
    assert [use(), use(), use()] == [True, True, True]
    clock.advance(seconds=2)
    assert not use()
    clock.advance(seconds=45)
    assert use()


def test_a_use_counts_although_the_request_fails(app, clock, use):
    with app.app_context():
        for _ in range(3):
            throttle(clock.now(), "login", "1.2.3.4", 3, 60)
            db.session.rollback()
    assert not use()


def test_uses_of_many_threads_are_counted_exactly(app, clock):
    def one(_index):
        try:
            throttle(clock.now(), "login", "1.2.3.4", 10, 60)
        except TooMany:
            return 0
        return 1

    assert sum(together(app, 20, one)) == 10


def test_no_address_and_no_stale_count_stays_in_the_database(app, clock, use):
    use()
    clock.advance(hours=1)
    use()
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Hits)) == 1
        assert "1.2.3.4" not in db.session.scalars(select(Hits.key)).all()
