"""Timers and deadlines a second time: set, fired once, put aside and going on with what was left."""

from datetime import UTC, date, datetime

from engine import events as e
from tests.engine.reference.approvals import Step
from tests.engine.reference.clocks import days_before, worked
from tests.engine.reference.declared import Declared

Name = tuple[str, int | None]
"""A timer of an owner: its kind and rung."""


class Timing:
    """What a case has of time; `gone` are the tasks that are over."""

    def __init__(self, book: Declared) -> None:
        self.book = book
        self.now = datetime(2026, 3, 2, tzinfo=UTC)
        self.facts: dict[str, object] = {}
        self.steps: dict[str, Step] = {}
        self.suspended = False
        self.alone: set[str] = set()
        self.paused: set[str] = set()
        self.late: set[str] = set()
        self.timers: dict[str, dict[Name, datetime]] = {}
        self.resting: dict[str, dict[Name, datetime]] = {}
        self.dues: dict[str, datetime | None] = {}
        self.left: dict[str, int] = {}
        self.gone: set[str] = set()

    def no_timer_is_lost(self, now: datetime) -> None:
        for task, due in self.dues.items():
            awaited = task not in self.gone and not self._rests(task)
            if awaited and due is not None and due > now:
                assert self.timers.get(task, {}).get(("due", None)) == due, f"{task} has its timer"

    def _point(self, ref: str) -> datetime | None:
        fact, days = self.book.due.get(ref, ("", 0))
        day = self.facts.get(fact)
        return None if day is None else days_before(date.fromisoformat(str(day)), days)

    def _days_before_leaving(self, days: int) -> datetime:
        return days_before(date.fromisoformat(str(self.facts["last_day"])), days)

    def _TimerFired(self, event) -> None:  # noqa: N802
        owner, timer = event.owner, event.timer
        assert owner not in self.gone, f"{timer} of {owner} fires for what is over"
        standing = self.timers.get(owner, {}).pop((timer.kind, timer.rung), None)
        assert standing == timer.at, "fired once, as set"
        assert timer.at <= self.now, f"{timer} of {owner} fires early"

    def _CaseSuspended(self, event) -> None:  # noqa: N802
        self.suspended = True
        self._stop(event.stopped)
        self._rest_all()

    def _TaskSuspended(self, event) -> None:  # noqa: N802
        self.alone.add(event.task)
        self._stop((event.stopped,) if event.stopped else ())
        self._rest_all()

    def _CaseResumed(self, event) -> None:  # noqa: N802
        self.suspended = False
        self._go_on(event.restarted)

    def _TaskResumed(self, event) -> None:  # noqa: N802
        self.alone.discard(event.task)
        self._go_on((event.restarted,) if event.restarted else ())

    def _BudgetPaused(self, event) -> None:  # noqa: N802
        assert event.task not in self.paused, f"{event.task} is paused twice"
        self.paused.add(event.task)
        self._stop((event.stopped,) if event.stopped else ())
        self._rest_all()

    def _BudgetResumed(self, event) -> None:  # noqa: N802
        self.paused.remove(event.task)
        self._go_on((event.restarted,) if event.restarted else ())

    def _has_budget(self, task: str) -> bool:
        return task in self.steps

    def _falls_due(self, task: str, due: datetime | None) -> None:
        self.dues[task] = due
        late = due is not None and due <= self.now
        (self.late.add if late else self.late.discard)(task)

    def _stop(self, stopped) -> None:
        for one in stopped:
            due = self.dues[one.task]
            if self._has_budget(one.task) and due is not None:
                assert one.remaining == worked(self.now, due), f"{one.task} keeps what is left"
            self.left[one.task] = one.remaining
            self._falls_due(one.task, None)

    def _go_on(self, restarted) -> None:
        for one in restarted:
            left = self.left.pop(one.owner, None)
            if left is not None and self._has_budget(one.owner):
                assert one.due is not None
                assert worked(self.now, one.due) == left, f"{one.owner} goes on with what was left"
            if one.owner in self.dues:
                self._falls_due(one.owner, one.due)
            self.resting.pop(one.owner, None)
            self._set(one.owner, one.timers)

    def _rests(self, owner: str) -> bool:
        return owner in self.alone | self.paused or (self.suspended and ".revoke" not in owner)

    def _rest_all(self) -> None:
        for owner in [one for one in self.timers if self._rests(one)]:
            self.resting[owner] = self.timers.pop(owner)

    def _set(self, owner: str, timers) -> None:
        standing = {(one.kind, one.rung): one.at for one in timers}
        self.timers.pop(owner, None)
        self.resting.pop(owner, None)
        if standing:
            (self.resting if self._rests(owner) else self.timers)[owner] = standing

    def _timers_of(self, event) -> None:
        if isinstance(event, e.ItemsListed):
            for one in event.instances:
                self._set(one.task, one.timers)
        owner = getattr(event, "task", None) or getattr(event, "ref", None)
        kept = isinstance(event, e.ItemReady) and event.due is None
        if owner is not None and hasattr(event, "timers") and not kept:
            applies = getattr(event, "applies", True)
            if applies:
                self._set(owner, event.timers)
            if hasattr(event, "due") and owner != getattr(event, "ref", None) and applies:
                self._falls_due(owner, event.due)
        for gone in self.gone & (self.timers.keys() | self.resting.keys()):
            self.timers.pop(gone, None)
            self.resting.pop(gone, None)
