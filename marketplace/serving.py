"""Everything one machine needs, on one port: pages in web workers, relay and clocks in a worker beside them.

All of them are forked from one process that has made the application and never uses it, so the machine reads the
program once and keeps one copy of it. A fork must inherit neither a connection to the database nor a thread; the
factory makes none.
"""

import multiprocessing
import os
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from granian import Granian
from granian.constants import Interfaces

from marketplace.worker import work

PATIENCE = 20.0
"""Seconds that the relay worker has to end; after that it goes on where it was at the next start."""

MOST_THREADS = 8
"""Requests that a web worker has at hand at once. Beyond two a core they only wait for each other."""

LAST_ANSWERS = 10
"""Seconds that web workers have to end; without a limit, one that hangs would keep the site from ending."""


def serve(app: Flask, host: str, port: int, workers: int) -> None:
    """Serve until stopped. The relay worker ends with the server."""
    multiprocessing.set_start_method("fork")  # Granian's workers too
    with _worker_beside(app):
        Granian(
            "marketplace",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=min(MOST_THREADS, 2 * (os.cpu_count() or 1) + 1),
            workers_kill_timeout=LAST_ANSWERS,
            log_access=False,
        ).serve(target_loader=lambda: app, wrap_loader=False)


@contextmanager
def _worker_beside(app: Flask) -> Iterator[None]:
    worker = multiprocessing.Process(target=work, args=(app,), name="relay")
    worker.start()
    try:
        yield
    finally:
        worker.terminate()
        worker.join(PATIENCE)
        worker.kill()
