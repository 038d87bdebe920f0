"""A write with its journal entry against the same write without: at least 0.8 of the speed with one writer."""

import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.ratios import compare, keep
from marketplace.accounts.models import User
from marketplace.app import create_app
from marketplace.core.clock import FrozenClock
from marketplace.core.context import SYSTEM
from marketplace.core.journal import record
from marketplace.core.relay import drain
from marketplace.core.uow import unit_of_work
from marketplace.database import upgrade_schema
from marketplace.settings import Settings

START = datetime(2026, 3, 2, tzinfo=UTC)
WRITES = 100


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(data=Path(folder), secret_key="benchmark"), FrozenClock(START))
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
                f"{WRITES} journalled writes / the same without",
                lambda: write(journalled=True),
                lambda: write(journalled=False),
                ">= 0.8",
                clock=time.perf_counter,  # to the disk and back, which is what a writer waits for
            )
            followed = compare(
                f"the log follows {WRITES} entries / writing them",
                drain,
                lambda: write(journalled=True),
                "-",
            )
    keep("journal", [written, followed])


if __name__ == "__main__":
    main()
