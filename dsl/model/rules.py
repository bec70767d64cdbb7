"""Rules and the audience: what happens when, and who may be told."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from dsl.expressions.tree import Expression, Party
from dsl.model.words import Channel, HoldableKind, ItemOccurrence, Titles
from dsl.types import Duration, Tagged, Type


class OnItem(Tagged, tag="item"):
    """Something happens to an item, to any if `item` is None; `by`: so long after its deadline."""

    what: ItemOccurrence
    item: str | None = None
    by: Duration | None = None


class OnApproval(Tagged, tag="approval"):
    """An approval ends that way."""

    approval: str
    outcome: Literal["approved", "rejected"]


class OnFact(Tagged, tag="fact"):
    """A fact gets another value."""

    fact: str


class OnCase(Tagged, tag="case"):
    """A case opens or ends."""

    what: Literal["opens", "closes", "rejected", "withdrawn"]


class OnMoment(Tagged, tag="moment"):
    """A moment comes; it moves with the facts that it hangs on."""

    moment: Expression


Occurrence = OnItem | OnApproval | OnFact | OnCase | OnMoment


class Placeholder(Struct, frozen=True):
    """A value in a text."""

    value: Expression
    type: Type


Message = tuple[str | Placeholder, ...]


class Watch(Struct, frozen=True):
    """Each record of a feed is looked at, outside any case."""

    variable: str
    feed: str


class AddItem(Tagged, tag="add_item"):
    """An item comes into the case."""

    item: str


class Require(Tagged, tag="require"):
    """Something may not happen before an approval."""

    approval: str
    kind: HoldableKind
    target: str


class Notify(Tagged, tag="notify"):
    """People are told something."""

    to: tuple[Party, ...]
    channel: Channel
    message: Message


class SetFact(Tagged, tag="set"):
    """A fact gets a value."""

    fact: str
    value: Expression


class Note(Tagged, tag="note"):
    """Something is put on record."""

    message: Message


class Escalate(Tagged, tag="escalate"):
    """Somebody further up is told, and may look at the case from then on."""

    to: Party


Effect = AddItem | Require | Notify | SetFact | Note | Escalate


class Rule(Struct, frozen=True, omit_defaults=True):
    """What happens, in order (`does`).

    With `whenever`: at each such event, if `when` holds then. Without: each time that `when` becomes
    true. With `watch`: the same for each record of a feed, outside any case.
    """

    id: str
    title: Titles
    does: tuple[Effect, ...]
    whenever: Occurrence | None = None
    when: Expression | None = None
    watch: Watch | None = None
    because: str | None = None
    final: bool = False


class Always(Struct, frozen=True):
    """The roles' people are told of each such event."""

    roles: tuple[str, ...]
    event: Occurrence


class Audience(Struct, frozen=True, omit_defaults=True):
    """Members of `never_groups` are told of their own tasks only; outside parties through roles."""

    never_groups: tuple[str, ...] = ()
    external_from: tuple[str, ...] = ()
    always: tuple[Always, ...] = ()
    final: bool = False
