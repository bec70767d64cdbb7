"""What has happened to a case. Events record results, so folding them evaluates nothing.

The meaning of a released event never changes: what must mean something else gets a new version and an
applier beside the old one. The envelope is `engine.store.port.StoredEvent`; these are the `data`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct

from dsl.expressions.tree import Wire
from dsl.model import Channel
from engine.store.port import Sealed

People = tuple[str, ...]
TimerKind = Literal["due", "rung", "moment"]


class TimerSet(Struct, frozen=True, omit_defaults=True):
    """A timer that stands from now on; `rung` counts in the ladder of the task's sla."""

    id: str
    at: datetime
    kind: TimerKind
    rung: int | None = None


class Slot(Struct, frozen=True):
    """One place of a step: `need` of the people of `roles` must approve."""

    roles: tuple[str, ...]
    need: int


class Filled(Struct, frozen=True, omit_defaults=True):
    """A role as it was resolved: the people, and the resolver (by index) that found them.

    Without people, `lacking` says why: `unnamed` (a naming task is open), `nobody`, `external`.
    """

    people: People
    via: int = 0
    lacking: Literal["unnamed", "nobody", "external"] | None = None


class ItemInstance(Struct, frozen=True, omit_defaults=True):
    """One item of one case as it is listed."""

    task: str
    status: Literal["waiting", "open", "not_applicable"]
    key: str | None = None
    record: dict[str, Wire] | None = None
    due: datetime | None = None
    timers: tuple[TimerSet, ...] = ()


class Event(Struct, frozen=True, omit_defaults=True):
    """The base of every event's data."""


class CaseOpened(Event, frozen=True):
    """A case began. `items` are the items that the process places, in order."""

    case: str
    rulebook: str
    rulebook_version: str
    process: str
    subject: str
    subject_name: str
    opener: str
    facts: dict[str, Wire]
    sealed: dict[str, Sealed]
    items: tuple[str, ...]


class Moved(Event, frozen=True):
    """A token left a node. `skipped` are the items of a way that was not taken."""

    node: str
    to: tuple[str, ...]
    skipped: tuple[str, ...] = ()


class StageEntered(Event, frozen=True):
    """A stage began."""

    stage: str


class ApprovalBegun(Event, frozen=True):
    """A round of an approval began, counted from 1.

    `kept` are the approvers whose steps stand, when the chain went back to a later step.
    """

    approval: str
    round: int
    kept: People = ()


class StepOpened(Event, frozen=True):
    """A step waits for its approvers."""

    task: str
    approval: str
    step: str
    round: int
    roles: dict[str, Filled]
    slots: tuple[Slot, ...]
    due: datetime | None = None
    timers: tuple[TimerSet, ...] = ()


class StepSkipped(Event, frozen=True):
    """A step was passed over: its condition did not hold, or `person` had approved before."""

    approval: str
    step: str
    why: Literal["condition", "same_approver"]
    person: str | None = None


class Approved(Event, frozen=True):
    """One approver said yes to what `seen` is the hash of."""

    task: str
    person: str
    opinion: str
    seen: str


class Rejected(Event, frozen=True):
    """One approver said no."""

    task: str
    person: str
    opinion: str
    seen: str


class Returned(Event, frozen=True):
    """A step sent the application back to a role for revision."""

    task: str
    person: str
    opinion: str
    role: str


class StepEnded(Event, frozen=True):
    """A step has its answer. `by_timeout` if nobody gave it in time."""

    task: str
    outcome: Literal["approved", "rejected", "returned"]
    by_timeout: bool = False


class ApprovalEnded(Event, frozen=True):
    """An approval has its answer, in this round."""

    approval: str
    outcome: Literal["approved", "rejected", "returned"]


class RevisionOpened(Event, frozen=True):
    """The application waits for its revision."""

    task: str
    approval: str
    role: str
    filled: Filled


class Resubmitted(Event, frozen=True):
    """The revised application goes on its way again."""

    task: str
    person: str
    comment: str


class NamingOpened(Event, frozen=True):
    """The people of `by` must name the person of `role`."""

    task: str
    role: str
    by: str
    filled: Filled
    due: datetime | None = None
    timers: tuple[TimerSet, ...] = ()


class Named(Event, frozen=True):
    """A role's person was named."""

    task: str
    role: str
    person: str
    by: str


class ItemsListed(Event, frozen=True):
    """An item entered the case, one instance per record where it says so. `roles`: role → people."""

    item: str
    roles: dict[str, Filled]
    instances: tuple[ItemInstance, ...]


class ItemReady(Event, frozen=True):
    """What an item waited for is done."""

    task: str


class ItemApplies(Event, frozen=True):
    """A changed fact made an item apply, or apply no longer."""

    task: str
    applies: bool
    waiting: bool = False
    due: datetime | None = None
    timers: tuple[TimerSet, ...] = ()


class RoleFilled(Event, frozen=True):
    """A role of some tasks was filled, or filled anew."""

    role: str
    tasks: tuple[str, ...]
    filled: Filled


class ContentProvided(Event, frozen=True):
    """Content of an item was stated."""

    task: str
    person: str
    values: dict[str, Wire]


class EvidenceAttached(Event, frozen=True):
    """A file was attached; `sha256` and `size` name the kept content."""

    task: str
    person: str
    evidence: str
    sha256: str
    size: int
    name: str
    received_from: str | None = None


class HandedOver(Event, frozen=True):
    """The giver handed an item over; `roles` are the signing roles that this signs for."""

    task: str
    person: str
    roles: tuple[str, ...]
    content: str


class Signed(Event, frozen=True):
    """A signer accepted what `seen` is the hash of."""

    task: str
    person: str
    roles: tuple[str, ...]
    seen: str


class ItemRefused(Event, frozen=True):
    """A signer refused a hand-over; it is open again, one round on."""

    task: str
    person: str
    reason: str


class ItemWaived(Event, frozen=True):
    """An item is done without."""

    task: str
    person: str
    reason: str


class ItemDone(Event, frozen=True):
    """Every signer has signed."""

    task: str


class DueChanged(Event, frozen=True):
    """A task's deadline moved; its timers stand anew."""

    task: str
    due: datetime | None
    timers: tuple[TimerSet, ...] = ()


class Armed(Event, frozen=True):
    """An action or access change will come up at a moment."""

    ref: str
    timers: tuple[TimerSet, ...]


class ActionOpened(Event, frozen=True):
    """An action or an access change waits for a person. `call` is what a system would be asked."""

    task: str
    ref: str
    operation: Literal["action", "grant", "revoke"]
    role: str
    filled: Filled
    due: datetime | None = None
    timers: tuple[TimerSet, ...] = ()
    call: str | None = None
    arguments: tuple[str, ...] = ()


class ActionCompleted(Event, frozen=True):
    """An action or an access change was done."""

    task: str
    person: str
    note: str


class SystemFailed(Event, frozen=True):
    """A system answered that it could not; the task stays with its person."""

    task: str
    system: str
    note: str


class GateOpened(Event, frozen=True):
    """A gate opened, by its conditions or by a waiver."""

    gate: str
    waived_by: str | None = None
    reason: str | None = None


class GateShut(Event, frozen=True):
    """What had opened a gate holds no longer."""

    gate: str


class TimerFired(Event, frozen=True):
    """A timer came due at `at`; it fires once."""

    timer: str
    at: datetime


class BecameOverdue(Event, frozen=True):
    """A task's deadline passed while it was not done."""

    task: str


class Escalated(Event, frozen=True):
    """More people may act on a step that was not answered in time."""

    task: str
    role: str
    filled: Filled


class Delivery(Struct, frozen=True, omit_defaults=True):
    """One addressee of a notice; without `address` the directory knows none for the channel."""

    person: str
    address: str | None = None


class NoticeQueued(Event, frozen=True):
    """A notice is on its way to people, by a channel, about a task."""

    notice: str
    reason: Literal["reminder", "escalation", "timeout"]
    task: str
    channel: Channel
    to: tuple[Delivery, ...]


class FactChanged(Event, frozen=True):
    """A fact has a new value. Private values are sealed and stand in neither `old` nor `new`.

    `before` is the content hash that approvers saw until now.
    """

    fact: str
    before: str
    person: str
    reason: str
    old: Wire = None
    new: Wire = None
    sealed: Sealed | None = None


class Commented(Event, frozen=True):
    """Somebody said something."""

    person: str
    text: str
    task: str | None = None


class CaseWithdrawn(Event, frozen=True):
    """The application was withdrawn."""

    person: str
    reason: str


class CaseClosed(Event, frozen=True):
    """A case ended."""

    outcome: Literal["closed", "rejected", "withdrawn"]


class AttemptRefused(Event, frozen=True):
    """Somebody tried to act beyond their authority. Lies in the stream `CASE/attempts`."""

    person: str
    command: str
    code: str
    values: dict[str, str]
    task: str | None = None


EVENT_TYPES: dict[tuple[str, int], type[Event]] = {
    (kind.__name__, 1): kind
    for kind in (
        CaseOpened, Moved, StageEntered, ApprovalBegun, StepOpened, StepSkipped, Approved, Rejected,
        Returned, StepEnded, ApprovalEnded, RevisionOpened, Resubmitted, NamingOpened, Named,
        ItemsListed, ItemReady, ItemApplies, RoleFilled, ContentProvided, EvidenceAttached,
        HandedOver, Signed, ItemRefused, ItemWaived, ItemDone, DueChanged, Armed, ActionOpened,
        ActionCompleted, SystemFailed, GateOpened, GateShut, TimerFired, BecameOverdue, Escalated,
        NoticeQueued, FactChanged, Commented, CaseWithdrawn, CaseClosed, AttemptRefused,
    )
}  # fmt: skip
"""Every event type ever released, by name and version."""
