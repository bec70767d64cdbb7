"""The state of one case: what folding its events gives. Only appliers change it.

Counters stand beside the things they count, so that a step costs what it touches however large the
case is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from heapq import heappop, heappush
from typing import Any, Literal, TypeVar

from msgspec import Struct
from typing_extensions import override

from dsl.expressions.scalars import Value
from dsl.expressions.tree import Wire
from engine.events import Filled, People, StepSkipped, TimerSet
from engine.people.directory import Directory
from engine.store.port import Sealed
from engine.tasks import (
    AWAITED,
    ENDED,
    NOTHING,
    SETTLED,
    ActionTask,
    Attachment,
    CauseTask,
    DocumentTask,
    Given,
    ItemTask,
    RevisionTask,
    Signature,
    SignedTask,
    StandIn,
    StepTask,
    Tally,
    Task,
    TaskKind,
    TaskStatus,
    Vote,
)
from engine.timers import Timers

__all__ = [
    "AWAITED",
    "ENDED",
    "NOTHING",
    "SETTLED",
    "ActionTask",
    "ApprovalState",
    "Attachment",
    "CaseState",
    "CauseTask",
    "DocumentTask",
    "GateState",
    "Given",
    "ItemTask",
    "RevisionTask",
    "Signature",
    "SignedTask",
    "StandIn",
    "StepTask",
    "Tally",
    "Task",
    "TaskKind",
    "TaskStatus",
    "Vote",
    "without",
]


V = TypeVar("V")


class ApprovalState(Struct, gc=False):
    """Where an approval stands; `approvers` have said yes in this round, each named once."""

    round: int
    status: Literal["running", "approved", "rejected", "returned"] = "running"
    approvers: People = ()


class GateState(Struct, gc=False):
    """A gate is shut until its conditions hold or it is waived."""

    open: bool = False
    waived_by: str | None = None
    reason: str | None = None


def _rare() -> Mapping[str, Any]:
    """What few cases have any of; it is replaced, never changed in place, so that the others share it."""
    return NOTHING


def without(rare: Mapping[str, V], key: str) -> Mapping[str, V]:
    """What is left of it, also if the key is not in it."""
    if key not in rare:
        return rare
    return {one: value for one, value in rare.items() if one != key} or NOTHING


@dataclass(slots=True)
class CaseState(Timers):
    """One case.

    Attributes:
        version: the sequence of the last event folded; 0 before the case is opened.
        facts: wire values; private ones are in `sealed` only.
        decoded: the facts as Python values, made from `facts` when first needed (derived).
        resolved: roles as they resolve by `resolved_key`, a directory on a day; an event that can
            change who fills a role calls `forget_roles` (derived).
        viewers: whoever may see the case, by `resolved_key` (derived).
        told: what the store's row of the case is known to say that may change; None: not known.
        tokens: node → tokens that stand there.
        items: item declaration → its task ids, in order; absent until listed.
        unlisted: placed items that the flow has neither listed nor skipped.
        undone: item declaration → instances that are not done, waived or not applicable, which hold
            the close of the case; absent until there are any. `undone_items` is their sum.
        statuses: item instances per status; absent until there are any.
        overdue: how many tasks are overdue.
        active: ids of tasks that have not ended, in order of opening.
        people: everybody who has or had a part in the case.
        open_causes: delays whose cause is not confirmed yet; they hold the close of the case.
    """

    id: str = ""
    version: int = 0
    last_at: datetime | None = None
    artefact: str = ""
    rulebook: str = ""
    rulebook_version: str = ""
    process: str = ""
    subject: str = ""
    subject_name: str = ""
    opener: str = ""
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    status: Literal["open", "closed", "rejected", "withdrawn", "cancelled"] = "open"
    stage: str | None = None
    reopens: str | None = None
    """The ended case that this one takes up again; `reopened_as` is the case that does so with it."""
    reopened_as: str | None = None
    facts: dict[str, Wire] = field(default_factory=dict)
    sealed: Mapping[str, Sealed] = field(default_factory=_rare)
    decoded: dict[str, Value] | None = field(default=None, compare=False)
    resolved: dict[tuple[object, ...], Filled] = field(default_factory=dict, compare=False)
    resolved_key: tuple[Directory, date] | None = field(default=None, compare=False)
    viewers: list[str] | None = field(default=None, compare=False)
    told: dict[str, object] | None = field(default=None, compare=False)
    tokens: Counter[str] = field(default_factory=Counter)
    tasks: dict[str, Task] = field(default_factory=dict)
    active: dict[str, None] = field(default_factory=dict)
    items: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unlisted: set[str] = field(default_factory=set)
    undone: dict[str, int] = field(default_factory=dict)
    undone_items: int = 0
    statuses: dict[TaskStatus, int] = field(default_factory=dict)
    approvals: dict[str, ApprovalState] = field(default_factory=dict)
    gates: Mapping[str, GateState] = field(default_factory=_rare)
    changes: list[tuple[str, str]] = field(default_factory=list)
    """Per changed fact the content hash that was seen before it, in order."""
    named: Mapping[str, str] = field(default_factory=_rare)
    causes: dict[str, str] = field(default_factory=dict)
    """Per item task the task that asks why it was late, the latest one."""
    open_causes: int = 0
    people: set[str] = field(default_factory=set)
    notices: int = 0
    acted: Mapping[str, None] = field(default_factory=_rare)
    """Rules whose condition has been true since they last acted."""
    required: Mapping[str, Mapping[str, str]] = field(default_factory=_rare)
    """What waits for approvals (`kind:id`): approval → the rule that says so."""
    added_by: Mapping[str, str] = field(default_factory=_rare)
    """Items that a rule has added, and the rule."""
    skipped: Mapping[str, StepSkipped] = field(default_factory=_rare)
    """Steps that were passed over in the latest round that came to them, by `approval.step`."""
    stages: Mapping[str, datetime] = field(default_factory=_rare)
    """The stages that have begun, in order, with when."""
    passed: dict[str, None] = field(default_factory=dict)
    """Nodes that a token has left, in order: the way the case came."""
    overdue: int = 0
    dues: dict[datetime, int] = field(default_factory=dict, compare=False)
    """How many of the tasks that are awaited have a deadline; `due_queue` is a heap of its keys."""
    due_queue: list[datetime] = field(default_factory=list, compare=False)

    def is_open(self, gate: str) -> bool:
        """True if the gate is open; it is shut until an event says otherwise."""
        found = self.gates.get(gate)
        return found is not None and found.open

    def unapproved(self, kind: str, ref: str) -> tuple[str, ...]:
        """The approvals that something must wait for still."""
        if not self.required:
            return ()
        wanted = self.required.get(f"{kind}:{ref}", ())
        return tuple(one for one in wanted if not self.is_approved(one))

    def is_approved(self, approval: str) -> bool:
        """True if the approval has ended well."""
        found = self.approvals.get(approval)
        return found is not None and found.status == "approved"

    def item(self, task: str) -> ItemTask | None:
        """The item task of that id."""
        found = self.tasks.get(task)
        return found if isinstance(found, ItemTask) else None

    def resolved_by(self, key: tuple[Directory, date]) -> dict[tuple[object, ...], Filled]:
        """The roles that have been resolved by a directory on a day, to look up and to add to."""
        if key is not self.resolved_key:
            if key != self.resolved_key:
                self.forget_roles()
            self.resolved_key = key
        return self.resolved

    def forget_roles(self) -> None:
        """Something has happened by which roles may resolve to other people."""
        self.resolved.clear()
        self.viewers = None

    def join(self, *people: str) -> None:
        """Give people a part in the case."""
        if not self.people.issuperset(people):
            self.people.update(people)
            self.viewers = None

    @property
    def next_due(self) -> datetime | None:
        """The earliest deadline of all that waits for somebody, past or to come."""
        while self.due_queue:
            if self.dues[self.due_queue[0]]:
                return self.due_queue[0]
            del self.dues[heappop(self.due_queue)]
        return None

    def add(self, task: Task, timers: tuple[TimerSet, ...] = ()) -> None:
        """Take in a new task with its timers."""
        self.tasks[task.id] = task
        if not task.ended:
            self.active[task.id] = None
        self.open_causes += isinstance(task, CauseTask)
        if isinstance(task, ItemTask):
            self.statuses[task.status] = self.statuses.get(task.status, 0) + 1
            if task.status not in SETTLED:
                self._count_undone(task, 1)
        if task.status in AWAITED:
            self._count_due(task.due, 1)
        if timers:
            self.set_timers(task.id, timers)
        if task.status != "not_applicable":
            self.join(*task.owners)

    def change(self, task: Task, status: TaskStatus, at: datetime) -> None:
        """Give a task another status; a task that ends leaves its timers behind."""
        awaited = (status in AWAITED) - (task.status in AWAITED)
        if awaited:
            self.overdue += awaited if task.late else 0
            self._count_due(task.due, awaited)
        if isinstance(task, ItemTask):
            self.statuses[task.status] -= 1
            self.statuses[status] = self.statuses.get(status, 0) + 1
            if (status in SETTLED) != (task.status in SETTLED):
                self._count_undone(task, -1 if status in SETTLED else 1)
        if isinstance(task, CauseTask):
            self.open_causes += (status not in ENDED) - (not task.ended)
        task.status = status
        if status in ENDED:
            task.ended_at = at
            self.active.pop(task.id, None)
            self.set_timers(task.id, ())
        else:
            task.ended_at = None
            self.active[task.id] = None

    def _count_undone(self, task: ItemTask, one: int) -> None:
        self.undone[task.ref] = self.undone.get(task.ref, 0) + one
        self.undone_items += one

    def set_due(self, task: Task, due: datetime | None, at: datetime) -> None:
        """Give a task another deadline, and with it another chance to be in time."""
        if task.status in AWAITED:
            self._count_due(task.due, -1)
            self._count_due(due, 1)
        task.due = due
        self.set_late(task, late=due is not None and due <= at)

    def set_late(self, task: Task, *, late: bool) -> None:
        """Say whether a task's deadline has passed."""
        self.overdue -= task.overdue
        task.late = late
        self.overdue += task.overdue

    def _count_due(self, due: datetime | None, one: int) -> None:
        """A task is awaited by a deadline, or is no more."""
        if due is None:
            return
        if due not in self.dues:
            self.dues[due] = 0
            heappush(self.due_queue, due)
        self.dues[due] += one

    @override
    def rests(self, owner: str) -> bool:
        """True if a task or an armed moment stands still. Taking back access never does."""
        task = self.tasks.get(owner)
        if task is not None and task.clock is not None and task.clock.stands:
            return True
        return self.suspended is not None and not takes_back(task, owner)


def takes_back(task: Task | None, owner: str) -> bool:
    """True for taking back access, before its moment (no task yet) and after."""
    if task is None:
        return owner.endswith(".revoke")
    return isinstance(task, ActionTask) and task.operation == "revoke"
