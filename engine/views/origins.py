"""Where the rulebook says so: the lines that a task, its people and what was left out come from."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from engine.events import Filled, StepSkipped
from engine.plan import NodeKind, PlanNode
from engine.state import ActionTask, RevisionTask, StepTask, Task
from engine.views.reader import Reader


class Skipped(Struct, frozen=True):
    """Something that the case has passed by, and why.

    Attributes:
        ref: the declaration, `approval.step` for a step.
        why: in sentences, with the line of the rulebook.
    """

    ref: str
    title: str
    why: tuple[str, ...]


def origins(reader: Reader, task: Task) -> tuple[str, ...]:
    """Which line asks for a task, and which line made it the business of its people."""
    lines = []
    place = reader.place(_key(task)) or reader.place(f"approval.{task.ref}")
    if place is not None:
        lines.append(reader.say("origin.task", place=place))
    lines += [_who(reader, task, role, filled) for role, filled in task.roles.items()]
    if isinstance(task, StepTask) and task.added:
        place = reader.place(f"approval.{task.approval}.on_timeout") or "—"
        added = reader.people(task.added)
        lines.append(reader.say("origin.escalated", people=added, place=place))
    return tuple(lines)


def skipped(reader: Reader) -> tuple[Skipped, ...]:
    """Every step that was passed over, then everything on the ways that were not taken."""
    steps = [_step(reader, event) for event in reader.scope.state.skipped.values()]
    ways = [
        Skipped(node.ref, reader.declared(node.ref), (reader.say("origin.way"),))
        for node in _beside(reader)
    ]
    return (*steps, *ways)


def idle_gates(reader: Reader) -> frozenset[str]:
    """The gates that the case has passed by, together with all that they hold."""
    beside = {(node.kind, node.ref) for node in _beside(reader)}
    held = reader.scope.program.held_by
    return frozenset(
        ref for kind, ref in beside if kind == "gate" and held(ref) and held(ref) <= beside
    )


def _key(task: Task) -> str:
    match task:
        case StepTask():
            return f"approval.{task.approval}.steps.{task.step}"
        case RevisionTask():
            return f"approval.{task.approval}.on_reject"
        case ActionTask(operation="grant" | "revoke"):
            return f"access.{task.ref}.{task.operation}_on"
        case _:
            ref = task.ref.removesuffix(".cause")
            return f"{_KINDS.get(task.kind, task.kind)}.{ref}"


_KINDS = {"naming": "role", "cause": "item"}
"""What declares a task of a kind, where it is not called the same."""


def _who(reader: Reader, task: Task, role: str, filled: Filled) -> str:
    values = {"role": reader.role(role), "people": reader.people(filled.people)}
    if role in task.fixed:
        return reader.say("origin.arranged", **values)
    place = reader.place(f"role.{role}.resolvers.{filled.via}") or "—"
    message = "origin.role" if filled.via == 0 else "origin.fallback"
    return reader.say(message if filled.people else "origin.nobody", place=place, **values)


def _step(reader: Reader, event: StepSkipped) -> Skipped:
    ref = f"{event.approval}.{event.step}"
    person = reader.person(event.person) if event.person else ""
    why = [reader.say(f"origin.skipped.{event.why}", person=person)]
    place = reader.place(f"approval.{event.approval}.steps.{event.step}")
    if place is not None:
        why.append(reader.say("origin.task", place=place))
    return Skipped(ref, reader.declared(ref), tuple(why))


_SHOWN: frozenset[NodeKind] = frozenset(
    {"approval", "item", "gate", "action", "access", "document"}
)


def _beside(reader: Reader) -> Iterator[PlanNode]:
    """What lies on the ways that choices have not taken, up to where they meet again."""
    state, program = reader.scope.state, reader.scope.program
    seen: set[str] = set()
    for node in program.plan.nodes.values():
        if node.kind != "choice" or node.id not in state.passed:
            continue
        first, second = node.next
        taken = first in state.passed or state.tokens[first]
        queue = [second if taken else first]
        while queue:
            found = program.node(queue.pop(0))
            came = found.id in state.passed or state.tokens[found.id]
            if found.id in seen or came or found.kind in ("merge", "end"):
                continue
            seen.add(found.id)
            queue += found.next
            if found.kind in _SHOWN:
                yield found
