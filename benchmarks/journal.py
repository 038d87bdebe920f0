"""A write with its journal entry against the same write without: at least 0.8 of the speed with one writer.

On SQLite as a site runs it, and on a PostgreSQL that waits for the disk at every commit.
"""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.ratios import Ratio, compare, keep
from marketplace.accounts.models import User
from marketplace.app import create_app
from marketplace.core.clock import FrozenClock
from marketplace.core.context import SYSTEM
from marketplace.core.db import db
from marketplace.core.journal import record
from marketplace.core.relay import drain
from marketplace.core.uow import unit_of_work
from marketplace.database import upgrade_schema
from marketplace.settings import Settings
from tests.postgres import postgres_server

START = datetime(2026, 3, 2, tzinfo=UTC)
WRITES = 100


def main() -> None:
    results = []
    for backend in (sqlite, postgresql):
        with backend() as settings:
            results += measured(settings, backend.__name__)
    keep("journal", results)


@contextmanager
def sqlite() -> Iterator[Settings]:
    with tempfile.TemporaryDirectory() as folder:
        yield Settings(data=Path(folder), secret_key="benchmark")


@contextmanager
def postgresql() -> Iterator[Settings]:
    with postgres_server(durable=True) as server, tempfile.TemporaryDirectory() as folder:
        server.execute("CREATE DATABASE benchmark")
        yield Settings(data=Path(folder), secret_key="benchmark", database_url=server.url("benchmark"))


def measured(settings: Settings, backend: str) -> list[Ratio]:
    app = create_app(settings, FrozenClock(START))
    with app.app_context():
        upgrade_schema()
        made = iter(range(10_000_000))

        def write(*, journalled: bool) -> None:
            for _ in range(WRITES):
                number = next(made)
                with unit_of_work(SYSTEM) as ctx:
                    user = User(
                        id=f"usr_{number:020d}",
                        email=f"{number}@example.test",
                        name="基准",
                        password="",
                        created_at=START,
                    )
                    ctx.session.add(user)
                    if journalled:
                        record(ctx, "user.registered", user.id, {"number": number})

        written = compare(
            f"{backend}: {WRITES} journalled writes / the same without",
            lambda: write(journalled=True),
            lambda: write(journalled=False),
            ">= 0.8",
            clock=time.perf_counter,  # to the disk and back, which is what a writer waits for
        )
        followed = compare(
            f"{backend}: the log follows {WRITES} entries / writing them",
            drain,
            lambda: write(journalled=True),
            "-",
        )
        db.session.remove()
        db.engine.dispose()
    return [written, followed]


if __name__ == "__main__":
    main()
