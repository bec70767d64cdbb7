"""Parties: a role, a word such as `giver`, or the manager of one."""

from __future__ import annotations

from typing import get_args

from dsl import nodes
from dsl.expressions import tree
from dsl.resolve.desk import Desk
from dsl.resolve.expressions import frame_for
from dsl.resolve.expressions.paths import is_bare, path


def resolve_party(desk: Desk, node: nodes.Party, words: frozenset[str]) -> tree.Party | None:
    """The people that a line means.

    Args:
        desk: takes the problems.
        node: as written.
        words: the words for people that mean somebody there, besides `subject`.
    """
    if isinstance(node, nodes.SuperiorOf):
        of = resolve_party(desk, node.of, words)
        return None if of is None else tree.SuperiorParty(of)
    name = node.name
    frame = frame_for(desk, *words)
    alone = nodes.Path((name,), span=name.span)
    if (is_bare(frame, alone) and name.word not in get_args(tree.PersonWord)) or (
        name.text in desk.book.of("fact")
    ):
        desk.find("role", name)
        return None
    found = path(frame, alone, None)
    return found.tree.party if found and isinstance(found.tree, tree.PartyValue) else None
