"""Untyped expression nodes to the checked tree: static types with units, guards, names."""

from __future__ import annotations

from collections.abc import Mapping

from dsl.resolve.desk import Desk
from dsl.resolve.expressions import (
    arithmetic,
    compare,
    lists,
    literals,
    logic,
    moments,
    paths,
    states,
)
from dsl.resolve.expressions.frame import Frame, Guard, Rule

RULES: Mapping[type, Rule] = {
    **literals.RULES,
    **paths.RULES,
    **compare.RULES,
    **logic.RULES,
    **arithmetic.RULES,
    **lists.RULES,
    **moments.RULES,
    **states.RULES,
}


def frame_for(
    desk: Desk, *words: str, item: str | None = None, guard: Guard | None = None
) -> Frame:
    """The frame of a declaration's expressions; `words` mean somebody in it besides `subject`.

    `item` is the item that the word `item` means in it; `guard` is the clause that can ask
    whether a value is there.
    """
    return Frame(desk, RULES, words=frozenset({"subject", *words}), item=item, guard=guard)
