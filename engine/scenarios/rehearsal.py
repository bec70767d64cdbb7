"""`given everything before X done`: whoever must act does, as well as can be, until X has come up."""

from __future__ import annotations

from collections.abc import Callable

from dsl.expressions.tree import Wire
from dsl.model import Content, Item, Target
from dsl.types import (
    ChoiceType,
    DateTimeType,
    DateType,
    DurationType,
    FileType,
    IntegerType,
    ListType,
    MoneyType,
    NumberType,
    PercentType,
    PersonType,
    TimeType,
    Type,
    YesNoType,
)
from engine.commands import (
    Actor,
    Approve,
    Attach,
    Command,
    Complete,
    ConfirmCause,
    HandOver,
    Name,
    Resubmit,
    Sign,
    StateCause,
)
from engine.completeness import missing_parts
from engine.counting import count_up
from engine.scenarios.stage import Stage
from engine.seen import application_hash, signed_hash
from engine.state import (
    ActionTask,
    CauseTask,
    DocumentTask,
    ItemTask,
    RevisionTask,
    SignedTask,
    StepTask,
    Task,
)
from engine.store.port import KeptFile
from engine.waiting import people_awaited

ROUNDS = 1_000
"""More acts than any one case of a sane rulebook needs."""


def rehearse_until(stage: Stage, target: Target) -> bool:
    """Play every open task until the target has come up; False if it never does.

    What must wait for another task (an item for the name of its receiver) is passed over.
    """
    for _ in range(ROUNDS):
        if _has_come(stage, target):
            return True
        if not any(_played(stage, task) for task in _actable(stage)):
            return False
    return False


def _played(stage: Stage, task: Task) -> bool:
    actor = Actor(people_awaited(stage.program, task)[0], "scenario", "scenario")
    refused = any(stage.play(command, actor) for command in _commands(stage, task))
    stage.refused = None
    return not refused


def _has_come(stage: Stage, target: Target) -> bool:
    state = stage.state
    match target.kind:
        case "approval":
            return target.id in state.approvals
        case "item":
            tasks = [state.tasks[task] for task in state.items.get(target.id, ())]
            return bool(tasks) and not any(task.status == "waiting" for task in tasks)
        case "gate":
            return state.tokens[f"gate:{target.id}"] > 0 or f"gate:{target.id}" in state.passed
        case kind:
            wanted = DocumentTask if kind == "document" else ActionTask
            return any(isinstance(t, wanted) and t.ref == target.id for t in state.tasks.values())


def _actable(stage: Stage) -> list[Task]:
    tasks = (stage.state.tasks[task] for task in stage.state.active)
    return [task for task in tasks if people_awaited(stage.program, task)]


def _commands(stage: Stage, task: Task) -> list[Command]:
    match task:
        case StepTask():
            return [Approve(task.id, "-", application_hash(stage.state))]
        case RevisionTask():
            return [Resubmit(task.id, "-", {}, {})]
        case ActionTask():
            return [Complete(task.id, "-")]
        case CauseTask():
            stated = task.status == "handed_over"
            return [ConfirmCause(task.id) if stated else StateCause(task.id, "-")]
        case ItemTask() if task.status == "open":
            return _hand_over(stage, task)
        case SignedTask():
            return [Sign(task.id, signed_hash(stage.state, task))]
        case _:
            return [Name(task.id, stage.cast.person_called(task.ref))]


def _hand_over(stage: Stage, task: ItemTask) -> list[Command]:
    item: Item = stage.program.items[task.ref]
    missing = missing_parts(stage.scope, task)
    files = [
        Attach(task.id, one.id, KeptFile("0" * 64, 1), one.id, one.source)
        for one in item.evidence
        if one in missing
    ]
    values = {one.id: example(one.type, stage) for one in missing if isinstance(one, Content)}
    values |= {one.id: count_up(stage.scope, task, one).expected for one in item.counts}
    return [
        *files,
        HandOver(task.id, {one: wire for one, wire in values.items() if wire is not None}),
    ]


def example(type_: Type, stage: Stage) -> Wire:
    """A plain value of a type."""
    if isinstance(type_, ChoiceType):
        return type_.options[0].id
    if isinstance(type_, IntegerType):
        return type_.low or 0
    if isinstance(type_, MoneyType):
        return f"0 {type_.currency}"
    return EXAMPLES.get(type(type_), _dash)(stage)


def _dash(stage: Stage) -> Wire:
    del stage
    return "-"


EXAMPLES: dict[type[Type], Callable[[Stage], Wire]] = {
    NumberType: lambda _: "0",
    PercentType: lambda _: "0%",
    DateType: lambda stage: stage.scope.today.isoformat(),
    TimeType: lambda _: "09:00",
    DateTimeType: lambda stage: f"{stage.scope.today.isoformat()}T09:00",
    DurationType: lambda _: "1 day",
    YesNoType: lambda _: False,
    PersonType: lambda stage: stage.state.subject,
    FileType: lambda _: "0" * 64,
    ListType: lambda _: [],
}
