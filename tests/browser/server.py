"""The application under test behind a real port."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from marketplace.core.relay import drain
from marketplace.core.ticker import tick

PAUSE = 0.05  # seconds between looks at the journal


class _Quiet(WSGIRequestHandler):
    timeout = 5  # seconds of silence; browsers open connections that they never use

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - its parent's name
        """Requests are not worth a line."""


@contextmanager
def listening(app: Flask) -> Iterator[str]:
    """The address of the application while it is served."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    server.daemon_threads = False  # type: ignore[attr-defined]  # the end waits for answers that are on their way
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The same, with relay and clocks beside it. An error of theirs is raised at the end."""
    stop = threading.Event()
    errors: list[BaseException] = []

    def work() -> None:
        try:
            while not stop.wait(PAUSE):
                with app.app_context():
                    tick()
                    drain()
        except BaseException as error:  # noqa: BLE001 - raised in the test's own thread
            errors.append(error)

    worker = threading.Thread(target=work)
    worker.start()
    try:
        with listening(app) as address:
            yield address
    finally:
        stop.set()
        worker.join()
    if errors:
        raise errors[0]
