"""One relay worker at a time for a site, whatever was started twice: the index has one writer."""

import fcntl
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text

from marketplace.core.db import db
from marketplace.core.runtime import runtime

_LOCK_NUMBER = 5_731_001  # PostgreSQL advisory lock of the relay worker
_PAUSE = 1.0


@contextmanager
def sole_worker(stop: threading.Event) -> Iterator[None]:
    """Wait for the site's worker lock, hold it inside. Returns early (holding nothing) when `stop` is set."""
    data = runtime().settings.data
    data.mkdir(parents=True, exist_ok=True)
    with (data / "worker.lock").open("w") as lock, db.engine.connect() as connection:
        while not stop.is_set() and not (_locked_here(lock.fileno()) and _locked_everywhere(connection)):
            stop.wait(_PAUSE)
        yield


def _locked_here(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _locked_everywhere(connection: Connection) -> bool:
    """On PostgreSQL the lock holds across machines. It lives as long as the connection."""
    if connection.dialect.name != "postgresql":
        return True
    connection.execute(text("SET idle_in_transaction_session_timeout = 0"))
    taken = bool(connection.scalar(text("SELECT pg_try_advisory_lock(:number)"), {"number": _LOCK_NUMBER}))
    connection.commit()
    return taken
