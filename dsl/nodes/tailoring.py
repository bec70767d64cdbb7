"""Source nodes of tailoring: what a layer changes in the rulebook that it extends."""

from __future__ import annotations

from typing import Any, Literal

from dsl.nodes.declarations import Declared
from dsl.nodes.expressions import Name, Node
from dsl.nodes.processes import Flow
from dsl.nodes.tables import Row

Way = Literal["set", "add", "remove"]
Side = Literal["after", "before", "together", "start", "end"]


class Beside(Node, frozen=True):
    """Where something is added: beside something that is there, or at one end of everything.

    `anchor` is the id of a step, a row of a table, or a thing or stage of a process (its title is
    not written); None for `start` and `end`.
    """

    side: Side
    anchor: Name | Row | Flow | None = None


class Said(Node, frozen=True):
    """What a line says of one field of a declaration.

    Attributes:
        field: as in the node of the kind; `options` are those of a fact's choice, `body` the things
            of a process.
        value: of that field, or of one entry if it is a list with `many`. Of what is taken away, the
            name will do, and None takes the whole clause away.
    """

    field: str
    value: Any
    many: bool = False


class Change(Node, frozen=True):
    """One line of an adjustment.

    Attributes:
        verb: `set` for a line as any declaration has them, which replaces what is there.
        said: several where a line fills several fields (`from A to B`).
        at: where it is put, if that is said.
    """

    verb: Way
    said: tuple[Said, ...]
    at: Beside | None = None


class Adjust(Declared, frozen=True):
    """`adjust KIND ID` and its lines, in order. A title that is not written stands where the id does."""

    kind: str
    changes: tuple[Change, ...] = ()


class Replace(Declared, frozen=True):
    """`replace` before a whole declaration."""

    kind: str
    by: Declared


class Remove(Declared, frozen=True):
    """`remove KIND ID because "…"`."""

    kind: str


Tailoring = Adjust | Replace | Remove


def is_titled(node: Declared) -> bool:
    """True if a title is written, so that not the id stands for it."""
    return node.title.span != node.id.span
