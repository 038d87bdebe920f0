"""No change without a journal entry, and none without a change: every route that may change something.

`tests/house/deeds` says of each route how it is used and what that leaves behind. A deed is done through the door that
people and programs use, and all tables are compared before and after.
"""

from collections import Counter

import pytest
from werkzeug.test import TestResponse

from marketplace.core.clock import local_date
from marketplace.core.db import Base
from tests.house.deeds.books import DERIVED, HOMES, JOURNAL, LOCK, TECHNICAL, books
from tests.house.deeds.deed import Call, Deed
from tests.house.deeds.market import Market
from tests.house.deeds.refusals import refusals
from tests.house.deeds.sending import Sender
from tests.house.deeds.table import DEEDS, NEVER_REFUSED, USUAL
from tests.house.matrix import Route, give_tokens, identities, routes, scopes, sent_to_log_in, use_tokens

SAFE = {"GET"}
#: A refused try must be counted.
THROTTLE = frozenset({"throttle_hits"})


@pytest.fixture
def listed(app) -> list[Route]:
    return routes(app)


@pytest.fixture
def market(app, cast, clock, ctx_for, drain, listed) -> Market:
    give_tokens(app, identities(cast), scopes(listed))
    return Market(app, cast, clock, ctx_for, drain)


@pytest.fixture
def call(market, deed) -> Call:
    """What is sent, a while after the last thing happened, so that a time written down anew is seen."""
    prepared = deed.call(market)
    market.clock.advance(minutes=1)
    use_tokens(market.app, local_date(market.clock.now()))
    return prepared


@pytest.fixture
def route(listed, deed) -> Route:
    return next(one for one in changing(listed) if one.rule.endpoint == deed.endpoint)


def changing(listed: list[Route]) -> list[Route]:
    """The routes that may change something, whatever they do."""
    return [route for route in listed if route.method not in SAFE]


def test_every_route_that_may_change_something_has_its_deed_and_no_other_has(listed):
    found = Counter(route.rule.endpoint for route in changing(listed))
    assert found == Counter(deed.endpoint for deed in USUAL)
    assert {deed.endpoint for deed in DEEDS} == found.keys()


def test_every_table_is_spoken_of_in_the_journal_or_said_not_to_be():
    homes = set().union(*HOMES.values())
    apart = {JOURNAL, LOCK, *TECHNICAL, *DERIVED}
    assert homes | apart == Base.metadata.tables.keys()
    assert not homes & apart


@pytest.mark.parametrize("deed", DEEDS, ids=str)
def test_a_deed_leaves_its_entries_and_changes_what_they_are_about(market, route, deed, call):
    before = books(market.app)
    answer = Sender(market, route).send(call)
    assert carried_out(answer, deed), answer.text
    after = books(market.app)
    assert after.added_since(before) == deed.leaves.entries
    changed = after.changed_since(before) - TECHNICAL.keys()
    if deed.leaves.tables is None:
        check_homes(deed.leaves.entries, changed)
    else:
        assert changed == deed.leaves.tables, deed.leaves.because


@pytest.mark.parametrize("deed", [deed for deed in USUAL if deed.endpoint not in NEVER_REFUSED], ids=str)
def test_a_refused_deed_leaves_nothing(market, route, deed, call):
    before = books(market.app)
    attempts = list(refusals(deed, route, call))
    assert attempts
    for wrong, attempt in attempts:
        answer = Sender(market, route).send(attempt)
        assert 400 <= answer.status_code < 500 or sent_to_log_in(answer), wrong
        after = books(market.app)
        assert after.added_since(before) == (), wrong
        assert after.changed_since(before) <= THROTTLE, wrong


def carried_out(answer: TestResponse, deed: Deed) -> bool:
    """Not refused. Who has logged out is sent to the log-in page as well, but that leaves an entry."""
    if deed.status is not None:
        return answer.status_code == deed.status
    return answer.status_code < 400 and bool(deed.leaves.entries or not sent_to_log_in(answer))


def check_homes(entries: tuple[str, ...], changed: frozenset[str]) -> None:
    """Each entry stands beside a change of what it is about, and each change beside an entry."""
    homes = {entry: HOMES[entry.partition(".")[0]] for entry in entries}
    assert [entry for entry, home in homes.items() if not home & changed] == []
    assert changed - set().union(*homes.values()) == set()
