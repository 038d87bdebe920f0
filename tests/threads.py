"""Several at once: the same thing done by many threads of one application, started together."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from flask import Flask

Result = TypeVar("Result")
PATIENCE = 60.0  # seconds


def together(app: Flask, number: int, work: Callable[[int], Result]) -> list[Result]:
    """`work(0)` … `work(number - 1)` at the same moment, each in an application context; their results in order."""
    gate = threading.Barrier(number, timeout=PATIENCE)

    def one(index: int) -> Result:
        gate.wait()
        with app.app_context():
            return work(index)

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(one, range(number), timeout=PATIENCE))
