"""What tests of grants ask for."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask

from marketplace.core.clock import FrozenClock
from marketplace.core.context import Actor, Context
from tests.cast import Cast
from tests.listings.grants.desk import GrantDesk


@pytest.fixture
def desk(
    app: Flask, cast: Cast, clock: FrozenClock, ctx_for: Callable[[Actor], AbstractContextManager[Context]]
) -> GrantDesk:
    return GrantDesk(app, cast, clock, ctx_for)
