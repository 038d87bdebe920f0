"""Applications for tests: made like the real one, closed without a trace."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from flask import Flask

from marketplace.app import create_app
from marketplace.core.clock import SHANGHAI, Clock, FrozenClock
from marketplace.core.db import db
from marketplace.database import upgrade_schema
from marketplace.settings import Settings

#: A Monday morning with no holiday near.
OPENING = datetime(2026, 3, 2, 9, 30, tzinfo=SHANGHAI)


def site_settings(data: Path, database_url: str) -> Settings:
    """Settings of a site that lies below `data`."""
    return Settings(data=data, database_url=database_url, secret_key="not a secret in tests")


@contextmanager
def running(settings: Settings, clock: Clock | None = None) -> Iterator[Flask]:
    """An application; its database connections are closed at the end."""
    app = create_app(settings, clock or FrozenClock(OPENING))
    try:
        yield app
    finally:
        with app.app_context():
            db.engine.dispose()


def build_schema(app: Flask) -> None:
    """Create every table, as an operator does."""
    with app.app_context():
        upgrade_schema()
