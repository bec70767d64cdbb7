"""Who stands in for whom: substitutes of those who are away, and grants to act for somebody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from msgspec import Struct

from engine.people.directory import Directory


class StandIn(Struct, frozen=True):
    """One arrangement by which a person does what falls to another, or may act for them.

    Attributes:
        person, by: the names, or the ids where the directory does not have them any more.
        first, last: both included; None is open.
    """

    kind: Literal["substitute", "grant"]
    person: str
    by: str
    first: date | None
    last: date | None
    state: Literal["now", "to_come", "over"]


def stand_ins(directory: Directory, today: date) -> tuple[StandIn, ...]:
    """Every arrangement: those that hold today, then those to come, then what is over."""
    order = ("now", "to_come", "over")
    found = sorted(_all(directory, today), key=lambda one: (order.index(one.state), one.person))
    return tuple(found)


def _all(directory: Directory, today: date) -> Iterator[StandIn]:
    def name(person: str) -> str:
        found = directory.person(person)
        return found.name if found else person

    def state(first: date | None, last: date | None) -> Literal["now", "to_come", "over"]:
        if first is not None and today < first:
            return "to_come"
        return "over" if last is not None and last < today else "now"

    for one in directory.substitutes:
        state_of = state(one.first, one.last)
        yield StandIn("substitute", name(one.person), name(one.by), one.first, one.last, state_of)
    for grant in directory.every_grant:
        state_of = state(None, grant.last)
        yield StandIn("grant", name(grant.person), name(grant.by), None, grant.last, state_of)
