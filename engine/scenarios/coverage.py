"""What the scenarios of a rulebook reach: its parts, held against the events that were played."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, Protocol

from msgspec import Struct

from dsl.model import Place, Titles
from engine.artefact import Artefact
from engine.events import (
    ActionOpened,
    DocumentOpened,
    Event,
    GateOpened,
    ItemApplies,
    ItemReady,
    ItemsListed,
    Moved,
    RuleActed,
    StepEnded,
    StepOpened,
)
from engine.graph.build import build
from engine.program import Program
from engine.scenarios.runner import Result
from engine.scenarios.stage import Stage
from engine.state import CaseState, StepTask

PartKind = Literal[
    "item",
    "step",
    "rejection",
    "branch",
    "gate",
    "action",
    "access",
    "document",
    "rule",
    "row",
    "rung",
]
WAYS = ("then", "otherwise")
"""The ways of a choice, in the order of its nodes in a plan."""
NAMED: dict[type[Event], tuple[PartKind, str]] = {
    GateOpened: ("gate", "gate"),
    DocumentOpened: ("document", "ref"),
    RuleActed: ("rule", "rule"),
}
"""Events that reach a part, and the field that names it."""


class Part(Struct, frozen=True):
    """Something that a scenario can reach.

    Attributes:
        kind: what it is; a rejection is the way that an approval goes when it does not pass.
        id: its declaration; for a step `approval.step`, for a branch `process.choice:1.then`.
        title: per language code; for a branch the condition that parts the ways.
        place: where it is written, if that is known.
    """

    kind: PartKind
    id: str
    title: Titles
    place: Place | None


class _Declared(Protocol):
    @property
    def id(self) -> str: ...

    @property
    def title(self) -> Titles: ...


class Coverage(Struct, frozen=True):
    """The parts of a rulebook, and those of them that no scenario reached, in order."""

    parts: tuple[Part, ...]
    unreached: tuple[Part, ...]


def coverage_of(artefact: Artefact, played: Iterable[tuple[Program, Result]]) -> Coverage:
    """How far scenarios reach: items and tasks that opened, gates that opened, ways, rules."""
    stages = [(program, result.stage) for program, result in played if result.stage is not None]
    reached = {each for program, stage in stages for each in reached_by(program, stage)}
    parts = (*_declared(artefact), *_branches(artefact))
    return Coverage(parts, tuple(part for part in parts if (part.kind, part.id) not in reached))


def _declared(artefact: Artefact) -> Iterator[Part]:
    rulebook, places = artefact.rulebook, artefact.places
    for approval in rulebook.approvals:
        whole = f"approval.{approval.id}"
        for step in approval.steps:
            place = places.get(f"{whole}.steps.{step.id}") or places.get(whole)
            yield Part("step", f"{approval.id}.{step.id}", approval.title, place)
        yield Part("rejection", approval.id, approval.title, places.get(whole))
    yield from _rows_and_rungs(artefact)
    kinds: tuple[tuple[PartKind, Iterable[_Declared]], ...] = (
        ("item", rulebook.items),
        ("gate", rulebook.gates),
        ("action", rulebook.actions),
        ("access", rulebook.accesses),
        ("document", rulebook.documents),
        ("rule", rulebook.rules),
    )
    for kind, declarations in kinds:
        for one in declarations:
            yield Part(kind, one.id, one.title, places.get(f"{kind}.{one.id}"))


def _rows_and_rungs(artefact: Artefact) -> Iterator[Part]:
    """The rows of decision tables, and the rungs of the time limits that items have, counted from 1."""
    rulebook, places = artefact.rulebook, artefact.places
    for table in rulebook.tables:
        for number in range(len(table.rows)):
            place = places.get(f"table.{table.id}.rows.{number}")
            yield Part("row", f"{table.id}.{number + 1}", table.title, place)
    used = {item.sla for item in rulebook.items}
    for sla in rulebook.slas:
        for number in range(len(sla.rungs) if sla.default or sla.id in used else 0):
            place = places.get(f"sla.{sla.id}.rungs.{number}")
            yield Part("rung", f"{sla.id}.{number + 1}", sla.title, place)


def _branches(artefact: Artefact) -> Iterator[Part]:
    for process in artefact.rulebook.processes:
        graph = build(artefact.rulebook, artefact.places, process.id)
        for node, known in graph.nodes.items():
            if known["kind"] == "choice":
                for way in WAYS:
                    yield Part(
                        "branch", f"{process.id}.{node}.{way}", known["title"], known["place"]
                    )


def reached_by(program: Program, stage: Stage) -> frozenset[tuple[PartKind, str]]:
    """What one play has reached, as kinds and ids of parts."""
    return frozenset(_reached(program, stage))


def _reached(program: Program, stage: Stage) -> Iterator[tuple[PartKind, str]]:
    for scope, told in stage.chapters:
        for _, _, event in told:
            yield from _reached_by(program, scope.state, event)
    yield from (("rule", rule) for rule, _ in stage.warnings)
    yield from (("row", f"{table}.{row + 1}") for table, row in stage.rows_met)
    yield from (("rung", f"{sla}.{rung + 1}") for sla, rung in stage.rungs_climbed)


def _reached_by(program: Program, state: CaseState, event: Event) -> Iterator[tuple[PartKind, str]]:
    match event:
        case StepOpened(approval=approval, step=step):
            yield "step", f"{approval}.{step}"
        case StepEnded(task=task, outcome="rejected" | "returned"):
            yield "rejection", _approval_of(state, task)
        case GateOpened() | DocumentOpened() | RuleActed():
            kind, field = NAMED[type(event)]
            yield kind, getattr(event, field)
        case ActionOpened(ref=ref, operation=operation):
            yield "action" if operation == "action" else "access", ref
        case Moved(node=node, to=to) if program.node(node).kind == "choice":
            way = WAYS[program.node(node).next.index(to[0])]
            yield "branch", f"{program.process.id}.{node}.{way}"
        case _:
            for task in _opened(event):
                yield "item", state.tasks[task].ref


def _approval_of(state: CaseState, task: str) -> str:
    step = state.tasks[task]
    assert isinstance(step, StepTask)
    return step.approval


def _opened(event: Event) -> Iterator[str]:
    """The item tasks that an event opens."""
    match event:
        case ItemsListed(instances=instances):
            yield from (one.task for one in instances if one.status == "open")
        case ItemReady(task=task) | ItemApplies(task=task, applies=True, waiting=False):
            yield task
        case _:
            pass
