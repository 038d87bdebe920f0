"""Where indexes live on disk: one directory each, a pointer to the current one, one lock for the writer.

<root>/CURRENT                         name of the current directory, replaced atomically
<root>/writer.lock                     held while anything is written; an OS lock, gone with its process
<root>/<engine>-<schema hash>-000003   an index
"""

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from search_index.engine import IndexLockedError, IndexMissingError

KEEP_OLD_SECONDS = 60
"""An index no longer current stays that long for those still reading it."""


class Directories:
    """The directories of one kind of index (`prefix`: engine and schema hash) under one root."""

    def __init__(self, root: Path, prefix: str, *, timeout: float = 10.0) -> None:
        self.root, self.prefix = root, prefix
        self._timeout = timeout
        self._pointer = root / "CURRENT"
        self._lock_path = root / "writer.lock"
        self._thread_lock = Lock()

    def current(self) -> Path:
        """Directory of the current index. Raises IndexMissingError if there is none of this schema and engine."""
        try:
            name = self._pointer.read_text(encoding="ascii").strip()
        except FileNotFoundError:
            raise IndexMissingError(f"no index in {self.root}") from None
        if name.rpartition("-")[0] != self.prefix:
            raise IndexMissingError(f"the index in {self.root} is of another engine or schema: {name}")
        return self.root / name

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the writer's lock. Raises IndexLockedError after the timeout."""
        self.root.mkdir(parents=True, exist_ok=True)
        with self._thread_lock, self._lock_path.open("a") as lock:
            self._acquire(lock.fileno())
            os.utime(self._lock_path)
            self._remove_leftovers()
            yield

    def new(self) -> Path:
        """An empty directory after all others; nobody reads it before `switch`. Needs the lock."""
        path = self.root / f"{self.prefix}-{max(map(_number, self._all()), default=0) + 1:06d}"
        path.mkdir()
        return path

    def switch(self, path: Path) -> None:
        """Make a directory the current one, atomically. Needs the lock."""
        aside = self.root / "CURRENT.new"
        with aside.open("w", encoding="ascii") as file:
            file.write(path.name)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(self._pointer)

    def _acquire(self, descriptor: int) -> None:
        deadline = time.monotonic() + self._timeout
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise IndexLockedError(f"another process is writing in {self.root}") from None
                time.sleep(0.02)
            else:
                return

    def _all(self) -> list[Path]:
        return [path for path in self.root.iterdir() if path.is_dir() and _number(path)]

    def _remove_leftovers(self) -> None:
        """Remove builds that were killed (newer than the current one) and indexes replaced a while ago.

        The clock is the file system's: the lock was touched just now.
        """
        if not self._pointer.exists():
            current, replaced = 0, False
        else:
            current = _number(Path(self._pointer.read_text(encoding="ascii").strip()))
            age = self._lock_path.stat().st_mtime - self._pointer.stat().st_mtime
            replaced = age >= KEEP_OLD_SECONDS
        for path in self._all():
            if _number(path) > current or (replaced and _number(path) < current):
                shutil.rmtree(path)


def _number(path: Path) -> int:
    number = path.name.rpartition("-")[2]
    return int(number) if number.isdigit() and path.name.count("-") >= 2 else 0
