"""The sentences of people, turned into commands by whoever of the role can act."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from dsl.model import Act, Evidence, Target
from engine.commands import (
    Actor,
    Approve,
    Attach,
    CallBack,
    Cancel,
    Command,
    Complete,
    ConfirmCause,
    HandOver,
    Name,
    Provide,
    Refuse,
    RefuseCause,
    Reject,
    Resubmit,
    Resume,
    Return,
    Sign,
    StateCause,
    Suspend,
    Waive,
    Withdraw,
)
from engine.rejection import Refusal
from engine.scenarios.stage import Stage
from engine.seen import application_hash, signed_hash
from engine.state import ActionTask, CauseTask, ItemTask, RevisionTask, SignedTask, StepTask, Task
from engine.store.port import KeptFile
from engine.waiting import people_awaited

Build = Callable[[Stage, Act, Task], Command]


def perform(stage: Stage, act: Act) -> None:
    """Let the role's people act; the stage remembers a refusal."""
    for _ in range(act.count or 1):
        refusal = _perform_once(stage, act)
        if refusal is not None:
            stage.refused = refusal
            return


def _perform_once(stage: Stage, act: Act) -> Refusal | None:
    if act.target is None and act.verb in OF_CASE:
        return stage.play(OF_CASE[act.verb](act.text or act.role), _anyone(stage, act.role))
    if act.verb == "waive" and act.target is not None and act.target.kind == "gate":
        command = Waive(f"gate:{act.target.id}", act.text or act.role)
        return stage.play(command, _anyone(stage, act.role))
    task = find_task(stage, act)
    if task is None:
        return Refusal("R122", "too_early", {"what": act.target.id if act.target else act.verb})
    actor = _anyone(stage, act.role) if act.verb in OF_CASE else _actor(stage, act, task)
    if act.verb == "hand_over":
        refusal = _attach_files(stage, act, task, actor)
        if refusal is not None:
            return refusal
    return stage.play(BUILD[act.verb](stage, act, task), actor)


def find_task(stage: Stage, act: Act) -> Task | None:
    """The task that an act means: one that is open, else the last of its kind."""
    fitting = [task for task in stage.state.tasks.values() if _fits(stage, act, task)]
    people = set(stage.scope.roles.people(act.role))
    program = stage.program
    for task in fitting:
        if people & set(people_awaited(program, task)):
            return task
    unfinished = [task for task in fitting if not task.ended]
    if unfinished or not fitting or _comes_again(stage, fitting[-1]):
        return next(iter(unfinished), None)
    return fitting[-1]


def _comes_again(stage: Stage, task: Task) -> bool:
    """True for a step of an approval that has no answer yet: who acts on it now is too early."""
    if not isinstance(task, StepTask):
        return False
    return stage.state.approvals[task.approval].status in ("running", "returned")


def _fits(stage: Stage, act: Act, task: Task) -> bool:
    target = act.target
    if target is None:
        return isinstance(task, KINDS[act.verb])
    match task:
        case StepTask():
            return target.kind == "approval" and task.approval == target.id
        case RevisionTask():
            return act.verb == "resubmit" and task.approval == target.id
        case SignedTask():
            return act.verb not in CAUSES and is_instance(task, target)
        case CauseTask():
            item = stage.state.tasks[task.item]
            return act.verb in CAUSES and is_instance(item, target)
        case ActionTask():
            return target.kind in ("action", "access") and task.ref == target.id
        case _:
            return target.kind == "role" and task.ref == target.id


def is_instance(task: Task, target: Target) -> bool:
    """True if a target means this item instance or document; without a key, every instance."""
    if task.kind != target.kind or task.ref != target.id:
        return False
    return target.key is None or (isinstance(task, ItemTask) and task.key == target.key)


def _actor(stage: Stage, act: Act, task: Task) -> Actor:
    people = stage.scope.roles.people(act.role)
    awaited = people_awaited(stage.program, task)
    fresh = [person for person in people if person in awaited]
    recorded = [
        person
        for role, filled in task.roles.items()
        if role == act.role
        for person in filled.people
    ]
    chosen = next(iter((*fresh, *recorded, *people)), act.role)
    return Actor(chosen, "scenario", "scenario")


def _anyone(stage: Stage, role: str) -> Actor:
    people = stage.scope.roles.people(role)
    return Actor(people[0] if people else role, "scenario", "scenario")


def _attach_files(stage: Stage, act: Act, task: Task, actor: Actor) -> Refusal | None:
    wanted = _evidence(stage, task)
    for name, wire in act.content:
        if name in wanted:
            content = str(wire).encode()
            file = KeptFile(hashlib.sha256(content).hexdigest(), len(content))
            attach = Attach(task.id, name, file, str(wire), wanted[name].source)
            refusal = stage.play(attach, actor)
            if refusal is not None:
                return refusal
    return None


def _evidence(stage: Stage, task: Task) -> dict[str, Evidence]:
    return {one.id: one for one in stage.program.items[task.ref].evidence}


def _hand_over(stage: Stage, act: Act, task: Task) -> Command:
    files = _evidence(stage, task)
    values = {name: wire for name, wire in act.content if name not in files}
    return HandOver(task.id, values, act.text or "")


def _name(stage: Stage, act: Act, task: Task) -> Command:
    items = tuple(
        one.id
        for target in act.items
        for one in stage.state.tasks.values()
        if is_instance(one, target)
    )
    return Name(task.id, stage.cast.person_called(act.person or ""), items)


def _sign(stage: Stage, act: Act, task: Task) -> Command:
    del act
    return Sign(task.id, signed_hash(stage.state, task) if isinstance(task, SignedTask) else "")


CAUSES = ("state_cause", "confirm_cause", "refuse_cause")
"""Acts on the task that asks why an item is late."""

KINDS: dict[str, type[Task]] = {
    "approve": StepTask,
    "reject": StepTask,
    "return": StepTask,
    "resubmit": RevisionTask,
    "hand_over": ItemTask,
    "count": ItemTask,
    "call_back": ItemTask,
    "state_cause": CauseTask,
    "confirm_cause": CauseTask,
    "refuse_cause": CauseTask,
    "sign": SignedTask,
    "refuse": SignedTask,
    "waive": ItemTask,
    "complete": ActionTask,
    "suspend": Task,
    "resume": Task,
    "name": Task,
}

OF_CASE: dict[str, Callable[[str], Command]] = {
    "withdraw": Withdraw,
    "cancel": Cancel,
    "suspend": lambda reason: Suspend(None, reason),
    "resume": lambda reason: Resume(None, reason),
}
"""Acts about the whole case, by the reason that is given."""

BUILD: dict[str, Build] = {
    "approve": lambda stage, act, task: Approve(
        task.id, act.text or "", application_hash(stage.state)
    ),
    "reject": lambda stage, act, task: Reject(
        task.id, act.text or "", application_hash(stage.state)
    ),
    "return": lambda _, act, task: Return(task.id, act.text or ""),
    "resubmit": lambda _, act, task: Resubmit(task.id, act.text or "", {}, {}),
    "name": _name,
    "hand_over": _hand_over,
    "count": lambda _, act, task: Provide(task.id, dict(act.content)),
    "call_back": lambda _, act, task: CallBack(task.id, act.text or ""),
    "state_cause": lambda _, act, task: StateCause(task.id, act.text or ""),
    "confirm_cause": lambda *given: ConfirmCause(given[-1].id),
    "refuse_cause": lambda _, act, task: RefuseCause(task.id, act.text or ""),
    "sign": _sign,
    "suspend": lambda _, act, task: Suspend(task.id, act.text or act.role),
    "resume": lambda _, act, task: Resume(task.id, act.text or act.role),
    "refuse": lambda _, act, task: Refuse(task.id, act.text or ""),
    "waive": lambda _, act, task: Waive(task.id, act.text or ""),
    "complete": lambda _, act, task: Complete(task.id, act.text or ""),
}
