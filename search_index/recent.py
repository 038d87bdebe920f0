"""A bounded memory of what was read last."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sized
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V", bound=Sized)

OVERHEAD = 64
"""What keeping any value takes, in elements."""


class Recent(Generic[K, V]):
    """Keeps `room` elements of the values used last. Safe from any thread."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._kept: OrderedDict[K, V] = OrderedDict()
        self._taken = 0
        self._lock = Lock()

    def get(self, key: K, make: Callable[[], V]) -> V:
        """The value kept under the key, made now if there is none."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._lock:
            self._keep(key, made)
        return made

    def _keep(self, key: K, value: V) -> None:
        if key in self._kept:  # another thread was faster
            return
        self._kept[key] = value
        self._taken += len(value) + OVERHEAD
        while self._taken > self._room:
            _, oldest = self._kept.popitem(last=False)
            self._taken -= len(oldest) + OVERHEAD
