"""One reader shared by many threads, replaced when out of date, closed after its last user."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Generic, TypeVar

R = TypeVar("R")


class _Lease(Generic[R]):
    def __init__(self, reader: R) -> None:
        self.reader = reader
        self.users = 0
        self.retired = False


class SharedReader(Generic[R]):
    """Hands out the current reader.

    `is_current` is asked at most once in `interval` seconds; a new reader is opened, never the old one
    refreshed (Whoosh's refresh keeps deleted documents findable).
    """

    def __init__(
        self,
        open_reader: Callable[[], R],
        is_current: Callable[[R], bool],
        close_reader: Callable[[R], None],
        *,
        interval: float = 1.0,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._open_reader, self._is_current, self._close_reader = open_reader, is_current, close_reader
        self._interval, self._monotonic = interval, monotonic
        self._lease: _Lease[R] | None = None
        self._checked = 0.0
        self._lock = Lock()

    @contextmanager
    def use(self) -> Iterator[R]:
        """The current reader, open until the block ends whatever happens meanwhile."""
        lease = self._take()
        try:
            yield lease.reader
        finally:
            self._give_back(lease)

    def reopen(self) -> bool:
        """Look for something newer now. Returns whether the reader was replaced."""
        with self._lock:
            before = self._lease
            self._checked = self._monotonic()
            if before is None or self._is_current(before.reader):
                return False
            self._replace(_Lease(self._open_reader()))
            return True

    def close(self) -> None:
        with self._lock:
            self._replace(None)

    def _take(self) -> _Lease[R]:
        with self._lock:
            now = self._monotonic()
            due = now - self._checked >= self._interval
            if self._lease is None or (due and not self._is_current(self._lease.reader)):
                self._replace(_Lease(self._open_reader()))
            if due:
                self._checked = now
            lease = self._lease
            assert lease is not None
            lease.users += 1
            return lease

    def _give_back(self, lease: _Lease[R]) -> None:
        with self._lock:
            lease.users -= 1
            self._close_if_done(lease)

    def _replace(self, lease: _Lease[R] | None) -> None:
        old, self._lease = self._lease, lease
        if old is not None:
            old.retired = True
            self._close_if_done(old)

    def _close_if_done(self, lease: _Lease[R]) -> None:
        if lease.retired and lease.users == 0:
            self._close_reader(lease.reader)
