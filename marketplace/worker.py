"""The relay worker: hands the journal to its consumers and catches rows up with the clock, until it is stopped."""

import logging
import signal
import threading
from collections.abc import Callable, Iterator

from flask import Flask

from marketplace.core.relay import drain
from marketplace.core.runtime import runtime
from marketplace.core.sole import sole_worker
from marketplace.core.ticker import tick
from marketplace.evidence.cosigning import Cosigning
from marketplace.evidence.stamping import Stamping
from search_index.wiring import ensure_index

log = logging.getLogger(__name__)
PAUSE = 0.3  # seconds between looks at the journal; a publication is findable within two of them


def work(app: Flask) -> None:
    """Relay and clocks, until SIGTERM or SIGINT. Waits while another worker of this site is at work.

    Long work such as imports has a thread of its own, so that search and messages do not wait for it; so have the
    witnesses of the log and the authorities that stamp it, which answer over the network.
    """
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        # From another thread: a handler runs between two steps of the main one, which may hold the event's lock.
        signal.signal(number, lambda *_: threading.Thread(target=stop.set).start())
    with app.app_context(), sole_worker(stop):
        beside = [
            threading.Thread(target=_beside, args=(app, stop, action))
            for action in (_long_round, *_cosigning(), *_stamping())
        ]
        for thread in beside:
            thread.start()
        _repeat(stop, _round)
        for thread in beside:
            thread.join()


def _round() -> None:
    ensure_index()
    tick()
    drain(slow=False)


def _long_round() -> None:
    drain(slow=True)


def _cosigning() -> Iterator[Callable[[], object]]:
    settings = runtime().settings
    if settings.witnesses:
        yield Cosigning(settings.witnesses, settings.data, settings.log_origin).round


def _stamping() -> Iterator[Callable[[], object]]:
    settings = runtime().settings
    if settings.timestamps:
        yield Stamping(settings.timestamps, settings.data).round


def _beside(app: Flask, stop: threading.Event, action: Callable[[], object]) -> None:
    with app.app_context():
        _repeat(stop, action)


def _repeat(stop: threading.Event, action: Callable[[], object]) -> None:
    while not stop.is_set():
        try:
            action()
        except Exception:
            log.exception("the worker goes on after an error")
            stop.wait(2)
        stop.wait(PAUSE)
