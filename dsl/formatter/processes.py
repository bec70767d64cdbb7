"""Prints processes: what is inside a group is indented."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dsl import nodes
from dsl.formatter.expressions import duration, expression, moment
from dsl.formatter.heads import Lines, because, called, clause, each, head, title, titles
from dsl.formatter.pieces import Line, Pieces, Writer

_DOES: Mapping[str, tuple[str, ...]] = {
    "approval": ("APPROVAL it",),
    "item": ("ITEM it",),
    "gate": ("GATE it",),
    "action": ("ACTION it",),
    "access": ("ACCESS it",),
    "document": ("DOCUMENT it",),
    "process": ("PROCESS it",),
    "group": ("ITEMS_OF it",),
    "items": ("ITEMS", "ITEM_OR_ITEMS"),
}


def _process(writer: Writer, node: nodes.Process) -> Lines:
    yield Line(0, head(writer, node, "PROCESS"))
    yield from titles(writer, node.titles)
    started = writer.maybe("STARTED_BY it", writer.names(node.started_by))
    yield from clause(started, "started_by")
    managed = writer.maybe("MANAGED_BY it", writer.names(node.managed_by))
    yield from clause(managed, "managed_by")
    yield from because(writer, node)
    yield from _flow(writer, node.body, 1)
    yield from each("follow_ups", ((one, _follow_up(writer, one)) for one in node.follow_ups))


def _flow(writer: Writer, flows: tuple[nodes.Flow, ...], depth: int) -> Lines:
    """The lines of a sequence; its first thing begins with `first`, all others with `then`."""
    first = True
    for flow in flows:
        if isinstance(flow, nodes.StageMark):
            stage = writer.fill("STAGE id title", id=flow.id, title=title(flow.title, flow.id))
            yield Line(depth, stage, spans=(flow.span,))
            yield from titles(writer, flow.titles, depth + 1)
            continue
        if isinstance(flow, nodes.Do | nodes.Wait):
            word = writer.word("FIRST" if first else "THEN")
            yield Line(depth, word + _do(writer, flow), spans=(flow.span,))
        elif isinstance(flow, nodes.Together):
            yield from _together(writer, flow, depth, first=first)
        else:
            yield from _choose(writer, flow, depth, first=first)
        first = False


def thing(writer: Writer, node: nodes.Flow) -> Pieces:
    """A thing of a process or a stage, without the word that begins its line."""
    match node:
        case nodes.StageMark():
            return writer.fill("STAGE id title", id=node.id, title=called(node))
        case nodes.Do() | nodes.Wait():
            return _do(writer, node)
        case _:
            raise TypeError(node)


def _do(writer: Writer, node: nodes.Do | nodes.Wait) -> Pieces:
    if isinstance(node, nodes.Wait):
        return writer.fill("WAIT_UNTIL it", it=moment(writer, node.until))
    return writer.fill(*_DOES[node.kind], it=node.target)


def _follow_up(writer: Writer, node: nodes.FollowUp) -> Pieces:
    kind = node.kind.upper()
    templates = f"FOLLOW_UP {kind} it after AFTER_CLOSE", f"FOLLOW_UP {kind} it CLOSE_AFTER after"
    return writer.fill(*templates, it=node.target, after=duration(writer, node.after))


def _opening(writer: Writer, terminal: str, *, first: bool) -> Pieces:
    return writer.also(terminal) if first else writer.word(terminal)


def _together(writer: Writer, node: nodes.Together, depth: int, *, first: bool) -> Lines:
    yield Line(depth, _opening(writer, "THEN_TOGETHER", first=first), spans=(node.span,))
    for number, branch in enumerate(node.branches):
        if number:
            yield Line(depth, writer.word("AND_BRANCH"), parts_group=True)
        yield from _flow(writer, branch, depth + 1)
    yield Line(depth, writer.word("END"), parts_group=True)


def _choose(writer: Writer, node: nodes.Choose, depth: int, *, first: bool) -> Lines:
    condition = expression(writer, node.condition)
    pieces = _opening(writer, "THEN_IF", first=first) + condition
    yield Line(depth, pieces, spans=(node.condition.span,))
    yield from _flow(writer, node.then, depth + 1)
    if node.otherwise:
        yield Line(depth, writer.word("OTHERWISE"), parts_group=True)
        yield from _flow(writer, node.otherwise, depth + 1)
    yield Line(depth, writer.word("END"), parts_group=True)


PRINTERS: Mapping[type, Callable[[Writer, Any], Lines]] = {nodes.Process: _process}
