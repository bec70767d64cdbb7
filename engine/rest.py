"""What stands still: suspensions, and clocks that have stopped with their time kept."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct


class Suspension(Struct, kw_only=True, gc=False):
    """A case or a task that somebody has suspended, and why."""

    person: str
    reason: str
    at: datetime


class Clock(Struct, kw_only=True, gc=False):
    """How a task's clock has run so far; a task whose clock has never stopped has none.

    Attributes:
        consumed: seconds of its budget that were used up when the clock last stopped or started.
        since: when it last started.
        remaining: seconds that are left while it stands; None while it runs, or for a point in time.
        suspended: who has suspended the task alone.
        waits_for: the role that is waited for, if that time does not count.
    """

    since: datetime
    consumed: int = 0
    remaining: int | None = None
    suspended: Suspension | None = None
    waits_for: str | None = None

    @property
    def stands(self) -> bool:
        """True if the task's clock stands by itself, whatever its case does."""
        return self.suspended is not None or self.waits_for is not None
