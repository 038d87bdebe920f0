"""What tests of trades ask for."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask

from marketplace.core.clock import FrozenClock
from marketplace.core.context import Actor, Context
from tests.auctions.counter import Counter
from tests.auctions.floor import Floor
from tests.auctions.parties import Parties
from tests.cast import Cast


@pytest.fixture
def floor(
    cast: Cast, clock: FrozenClock, ctx_for: Callable[[Actor], AbstractContextManager[Context]]
) -> Floor:
    return Floor(cast, clock, ctx_for)


@pytest.fixture
def counter(floor: Floor) -> Counter:
    return Counter(floor)


@pytest.fixture
def parties(app: Flask, floor: Floor) -> Parties:
    return Parties(app, floor)
