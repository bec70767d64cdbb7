"""When what a rulebook speaks of would be due, as its first scenario plays it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from engine.artefact import Artefact
from engine.deadlines import moment_of
from engine.drafting.playing import play
from engine.scenarios.stage import Stage
from engine.state import ActionTask, ItemTask, StepTask, Task


class Foreseen(Struct, frozen=True):
    """When a clause falls due.

    Attributes:
        clause: its key among the places of the artefact, `item.keys.due`.
        due: in the rulebook's zone; of several records the first one.
        scenario: the id of the scenario whose facts say so.
    """

    clause: str
    due: datetime
    scenario: str


def foreseen(artefact: Artefact) -> tuple[Foreseen, ...]:
    """What is due when, by the first scenario (its first example); empty if there is none."""
    for program, result in play(artefact):
        stage = result.stage
        if stage is None or not stage.started:
            return ()
        found: dict[str, datetime] = {}
        for clause, due in (*_of_tasks(stage), *_of_points(stage)):
            if clause in artefact.places:
                found.setdefault(clause, due.astimezone(program.zone))
        return tuple(Foreseen(clause, due, result.scenario) for clause, due in found.items())
    return ()


def _of_tasks(stage: Stage) -> Iterator[tuple[str, datetime]]:
    """What has come up, with the deadline that it got."""
    for task in stage.state.tasks.values():
        if task.due is not None:
            yield from ((clause, task.due) for clause in _clauses(task))


def _clauses(task: Task) -> tuple[str, ...]:
    match task:
        case ItemTask(ref=ref):
            return (f"item.{ref}.due", f"item.{ref}.within")
        case StepTask(approval=approval, step=step):
            return (f"approval.{approval}.steps.{step}",)
        case ActionTask(ref=ref, operation=operation):
            return (f"{'action' if operation == 'action' else 'access'}.{ref}.by",)
        case _:
            return ()


def _of_points(stage: Stage) -> Iterator[tuple[str, datetime]]:
    """Points in time that hang on facts alone, of items that have not come up."""
    for item in stage.program.rulebook.items:
        due = None if item.due is None else moment_of(stage.scope, item.due)
        if due is not None:
            yield f"item.{item.id}.due", due
