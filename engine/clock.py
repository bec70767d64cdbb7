"""The only places where the wall clock is read and where ids are made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from os import urandom
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The present instant, UTC."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present instant, UTC."""
        return datetime.now(UTC)


class SandboxClock:
    """A clock that stands where a sandbox workspace has set it.

    Args:
        read: gives the instant that the workspace holds.
    """

    def __init__(self, read: Callable[[], datetime]) -> None:
        self._read = read

    def now(self) -> datetime:
        """The workspace's instant, UTC."""
        return self._read()


def new_id() -> str:
    """An id that nothing else has ever had: of a workspace, or of a command that has none."""
    return urandom(16).hex()
