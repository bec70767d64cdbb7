"""What a condition may ask of the case itself: a closed list of words."""

from __future__ import annotations

from dsl import nodes
from dsl.expressions import tree
from dsl.resolve.expressions.frame import Frame, Rule, Typed
from dsl.types import IntegerType, Type, YesNoType


def _item_is(frame: Frame, node: nodes.ItemIs, _expected: Type | None) -> Typed | None:
    item = frame.desk.find("item", node.item)
    return None if item is None else Typed(tree.ItemIs(item, node.state), YesNoType())


def _every_item(_frame: Frame, _node: nodes.EveryItemDone, _expected: Type | None) -> Typed | None:
    return Typed(tree.EveryItemDone(), YesNoType())


def _item_count(_frame: Frame, node: nodes.ItemCount, _expected: Type | None) -> Typed | None:
    return Typed(tree.ItemCount(node.state), IntegerType())


def _approval_is(frame: Frame, node: nodes.ApprovalIs, _expected: Type | None) -> Typed | None:
    approval = frame.desk.find("approval", node.approval)
    return None if approval is None else Typed(tree.ApprovalIs(approval, node.state), YesNoType())


RULES: dict[type, Rule] = {
    nodes.ItemIs: _item_is,
    nodes.EveryItemDone: _every_item,
    nodes.ItemCount: _item_count,
    nodes.ApprovalIs: _approval_is,
}
