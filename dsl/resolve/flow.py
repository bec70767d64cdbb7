"""Processes: each thing once, in sequences, branches and choices."""

from __future__ import annotations

from collections.abc import Iterator

from dsl import model, nodes
from dsl.diagnostic import Value
from dsl.resolve.book import Kind
from dsl.resolve.desk import Desk
from dsl.resolve.expressions import frame_for
from dsl.resolve.expressions.frame import Frame
from dsl.resolve.expressions.literals import span_of
from dsl.resolve.expressions.moments import moment
from dsl.resolve.types import titles_of

KINDS: dict[str, Kind] = {
    "approval": "approval",
    "item": "item",
    "group": "group",
    "gate": "gate",
    "action": "action",
    "access": "access",
    "document": "document",
    "process": "process",
}


def resolve_process(desk: Desk, node: nodes.Process) -> model.Process | None:
    """The way of a case."""
    started_by = desk.all("role", node.started_by)
    managed_by = desk.all("role", node.managed_by)
    part = _is_part(desk, node)
    for clause, names in (("started_by", node.started_by), ("managed_by", node.managed_by)):
        if names:
            desk.place(clause, names[0])
        elif not part:
            desk.missing(clause, node.id, desk.keyword("process"))
    if not node.body:
        desk.missing("first", node.id, desk.keyword("process"))
    walk = _Walk(desk, node.id.text)
    body = walk.sequence(node.body, frame_for(desk, guard="then_if"), "body")
    follow_ups = tuple(found for one in node.follow_ups if (found := walk.follow_up(one)))
    for number, one in enumerate(node.follow_ups):
        desk.place(f"follow_ups.{number}", one)
    whole = bool(body) and len(follow_ups) == len(node.follow_ups)
    if not whole or not (part or (started_by and managed_by)):
        return None
    titles = titles_of(desk, node.title, node.titles)
    return model.Process(node.id.text, titles, started_by, managed_by, body, follow_ups)


def _is_part(desk: Desk, node: nodes.Process) -> bool:
    """True if another process has this one among its things, so that nobody need start it."""
    others = (symbol.node for symbol in desk.book.of("process").values())
    return any(
        inner.kind == "process" and inner.target is not None and inner.target.text == node.id.text
        for other in others
        for inner in _things(other.body)
    )


def _things(body: tuple[nodes.Flow, ...]) -> Iterator[nodes.Do]:
    """Every thing of a sequence, in groups too."""
    for flow in body:
        match flow:
            case nodes.Do():
                yield flow
            case nodes.Together():
                for branch in flow.branches:
                    yield from _things(branch)
            case nodes.Choose():
                yield from _things(flow.then)
                yield from _things(flow.otherwise)
            case nodes.StageMark() | nodes.Wait():
                pass


class _Walk:
    """One pass over a process; remembers where each thing stands."""

    def __init__(self, desk: Desk, process: str) -> None:
        self._desk = desk
        self._entered = {process}
        self._seen: dict[tuple[str, str | None], nodes.Node] = {}

    def sequence(
        self, flows: tuple[nodes.Flow, ...], frame: Frame, path: str
    ) -> tuple[model.Flow, ...]:
        """A sequence; what could not be resolved is left out and has been reported."""
        found = [self._flow(flow, frame, f"{path}.{number}") for number, flow in enumerate(flows)]
        return tuple(flow for flow in found if flow is not None)

    def _flow(self, flow: nodes.Flow, frame: Frame, path: str) -> model.Flow | None:
        self._desk.place(path, flow)
        match flow:
            case nodes.Do():
                return self._do(flow)
            case nodes.Wait():
                return self._wait(flow, frame)
            case nodes.StageMark():
                titles = titles_of(self._desk, flow.title, flow.titles)
                return model.StageMark(flow.id.text, titles)
            case nodes.Together():
                branches = enumerate(flow.branches)
                return model.Together(
                    tuple(self.sequence(each, frame, f"{path}.{n}") for n, each in branches)
                )
            case nodes.Choose():
                return self._choose(flow, frame, path)

    def follow_up(self, node: nodes.FollowUp) -> model.FollowUp | None:
        """What comes up after the close; it is nothing that the case waits for as well."""
        target = self._desk.find(KINDS[node.kind], node.target)
        if target is None:
            return None
        self._once(node, node.kind, target)
        after = span_of(self._desk, node.after)
        return model.FollowUp(node.kind, target, after)

    def _wait(self, flow: nodes.Wait, frame: Frame) -> model.Wait | None:
        until = moment(frame, flow.until)
        return None if until is None else model.Wait(until.tree)

    def _choose(self, flow: nodes.Choose, frame: Frame, path: str) -> model.Flow | None:
        condition = frame.condition(flow.condition)
        yes = frame.knowing(condition.yes) if condition else frame
        no = frame.knowing(condition.no) if condition else frame
        then = self.sequence(flow.then, yes, f"{path}.then")
        otherwise = self.sequence(flow.otherwise, no, f"{path}.otherwise")
        if condition is None:
            return None
        return model.Choose(condition.tree, then, otherwise)

    def _do(self, flow: nodes.Do) -> model.Do | None:
        target = None
        if flow.kind != "items":
            target = self._desk.find(KINDS[flow.kind], flow.target)
            if target is None:
                return None
        self._once(flow, flow.kind, target)
        if flow.kind == "process" and target is not None:
            self._inside(flow, target)
        return model.Do(flow.kind, target)

    def _inside(self, flow: nodes.Do, process: str) -> None:
        """What another process has is in this one too; circles are found by a check of their own."""
        if process in self._entered:
            return
        self._entered.add(process)
        for inner in _things(self._desk.book.of("process")[process].node.body):
            target = inner.target.text if inner.target else None
            self._once(flow, inner.kind, target)
            declared = inner.kind == "process" and target in self._desk.book.of("process")
            if declared and target is not None:
                self._inside(flow, target)

    def _once(self, flow: nodes.Node, kind: str, target: str | None) -> None:
        """Reports a thing that stands in the process already."""
        first = self._seen.setdefault((kind, target), flow)
        if first is not flow:
            others = (self._desk.label(first, "E403.first"),)
            name: Value = target or self._desk.keyword("items")
            self._desk.error("E403", flow, {"name": name}, others=others, hint=True)
