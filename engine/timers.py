"""The timers of one case: standing, fired once, or put aside while their owner stands still."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from heapq import heappop, heappush

from engine.events import TimerSet
from engine.rest import Suspension


@dataclass(slots=True)
class Timers:
    """What a case has of timers. Their owners are tasks, and what moments are armed for.

    Attributes:
        timers: the standing timers of each owner that has any.
        resting: timers that stand still until their owner goes on.
        suspended: set while the whole case stands still.
    """

    timers: dict[str, tuple[TimerSet, ...]] = field(default_factory=dict)
    resting: dict[str, tuple[TimerSet, ...]] = field(default_factory=dict)
    timer_queue: list[tuple[datetime, str]] = field(default_factory=list, compare=False)
    """A heap of owners by their first timer; some of these may stand no more."""
    wakes_at: datetime | None = field(default=None, compare=False)
    """When the store is known to wake the case."""
    suspended: Suspension | None = None

    def rests(self, owner: str) -> bool:
        """True if what has an owner stands still; tasks may do so by themselves."""
        del owner
        return self.suspended is not None

    def set_timers(self, owner: str, timers: tuple[TimerSet, ...]) -> None:
        """Put an owner's timers in the place of those that it had; what stands still keeps them."""
        self.resting.pop(owner, None)
        if timers and self.rests(owner):
            self.resting[owner] = timers
            timers = ()
        self._stand(owner, timers)

    def _stand(self, owner: str, timers: tuple[TimerSet, ...]) -> None:
        if timers:
            self.timers[owner] = timers
            heappush(self.timer_queue, (min([one.at for one in timers]), owner))
        else:
            self.timers.pop(owner, None)

    def rest(self, owners: list[str]) -> None:
        """Put aside the timers of what stands still."""
        for owner in owners:
            if owner in self.timers and self.rests(owner):
                self.set_timers(owner, self.timers[owner])

    def first_timer(self) -> tuple[str, TimerSet] | None:
        """The timer that comes due first, behind its owner."""
        while self.timer_queue:
            at, owner = self.timer_queue[0]
            for timer in self.timers.get(owner, ()):
                if timer.at == at:
                    return owner, timer
            heappop(self.timer_queue)
        return None

    @property
    def standing(self) -> Iterator[tuple[str, TimerSet]]:
        """Every timer that stands, behind its owner."""
        return ((owner, one) for owner, timers in self.timers.items() for one in timers)

    @property
    def next_timer(self) -> datetime | None:
        """When the first timer comes due."""
        first = self.first_timer()
        return None if first is None else first[1].at

    def drop_timer(self, owner: str, fired: TimerSet) -> None:
        """A timer has fired; it stands no more."""
        self._stand(
            owner, tuple(one for one in self.timers.get(owner, ()) if not one.is_like(fired))
        )

    def drop_all_timers(self) -> None:
        """Nothing stands any more."""
        self.timers.clear()
        self.resting.clear()
        self.suspended = None
        self.timer_queue.clear()
