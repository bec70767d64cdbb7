"""And, or, not: conditions, and what they tell about the facts that have values."""

from __future__ import annotations

from typing import get_args

from dsl import nodes
from dsl.expressions import tree
from dsl.resolve.expressions.frame import NOTHING, Frame, Rule, Typed
from dsl.resolve.expressions.paths import is_bare
from dsl.types import Type, YesNoType


def _and(frame: Frame, node: nodes.And, _expected: Type | None) -> Typed | None:
    parts: list[Typed | None] = []
    known = NOTHING
    for each in node.parts:
        part = frame.knowing(known).condition(each)
        parts.append(part)
        known |= part.yes if part else NOTHING
    found = [part for part in parts if part is not None]
    if len(found) < len(parts):
        return None
    no = frozenset.intersection(*(part.no for part in found))
    return Typed(tree.AllOf(tuple(part.tree for part in found)), YesNoType(), known, no)


def _or(frame: Frame, node: nodes.Or, _expected: Type | None) -> Typed | None:
    parts: list[Typed | None] = []
    known = NOTHING
    for before, each in zip((None, *node.parts), node.parts, strict=False):
        is_alone = _is_alone(frame, before, each)
        part = None if is_alone else frame.knowing(known).condition(each)
        parts.append(part)
        known |= part.no if part else NOTHING
    found = [part for part in parts if part is not None]
    if len(found) < len(parts):
        return None
    yes = frozenset.intersection(*(part.yes for part in found))
    return Typed(tree.AnyOf(tuple(part.tree for part in found)), YesNoType(), yes, known)


def _is_alone(frame: Frame, before: nodes.Expression | None, node: nodes.Expression) -> bool:
    """True for the second value of `post = lead or engineer`, which is reported."""
    before = before.parts[-1] if isinstance(before, nodes.And) else before
    value = isinstance(node, get_args(nodes.Literals)) or is_bare(frame, node)
    if not (isinstance(before, nodes.Compare) and before.op == "=" and value):
        return False
    frame.desk.error("E307", node, {}, hint=True, label=True, variant="or")
    return True


def _not(frame: Frame, node: nodes.Not, _expected: Type | None) -> Typed | None:
    of = frame.condition(node.of)
    return None if of is None else Typed(tree.Not(of.tree), YesNoType(), of.no, of.yes)


RULES: dict[type, Rule] = {nodes.And: _and, nodes.Or: _or, nodes.Not: _not}
