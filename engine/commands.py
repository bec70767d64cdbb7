"""What people ask of a case. Commands are data; deciders answer them with events or a refusal."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct

from dsl.expressions.tree import Wire
from engine.store.port import KeptFile, Sealed

CLOCKWORK = "baton"
"""The actor of what follows by itself: timers, feeds."""
SYSTEM = "system:"
"""Before the name of another system that acts."""


class Actor(Struct, frozen=True, omit_defaults=True):
    """Who acts, for whom, and how it is known.

    Attributes:
        person: a person's id, `system:NAME` for a system, `baton` for the engine's own clock.
        on_behalf_of: the person for whom `person` acts, if any.
        authenticated: how the actor was identified (`account:ANN`, `sandbox`, `scenario`, `clock`).
        host: the machine the act came from.
    """

    person: str
    authenticated: str
    host: str
    on_behalf_of: str | None = None

    @property
    def authority(self) -> str:
        """The person whose rights count."""
        return self.on_behalf_of or self.person

    @property
    def hands(self) -> tuple[str, ...]:
        """Everybody who has a hand in the act."""
        return (self.person,) if self.on_behalf_of is None else (self.person, self.on_behalf_of)


class Open(Struct, frozen=True, tag_field="do", tag="open"):
    """Open a case. `facts` in wire form; `sealed` names the private ones, already kept.

    `reopens` is the ended case that this one takes up again, for `reason`. `beside` is why there shall
    be one more case of this process beside an open one about the same person.
    """

    process: str
    subject: str
    facts: dict[str, Wire]
    sealed: dict[str, Sealed]
    reopens: str | None = None
    reason: str = ""
    beside: str = ""


class Approve(Struct, frozen=True, tag_field="do", tag="approve"):
    """Approve a step. `seen` is the content hash of what the approver was shown."""

    task: str
    opinion: str
    seen: str


class Reject(Struct, frozen=True, tag_field="do", tag="reject"):
    """Reject a step; the rulebook says what follows."""

    task: str
    opinion: str
    seen: str


class Return(Struct, frozen=True, tag_field="do", tag="return"):
    """Send an application back for revision."""

    task: str
    opinion: str


class Resubmit(Struct, frozen=True, tag_field="do", tag="resubmit"):
    """Send a revised application on its way again."""

    task: str
    comment: str
    facts: dict[str, Wire]
    sealed: dict[str, Sealed]


class Name(Struct, frozen=True, tag_field="do", tag="name"):
    """Name the person who fills a role; with `items` (item tasks), for those only."""

    task: str
    person: str
    items: tuple[str, ...] = ()


class Provide(Struct, frozen=True, tag_field="do", tag="provide"):
    """State content of an item, in wire form."""

    task: str
    values: dict[str, Wire]


class Attach(Struct, frozen=True, tag_field="do", tag="attach"):
    """Attach a kept file as evidence, with its name and from whom it came."""

    task: str
    evidence: str
    file: KeptFile
    name: str
    received_from: str | None


class HandOver(Struct, frozen=True, tag_field="do", tag="hand_over"):
    """Hand an item over; values and files given here are provided and attached first.

    `in_place` is the reason why somebody else does it for a giver who is there.
    """

    task: str
    values: dict[str, Wire]
    in_place: str = ""
    files: tuple[Attach, ...] = ()


class CallBack(Struct, frozen=True, tag_field="do", tag="call_back"):
    """Call back a hand-over that nobody has accepted yet, with the reason."""

    task: str
    reason: str


class Sign(Struct, frozen=True, tag_field="do", tag="sign"):
    """Accept a hand-over. `seen` is the content hash of what the signer was shown."""

    task: str
    seen: str


class Refuse(Struct, frozen=True, tag_field="do", tag="refuse"):
    """Refuse a hand-over, with the reason."""

    task: str
    reason: str


class StateCause(Struct, frozen=True, tag_field="do", tag="state_cause"):
    """Say why an item is late."""

    task: str
    cause: str


class ConfirmCause(Struct, frozen=True, tag_field="do", tag="confirm_cause"):
    """Confirm the cause of a delay."""

    task: str


class RefuseCause(Struct, frozen=True, tag_field="do", tag="refuse_cause"):
    """Send a stated cause back, with the reason."""

    task: str
    reason: str


GATE = "gate:"
"""Before a gate's id, where a waiver names it in the place of a task."""


class Waive(Struct, frozen=True, tag_field="do", tag="waive"):
    """Do without an item or a gate, with the reason. `task` is an item task or `gate:ID`."""

    task: str
    reason: str


class Complete(Struct, frozen=True, tag_field="do", tag="complete"):
    """Report an action or an access change as done."""

    task: str
    note: str


class Answer(Struct, frozen=True, tag_field="do", tag="answer"):
    """Another system's answer to a call."""

    system: str
    operation: str
    ok: bool
    note: str


class Comment(Struct, frozen=True, tag_field="do", tag="comment"):
    """Say something, about a task or about the case."""

    text: str
    task: str | None


class Withdraw(Struct, frozen=True, tag_field="do", tag="withdraw"):
    """Withdraw the application."""

    reason: str


class Suspend(Struct, frozen=True, tag_field="do", tag="suspend"):
    """Let a task stand still, or the whole case where `task` is None, with the reason."""

    task: str | None
    reason: str


class Resume(Struct, frozen=True, tag_field="do", tag="resume"):
    """Let a suspended task or case go on, with the reason."""

    task: str | None
    reason: str


class Cancel(Struct, frozen=True, tag_field="do", tag="cancel"):
    """Call the whole case off, with the reason."""

    reason: str


class Reopen(Struct, frozen=True, tag_field="do", tag="reopen"):
    """Take an ended case up again as a new one, `case`; its number is found when it is carried out."""

    reason: str
    case: str = ""


class ChangeFact(Struct, frozen=True, tag_field="do", tag="change_fact"):
    """Change a fact, with the reason. A private value comes sealed and `value` is None."""

    fact: str
    value: Wire
    sealed: Sealed | None
    reason: str


class Claim(Struct, frozen=True, tag_field="do", tag="claim"):
    """Take upon oneself what several could do."""

    task: str


class Release(Struct, frozen=True, tag_field="do", tag="release"):
    """Give back what was claimed or delegated; `person` is whose, where it is not the actor's own."""

    task: str
    person: str | None = None


class Delegate(Struct, frozen=True, tag_field="do", tag="delegate"):
    """Let somebody else do a task in one's place; the owner stays accountable."""

    task: str
    to: str
    reason: str


class Reassign(Struct, frozen=True, tag_field="do", tag="reassign"):
    """Make a task somebody else's. `person` (None: the only one, or nobody) is whose it was."""

    task: str
    person: str | None
    to: str
    reason: str


Place = Literal["before", "beside", "after"]
PLACES: tuple[Place, ...] = ("before", "beside", "after")


class AddApprover(Struct, frozen=True, tag_field="do", tag="add_approver"):
    """Ask one more person, before, beside or after those who are asked now."""

    task: str
    person: str
    place: Place
    reason: str


class RemoveApprover(Struct, frozen=True, tag_field="do", tag="remove_approver"):
    """Ask somebody no longer who has not answered."""

    task: str
    person: str
    reason: str


class Reassess(Struct, frozen=True, tag_field="do", tag="reassess"):
    """The directory has changed: who fills the roles of what nobody has touched?"""


class Tick(Struct, frozen=True, tag_field="do", tag="tick"):
    """Fire the timers that are due, at most `limit` of them."""

    limit: int


Command = (
    Open
    | Approve
    | Reject
    | Return
    | Resubmit
    | Name
    | Provide
    | Attach
    | HandOver
    | CallBack
    | StateCause
    | ConfirmCause
    | RefuseCause
    | Sign
    | Refuse
    | Waive
    | Complete
    | Answer
    | Comment
    | Withdraw
    | Suspend
    | Resume
    | Cancel
    | Reopen
    | ChangeFact
    | Claim
    | Release
    | Delegate
    | Reassign
    | AddApprover
    | RemoveApprover
    | Reassess
    | Tick
)

CommandName = Literal[
    "open", "approve", "reject", "return", "resubmit", "name", "provide", "attach", "hand_over",
    "sign", "refuse", "waive", "complete", "answer", "comment", "withdraw", "suspend", "resume",
    "cancel", "change_fact", "tick", "call_back", "state_cause", "confirm_cause", "refuse_cause",
    "claim", "release", "delegate", "reassign", "add_approver", "remove_approver", "reassess",
    "reopen",
]  # fmt: skip


class Request(Struct, frozen=True):
    """A command on its way: to which case, by whom, when (UTC), under which id."""

    id: str
    case: str
    actor: Actor
    at: datetime
    command: Command
