"""Source nodes of rules and of the audience: what happens when, and who may be told."""

from __future__ import annotations

from typing import Literal

from dsl.model.words import Channel, HoldableKind, ItemOccurrence
from dsl.nodes.declarations import Declared
from dsl.nodes.expressions import Duration, Expression, Name, Node, Party, Text


class ItemEvent(Node, frozen=True):
    """`item done`, `item I overdue by D`; without a name it is any item."""

    what: ItemOccurrence
    item: Name | None = None
    by: Duration | None = None


class ApprovalEvent(Node, frozen=True):
    """`approval A approved` or `rejected`."""

    approval: Name
    outcome: Literal["approved", "rejected"]


class FactEvent(Node, frozen=True):
    """`fact F changes`."""

    fact: Name


class CaseEvent(Node, frozen=True):
    """`case opens`, `case closes`, or one of its other ends."""

    what: Literal["opens", "closes", "rejected", "withdrawn"]


class MomentEvent(Node, frozen=True):
    """`14 days before last_day`."""

    moment: Expression


Event = ItemEvent | ApprovalEvent | FactEvent | CaseEvent | MomentEvent


class Unreadable(Node, frozen=True):
    """A placeholder that could not be read; resolution reports it."""

    text: str


class Message(Node, frozen=True):
    """A text with placeholders: `"{leaver.name} leaves"`. Its parts in order."""

    parts: tuple[Text | Expression | Unreadable, ...]


class Watch(Node, frozen=True):
    """`watch each x in FEED`."""

    variable: Name
    feed: Name


class AddItem(Node, frozen=True):
    """`add item X`."""

    item: Name


class Require(Node, frozen=True):
    """`require approval A before X`."""

    approval: Name
    kind: HoldableKind
    target: Name


class Notify(Node, frozen=True):
    """`notify R by CH "text"`."""

    to: tuple[Party, ...]
    channel: Channel
    message: Message


class SetFact(Node, frozen=True):
    """`set F to V`."""

    fact: Name
    value: Expression


class Note(Node, frozen=True):
    """`note "text"`."""

    message: Message


class Escalate(Node, frozen=True):
    """`escalate to R`."""

    to: Party


Effect = AddItem | Require | Notify | SetFact | Note | Escalate


class Rule(Declared, frozen=True):
    """What happens (`does`, in order) whenever something else does, or when a condition comes true."""

    whenever: Event | None = None
    when: Expression | None = None
    watch: Watch | None = None
    does: tuple[Effect, ...] = ()


class Always(Node, frozen=True):
    """`always R on EVENT`."""

    roles: tuple[Name, ...]
    event: Event


class Audience(Declared, frozen=True):
    """Who may be told, and who always is. There is one, so its id is its keyword."""

    never: tuple[Text, ...] = ()
    external_from: tuple[Name, ...] = ()
    always: tuple[Always, ...] = ()
