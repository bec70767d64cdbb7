"""The timers of one case: standing, fired once, or put aside while their owner stands still."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from heapq import heappop, heappush

from engine.events import TimerSet
from engine.rest import Suspension


@dataclass(slots=True)
class Timers:
    """What a case has of timers.

    Attributes:
        timers: standing timers by id; `timers_of` lists them per task or armed action.
        resting: timers that stand still, per task or armed action, until their owner goes on.
        suspended: set while the whole case stands still.
    """

    timers: dict[str, TimerSet] = field(default_factory=dict)
    timers_of: dict[str, tuple[TimerSet, ...]] = field(default_factory=dict)
    resting: dict[str, tuple[TimerSet, ...]] = field(default_factory=dict)
    timer_queue: list[tuple[datetime, str]] = field(default_factory=list, compare=False)
    """A heap of every timer set; some of them may stand no more."""
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
        for old in self.timers_of.pop(owner, ()):
            self.timers.pop(old.id, None)
        if timers:
            self.timers_of[owner] = timers
            for timer in timers:
                self.timers[timer.id] = timer
                heappush(self.timer_queue, (timer.at, timer.id))

    def rest(self, owners: list[str]) -> None:
        """Put aside the timers of what stands still."""
        for owner in owners:
            if owner in self.timers_of and self.rests(owner):
                self.set_timers(owner, self.timers_of[owner])

    def first_timer(self) -> TimerSet | None:
        """The timer that comes due first."""
        while self.timer_queue:
            at, timer = self.timer_queue[0]
            standing = self.timers.get(timer)
            if standing is not None and standing.at == at:
                return standing
            heappop(self.timer_queue)
        return None

    def drop_timer(self, timer: str) -> None:
        """A timer has fired; it stands no more."""
        self.timers.pop(timer, None)
        owner = timer_owner(timer)
        rest = tuple(one for one in self.timers_of.get(owner, ()) if one.id != timer)
        if rest:
            self.timers_of[owner] = rest
        else:
            self.timers_of.pop(owner, None)

    def drop_all_timers(self) -> None:
        """Nothing stands any more."""
        self.timers.clear()
        self.resting.clear()
        self.suspended = None
        self.timers_of.clear()
        self.timer_queue.clear()


def timer_owner(timer: str) -> str:
    """The task or declaration that a timer id (`OWNER!kind`) belongs to."""
    return timer.rpartition("!")[0]
