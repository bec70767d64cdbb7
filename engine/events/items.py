"""Items: listing, roles, content, evidence, signatures, ends."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from dsl.expressions.tree import Wire
from engine.events.shapes import Event, Filled, ItemInstance, People, Slot, TimerSet


class NamingOpened(Event, frozen=True):
    """The people of `by` must name the person of `role`."""

    task: str
    role: str
    by: str
    filled: Filled
    due: datetime | None = None
    timers: tuple[TimerSet, ...] = ()


class Named(Event, frozen=True):
    """A role's person was named; where `items` are given, for those item tasks only."""

    task: str
    role: str
    person: str
    by: str
    items: tuple[str, ...] = ()


class NamingEnded(Event, frozen=True):
    """Everything that lacked the role's name has one."""

    task: str


class ItemsListed(Event, frozen=True):
    """An item entered the case, one instance per record where it says so. `roles`: role → people.

    `rule` has added it, where the flow has not come to it.
    """

    item: str
    roles: dict[str, Filled]
    instances: tuple[ItemInstance, ...]
    rule: str | None = None


class ItemReady(Event, frozen=True):
    """What an item waited for is done. A budget begins now: `due` is its end."""

    task: str
    due: datetime | None = None
    timers: tuple[TimerSet, ...] = ()


class ItemApplies(Event, frozen=True):
    """A changed fact made an item apply, or apply no longer."""

    task: str
    applies: bool
    waiting: bool = False
    why: Literal["record", "condition"] = "condition"
    due: datetime | None = None
    timers: tuple[TimerSet, ...] = ()


class RecordChanged(Event, frozen=True):
    """The record that an item instance was made for has other values now."""

    task: str
    record: dict[str, Wire]


class RoleFilled(Event, frozen=True):
    """A role of some tasks was filled, or filled anew; `slots` are a step's places if they change."""

    role: str
    tasks: tuple[str, ...]
    filled: Filled
    slots: tuple[Slot, ...] = ()


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


class Counted(Event, frozen=True):
    """A count as it stands at the hand-over. `signer` is the role that must sign the difference.

    `expected` and `difference` are None if there was nothing to hold the count against.
    """

    task: str
    count: str
    found: Wire
    expected: Wire
    difference: Wire
    signer: str | None = None


class HandedOver(Event, frozen=True):
    """The giver handed an item over; `roles` are the signing roles that this signs for.

    `in_place_of`: the giver's people, if somebody else did it for them, for `reason`.
    """

    task: str
    person: str
    roles: tuple[str, ...]
    content: str
    in_place_of: People | None = None
    reason: str = ""


class CalledBack(Event, frozen=True):
    """A hand-over that nobody had accepted was called back; the item is open again, one round on."""

    task: str
    person: str
    reason: str


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


class CopiesGiven(Event, frozen=True):
    """Copies of the record of a finished hand-over went to people."""

    task: str
    number: int
    people: People
