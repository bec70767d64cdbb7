"""The lock between the processes of one workspace.

It lies on a file of its own, so that the ledger itself is never opened just to wait. The system
releases it when its holder dies: nothing has to be cleaned up.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.store.disk import Disk
from engine.store.failure import StoreFailure

_FIRST_PAUSE = 0.0002
_LONGEST_PAUSE = 0.02
_PATIENCE = 20.0
"""Seconds of pauses before a command is refused: far longer than any transaction takes."""


class FolderLock:
    """Many readers or one writer. A handle must not take it twice at once."""

    def __init__(self, disk: Disk, path: Path) -> None:
        self._disk = disk
        self._path = path
        self._handle = disk.open_or_create(path)

    def held(self, *, exclusive: bool) -> Hold:
        """Hold the lock; `K108` if another process keeps it for too long."""
        return Hold(self, exclusive=exclusive)

    @contextmanager
    def attempted(self) -> Iterator[bool]:
        """Hold the lock alone if nobody else has it, without waiting; gives whether."""
        if not self._disk.lock(self._handle, exclusive=True):
            yield False
            return
        try:
            yield True
        finally:
            self.give_back()

    def take(self, *, exclusive: bool) -> None:
        """Wait for the lock; `K108` if another process keeps it for too long."""
        waited, pause = 0.0, _FIRST_PAUSE
        while not self._disk.lock(self._handle, exclusive=exclusive):
            if waited >= _PATIENCE:
                raise StoreFailure("K108", file=str(self._path))
            self._disk.pause(pause)
            waited += pause
            pause = min(pause * 1.5, _LONGEST_PAUSE)

    def give_back(self) -> None:
        """Let the others in."""
        self._disk.unlock(self._handle)

    def close(self) -> None:
        """Release the handle, and with it the lock."""
        self._disk.close(self._handle)


class Hold:
    """A lock from the beginning of a block to its end. Every append takes one, so it is no generator."""

    __slots__ = ("_exclusive", "_lock")

    def __init__(self, lock: FolderLock, *, exclusive: bool) -> None:
        self._lock = lock
        self._exclusive = exclusive

    def __enter__(self) -> None:
        self._lock.take(exclusive=self._exclusive)

    def __exit__(self, *_: object) -> None:
        self._lock.give_back()
