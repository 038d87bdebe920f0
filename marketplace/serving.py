"""Everything one machine needs, on one port: pages in web workers, relay and clocks in a worker beside them."""

import logging
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Flask
from granian import Granian
from granian.constants import Interfaces

from marketplace.core.relay import drain
from marketplace.core.sole import sole_worker
from marketplace.core.ticker import tick
from search_index.wiring import ensure_index

log = logging.getLogger(__name__)
PAUSE = 0.3  # seconds between looks at the journal; a publication is findable within two of them


def serve(host: str, port: int, workers: int) -> None:
    """Serve until stopped. The relay worker ends with the server."""
    with _worker_beside():
        Granian(
            "marketplace.wsgi:app",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=8,
            log_access=False,
        ).serve()


@contextmanager
def _worker_beside() -> Iterator[None]:
    worker = subprocess.Popen([sys.executable, "-m", "marketplace", "worker"])
    try:
        yield
    finally:
        worker.terminate()
        worker.wait(timeout=20)


def work(app: Flask) -> None:
    """Relay and clocks, until SIGTERM or SIGINT. Waits while another worker of this site is at work.

    Long work such as imports has a thread of its own, so that search and messages do not wait for it.
    """
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with app.app_context(), sole_worker(stop):
        beside = threading.Thread(target=_beside, args=(app, stop))
        beside.start()
        _repeat(stop, _round)
        beside.join()


def _round() -> None:
    ensure_index()
    tick()
    drain(slow=False)


def _long_round() -> None:
    drain(slow=True)


def _beside(app: Flask, stop: threading.Event) -> None:
    with app.app_context():
        _repeat(stop, _long_round)


def _repeat(stop: threading.Event, action: Callable[[], None]) -> None:
    while not stop.is_set():
        try:
            action()
        except Exception:
            log.exception("the worker goes on after an error")
            stop.wait(2)
        stop.wait(PAUSE)
