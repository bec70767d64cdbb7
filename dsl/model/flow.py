"""The way of a case: processes and what they are made of."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from dsl.expressions.tree import Expression
from dsl.model.words import DoKind, FollowUpKind, Titles
from dsl.types import Duration, Tagged


class Do(Tagged, tag="do"):
    """One thing of a process; `id` is None for `items`, a group's id for `items of GROUP`.

    A process that is a thing of another has its whole body in this place.
    """

    kind: DoKind
    id: str | None = None


class Wait(Tagged, tag="wait"):
    """The flow waits here until a moment."""

    until: Expression


class FollowUp(Struct, frozen=True):
    """Something that comes up some time after the case has closed."""

    kind: FollowUpKind
    id: str
    after: Duration


class StageMark(Tagged, tag="stage"):
    """A stage begins here and lasts to the next mark of the same sequence."""

    id: str
    title: Titles


class Together(Tagged, tag="together"):
    """Branches that run side by side; all must end."""

    branches: tuple[tuple[Flow, ...], ...]


class Choose(Tagged, tag="if"):
    """Two ways; the condition is evaluated once, on arrival."""

    condition: Expression
    then: tuple[Flow, ...]
    otherwise: tuple[Flow, ...] = ()


Flow = Do | Wait | StageMark | Together | Choose


class Process(Struct, frozen=True, omit_defaults=True):
    """The way of a case from its opening to its close."""

    id: str
    title: Titles
    started_by: tuple[str, ...]
    managed_by: tuple[str, ...]
    body: tuple[Flow, ...]
    follow_ups: tuple[FollowUp, ...] = ()
    final: bool = False


def things_of(body: tuple[Flow, ...]) -> Iterator[Do]:
    """Every thing of a sequence, in branches and choices too; other processes are not entered."""
    for part in body:
        match part:
            case Do():
                yield part
            case Together():
                for branch in part.branches:
                    yield from things_of(branch)
            case Choose():
                yield from things_of(part.then)
                yield from things_of(part.otherwise)
            case StageMark() | Wait():
                pass
