"""Applications for tests: made like the real one, closed without a trace."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from flask import Flask
from sqlalchemy.pool import QueuePool

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
    """An application; its database connections are closed at the end, and none is still out by then."""
    app = create_app(settings, clock or FrozenClock(OPENING))
    try:
        yield app
    finally:
        with app.app_context():
            pool = db.engine.pool
            out = pool.checkedout() if isinstance(pool, QueuePool) else 0
            db.engine.dispose()
    if out:
        gc.collect()  # they end here and not in the middle of the report
    assert not out, f"{out} connections were not given back"


def build_schema(app: Flask) -> None:
    """Create every table, as an operator does."""
    with app.app_context():
        upgrade_schema()
