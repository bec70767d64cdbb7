"""Tasks: what waits for people, one class for each kind.

What a task holds is replaced, never changed in place, so that tasks and cases can share it. Nothing in
a task can refer back to it, so the collector of reference cycles need not look at any.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from msgspec import Struct
from typing_extensions import override

from dsl.expressions.tree import Wire
from engine.events import Chosen, Filled, People, Slot
from engine.rest import Clock

TaskKind = Literal["step", "revision", "naming", "item", "action", "document", "cause"]
TaskStatus = Literal[
    "waiting", "open", "handed_over", "done", "waived", "not_applicable", "cancelled"
]
ENDED: frozenset[TaskStatus] = frozenset({"done", "waived", "not_applicable", "cancelled"})
AWAITED: frozenset[TaskStatus] = frozenset({"open", "handed_over"})
"""The states in which somebody is waited for."""
SETTLED: frozenset[TaskStatus] = frozenset({"done", "waived", "not_applicable"})


class _Nothing(dict[str, Any]):
    """An empty mapping of which a default makes no copies: it is never changed."""


NOTHING: Mapping[str, Any] = _Nothing()
"""What all tasks share that hold nothing, and what cases do that what is rare has not happened to."""


class StandIn(Struct, frozen=True, gc=False):
    """`by` does a task in the place of `person`, who asked for it or is away."""

    person: str
    by: str
    how: Literal["delegate", "substitute"]


class Task(Struct, kw_only=True, gc=False):
    """Something that waits for people.

    Attributes:
        id: `CASE/DECLARATION[KEY]#ROUND`.
        ref: the declaration (`approval.step` for a step, the role's id for a naming).
        late: the deadline has passed; overdue is late and not ended.
        roles: role id → its people, as recorded.
        claims: those of several people who have taken it upon themselves.
        stand_ins: who does it in whose place.
        fixed: the roles whose people were chosen for this task; changes in the directory leave them alone.
    """

    id: str
    kind: TaskKind
    ref: str
    opened_at: datetime
    status: TaskStatus = "open"
    due: datetime | None = None
    late: bool = False
    round: int = 1
    ended_at: datetime | None = None
    roles: Mapping[str, Filled] = NOTHING
    clock: Clock | None = None
    claims: People = ()
    stand_ins: tuple[StandIn, ...] = ()
    fixed: tuple[str, ...] = ()

    @property
    def owners(self) -> People:
        """Everybody whose task it is by a role or by themselves, whatever they have done about it."""
        return tuple(dict.fromkeys(one for filled in self.roles.values() for one in filled.people))

    def stand_in(self, person: str) -> StandIn | None:
        """Who does it in the place of one of the owners."""
        return next((one for one in self.stand_ins if one.person == person), None)

    @property
    def ended(self) -> bool:
        """True if nothing can be done about it any more."""
        return self.status in ENDED

    @property
    def overdue(self) -> bool:
        """True if it is late and still waits for somebody."""
        return self.late and self.status in AWAITED


class Vote(Struct, kw_only=True, gc=False):
    """One approver's answer; `by` is who gave it, where that was somebody else."""

    person: str
    approves: bool
    opinion: str
    at: datetime
    by: str | None = None

    @property
    def hands(self) -> tuple[str, ...]:
        """Everybody who has had a hand in it."""
        return (self.person,) if self.by is None else (self.person, self.by)


Outcome = Literal["approved", "rejected", "returned"]


class StepTask(Task, kw_only=True, gc=False):
    """A step of an approval; `added` may fill any of its slots, `outcome` is its answer once it is over."""

    approval: str
    step: str
    slots: tuple[Slot, ...]
    chosen: Chosen | None = None
    added: tuple[str, ...] = ()
    votes: tuple[Vote, ...] = ()
    outcome: Outcome | None = None

    @property
    @override
    def owners(self) -> People:
        """The people of every slot."""
        return tuple(dict.fromkeys(one for slot in self.slots for one in self.people_of(slot)))

    def people_of(self, slot: Slot) -> People:
        """Who may fill a slot; those to whom the step was escalated fill any that roles fill."""
        more = self.added if slot.roles else ()
        return tuple(dict.fromkeys((*self._asked(slot), *more)))

    def need_of(self, slot: Slot) -> int:
        """How many must approve: never nobody, also where nobody is left."""
        return max(len(self._asked(slot)), 1) if slot.need is None else slot.need

    def _asked(self, slot: Slot) -> People:
        found = [person for role in slot.roles for person in self.roles[role].people]
        return tuple(dict.fromkeys((*found, *slot.people)))


class RevisionTask(Task, kw_only=True, gc=False):
    """An application that was returned, or rejected and may be revised."""

    approval: str


class ActionTask(Task, kw_only=True, gc=False):
    """An action, or one operation of an access."""

    operation: Literal["action", "grant", "revoke"]
    role: str
    call: str | None = None
    arguments: tuple[str, ...] = ()


class Attachment(Struct, kw_only=True, gc=False):
    """A file given as evidence."""

    sha256: str
    size: int
    name: str
    person: str
    received_from: str | None


class Signature(Struct, kw_only=True, gc=False):
    """Who signed for which roles, and when; `in_place_of` are those who should have."""

    person: str
    roles: tuple[str, ...]
    at: datetime
    in_place_of: People | None = None


class Tally(Struct, kw_only=True, gc=False):
    """What was counted, held against what should be there; `signer` signs the difference."""

    found: Wire
    expected: Wire
    difference: Wire
    signer: str | None


class SignedTask(Task, kw_only=True, gc=False):
    """Something that people sign, in rounds."""

    signatures: tuple[Signature, ...] = ()


class DocumentTask(SignedTask, kw_only=True, gc=False):
    """A document that has come up; it is with its signers until all have signed."""


class Given(Struct, frozen=True, gc=False):
    """What an item consists of at a hand-over; its signers sign for exactly that."""

    record: dict[str, Wire] | None
    contents: Mapping[str, Wire]
    evidence: Mapping[str, tuple[Attachment, ...]]


class ItemTask(SignedTask, kw_only=True, gc=False):
    """One instance of an item.

    Attributes:
        record: the record it was made for, in wire form.
        recordless: that record is no longer in its list.
        named: role → the person who was named for this instance only.
        tallies: count → what it came to when the item was handed over.
        earlier: what was handed over in the rounds before this one.
    """

    key: str | None
    record: dict[str, Wire] | None
    recordless: bool = False
    named: Mapping[str, str] = NOTHING
    tallies: Mapping[str, Tally] = NOTHING
    contents: Mapping[str, Wire] = NOTHING
    evidence: Mapping[str, tuple[Attachment, ...]] = NOTHING
    earlier: tuple[Given, ...] = ()


class CauseTask(Task, kw_only=True, gc=False):
    """Why an item is late: to be stated, then to be confirmed.

    Attributes:
        item: its task; `declared` its declaration.
    """

    item: str
    declared: str
    cause: str = ""
    stated_by: str = ""
    confirmer: str | None = None
