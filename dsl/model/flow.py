"""The way of a case: processes and what they are made of."""

from __future__ import annotations

from msgspec import Struct

from dsl.expressions.tree import Expression
from dsl.model.words import DoKind, Titles
from dsl.types import Tagged


class Do(Tagged, tag="do"):
    """One thing of a process; `id` is None for `items`, a group's id for `items of GROUP`."""

    kind: DoKind
    id: str | None = None


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


Flow = Do | StageMark | Together | Choose


class Process(Struct, frozen=True):
    """The way of a case from its opening to its close."""

    id: str
    title: Titles
    started_by: tuple[str, ...]
    managed_by: tuple[str, ...]
    body: tuple[Flow, ...]
