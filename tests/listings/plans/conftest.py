"""What tests of plans, rules and decisions ask for."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from marketplace.core.context import Actor, Context
from tests.cast import Cast
from tests.listings.plans.office import Office


@pytest.fixture
def office(cast: Cast, ctx_for: Callable[[Actor], AbstractContextManager[Context]]) -> Office:
    return Office(cast, ctx_for)
