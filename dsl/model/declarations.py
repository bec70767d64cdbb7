"""Facts, records, feeds, items, clocks, gates, actions, access and documents."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from dsl.expressions.tree import Expression, Party, Wire
from dsl.model.words import Channel, Titles
from dsl.types import Duration, Tagged, Type


class Fact(Struct, frozen=True, omit_defaults=True):
    """Something a case knows. `private_to` empty: whoever may see the case may see it."""

    id: str
    title: Titles
    type: Type
    optional: bool = False
    default: Wire = None
    feed: str | None = None
    private_to: tuple[str, ...] = ()
    set_by: tuple[str, ...] = ()
    final: bool = False


class Field(Struct, frozen=True, omit_defaults=True):
    """One field of a record."""

    id: str
    title: Titles
    type: Type
    optional: bool = False
    default: Wire = None


class Record(Struct, frozen=True, omit_defaults=True):
    """The shape of one row of a list. `key` is unique in a list, `held_by` names the holder's id."""

    id: str
    title: Titles
    fields: tuple[Field, ...]
    key: str
    held_by: str | None = None
    final: bool = False


class Feed(Struct, frozen=True, omit_defaults=True):
    """A list that another system or a spreadsheet supplies."""

    id: str
    title: Titles
    record: str
    final: bool = False


class ForEach(Struct, frozen=True, omit_defaults=True):
    """One instance of the item per record of a list."""

    variable: str
    over: str
    where: Expression | None = None


class Content(Struct, frozen=True, omit_defaults=True):
    """A value that the giver must state."""

    id: str
    title: Titles
    type: Type
    optional: bool = False
    when: Expression | None = None


class Evidence(Struct, frozen=True, omit_defaults=True):
    """A file that must be attached; `source` is the role that it comes from."""

    id: str
    title: Titles
    type: Type
    optional: bool = False
    source: str | None = None
    when: Expression | None = None


class Count(Struct, frozen=True):
    """A number that is counted and held against what it should be; `signer` signs a difference."""

    id: str
    title: Titles
    type: Type
    against: Expression
    signer: str

    @property
    def optional(self) -> bool:
        """A count is always asked for."""
        return False


class Cause(Struct, frozen=True):
    """Who says why an item is late, and who confirms that."""

    by: str
    confirmer: str


class Copies(Struct, frozen=True):
    """How many copies of the record of a hand-over there are, and whose they are."""

    number: int
    to: tuple[str, ...]


class Item(Struct, frozen=True, omit_defaults=True):
    """Something that is handed over. `signers`: rounds in order, any order within a round."""

    id: str
    title: Titles
    giver: str
    receiver: str
    signers: tuple[tuple[str, ...], ...]
    group: str | None = None
    applies: Expression | None = None
    each: ForEach | None = None
    accountable: str | None = None
    contents: tuple[Content, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    counts: tuple[Count, ...] = ()
    accepted: Expression | None = None
    due: Expression | None = None
    within: Duration | None = None
    sla: str | None = None
    after: tuple[str, ...] = ()
    read_only_for: tuple[str, ...] = ()
    waiver: str | None = None
    cause: Cause | None = None
    copies: Copies | None = None
    because: str | None = None
    final: bool = False

    @property
    def stated(self) -> tuple[Content | Count, ...]:
        """What the giver states, in the order in which it is asked for."""
        return (*self.contents, *self.counts)


class Rung(Struct, frozen=True):
    """A reminder before, or an escalation after, the deadline of a task."""

    party: Party
    duration: Duration
    direction: Literal["before", "after"]
    channel: Channel
    escalates: bool


class Sla(Struct, frozen=True, omit_defaults=True):
    """A ladder of rungs. The default one serves every item that names none."""

    id: str
    title: Titles
    rungs: tuple[Rung, ...]
    default: bool = False
    pause_waiting_for: str | None = None
    final: bool = False


class HeldStage(Tagged, tag="stage"):
    """A gate that holds a stage."""

    stage: str


class HeldThing(Tagged, tag="thing"):
    """A gate that holds whatever `releases` it.

    The thing is severance, wages, certificate, archive, access or of the rulebook's own naming.
    """

    thing: str


Held = HeldStage | HeldThing


class Gate(Struct, frozen=True, omit_defaults=True):
    """Holds things back until every condition of `until` is true, or until it is waived."""

    id: str
    title: Titles
    holds: tuple[Held, ...]
    until: tuple[Expression, ...]
    waiver: str | None = None
    say: str | None = None
    because: str | None = None
    final: bool = False


class Call(Struct, frozen=True):
    """A call to another system."""

    system: str
    operation: str
    arguments: tuple[Expression, ...] = ()


class Action(Struct, frozen=True, omit_defaults=True):
    """Something that a person or a system does at a moment, or when the flow arrives."""

    id: str
    title: Titles
    by: str
    on: Expression | None = None
    call: Call | None = None
    within: Duration | None = None
    releases: tuple[str, ...] = ()
    because: str | None = None
    final: bool = False


class Access(Struct, frozen=True, omit_defaults=True):
    """An account or right: granted, taken back, passed on."""

    id: str
    title: Titles
    by: str
    grant_on: Expression | None = None
    grant_to: str | None = None
    revoke_on: Expression | None = None
    revoke_from: str | None = None
    transfer_to: str | None = None
    within: Duration | None = None
    because: str | None = None
    final: bool = False


class Document(Struct, frozen=True, omit_defaults=True):
    """A paper that its signers sign, in rounds. `template` is a name, never opened as a path."""

    id: str
    title: Titles
    template: str
    signers: tuple[tuple[str, ...], ...]
    releases: tuple[str, ...] = ()
    because: str | None = None
    final: bool = False
