"""What tests of the demonstration ask for."""

import pytest
from flask import Flask

from marketplace.core.clock import FrozenClock
from marketplace.core.db import db
from marketplace.demo.market import load, loaded


@pytest.fixture
def market(app: Flask, clock: FrozenClock) -> Flask:
    """The small market, loaded when its texts say: late in 2026."""
    clock.advance(days=300)
    with app.app_context():
        assert not loaded()
        load(large=False, told=lambda _what: None)
        db.session.rollback()
    return app
