"""The sentences of people, turned into commands by whoever of the role can act."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from dsl.model import Act, Evidence, Target, Who
from engine.commands import (
    Actor,
    AddApprover,
    Approve,
    Attach,
    CallBack,
    Cancel,
    Claim,
    Command,
    Complete,
    ConfirmCause,
    Delegate,
    HandOver,
    Name,
    Place,
    Provide,
    Reassign,
    Refuse,
    RefuseCause,
    Reject,
    Release,
    RemoveApprover,
    Reopen,
    Resubmit,
    Resume,
    Return,
    Sign,
    StateCause,
    Suspend,
    Waive,
    Withdraw,
)
from engine.rejection import PARTED, Refusal
from engine.scenarios.stage import Stage
from engine.seen import application_hash, signed_hash
from engine.state import ActionTask, CauseTask, ItemTask, RevisionTask, SignedTask, StepTask, Task
from engine.store.port import KeptFile
from engine.waiting import owners_awaited, people_awaited

Build = Callable[[Stage, Act, Task], Command]
MOST_TOLD = 3
"""So many of the tasks that are open are told where none is that was meant."""


def perform(stage: Stage, act: Act) -> None:
    """Let the role's people act; the stage remembers a refusal."""
    for _ in range(act.count or 1):
        refusal = _perform_once(stage, act)
        if refusal is not None:
            stage.refused = refusal
            return


def _perform_once(stage: Stage, act: Act) -> Refusal | None:
    if act.verb == "reopen":
        stage.begin_again(Reopen(_reason(act)), _anyone(stage, act.who))
        return stage.refused
    if act.target is None and act.verb in OF_CASE:
        return stage.play(OF_CASE[act.verb](_reason(act)), _anyone(stage, act.who))
    if act.verb == "waive" and act.target is not None and act.target.kind == "gate":
        command = Waive(f"gate:{act.target.id}", _reason(act))
        return stage.play(command, _anyone(stage, act.who))
    task = find_task(stage, act)
    if task is None:
        what = act.target.id if act.target else act.verb
        waits = PARTED.join(list(stage.state.active)[:MOST_TOLD]) or "—"
        return Refusal("R122", "too_early", {"what": what, "waits": waits})
    manages = act.verb in (*OF_CASE, "reassign", "take_off")
    actor = _anyone(stage, act.who) if manages else _actor(stage, act, task)
    if act.verb == "hand_over":
        refusal = _attach_files(stage, act, task, actor)
        if refusal is not None:
            return refusal
    return stage.play(BUILD[act.verb](stage, act, task), actor)


def find_task(stage: Stage, act: Act) -> Task | None:
    """The task that an act means: one that is open, else the last of its kind."""
    fitting = [task for task in stage.state.tasks.values() if _fits(stage, act, task)]
    people = set(stage.people(act.who))
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


def is_about(task: Task, target: Target) -> bool:
    """True if a task belongs to what a target means: a step to its approval."""
    match task:
        case StepTask() | RevisionTask():
            return target.kind == "approval" and task.approval == target.id
        case ActionTask():
            kind = "action" if task.operation == "action" else "access"
            return target.kind == kind and task.ref == target.id
        case _:
            return is_instance(task, target)


def is_instance(task: Task, target: Target) -> bool:
    """True if a target means this item instance or document; without a key, every instance."""
    if task.kind != target.kind or task.ref != target.id:
        return False
    return target.key is None or (isinstance(task, ItemTask) and task.key == target.key)


def _actor(stage: Stage, act: Act, task: Task) -> Actor:
    people = stage.people(act.who)
    awaited = (*people_awaited(stage.program, task), *owners_awaited(stage.program, task))
    fresh = [person for person in people if person in awaited]
    recorded = [
        person
        for role, filled in task.roles.items()
        if role == act.who.role
        for person in filled.people
    ]
    chosen = next(iter((*fresh, *recorded, *people)), act.who.role or "")
    return Actor(chosen, "scenario", "scenario")


def _anyone(stage: Stage, who: Who) -> Actor:
    people = stage.people(who)
    return Actor(people[0] if people else who.role or "", "scenario", "scenario")


def _reason(act: Act) -> str:
    """What was said, else in whose name."""
    return act.text or act.who.role or act.who.name or ""


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
    return Name(task.id, _person(stage, act.person), items)


def _resubmit(stage: Stage, act: Act, task: Task) -> Command:
    private = {fact.id for fact in stage.program.rulebook.facts if fact.private_to}
    sealed = {fact: stage.seal(wire) for fact, wire in act.content if fact in private}
    plain = {fact: wire for fact, wire in act.content if fact not in private}
    return Resubmit(task.id, act.text or "", plain, sealed)


def _person(stage: Stage, name: str | None) -> str:
    return stage.cast.person_called(name or "")


def _add_approver(place: Place) -> Build:
    return lambda stage, act, task: AddApprover(
        task.id, _person(stage, act.person), place, _reason(act)
    )


def _reassign(stage: Stage, act: Act, task: Task) -> Command:
    former = None if act.former is None else _person(stage, act.former)
    return Reassign(task.id, former, _person(stage, act.person), _reason(act))


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
    "claim": Task,
    "give_back": Task,
    "delegate": Task,
    "reassign": Task,
    "add_before": StepTask,
    "add_beside": StepTask,
    "add_after": StepTask,
    "take_off": StepTask,
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
    "resubmit": _resubmit,
    "name": _name,
    "hand_over": _hand_over,
    "count": lambda _, act, task: Provide(task.id, dict(act.content)),
    "call_back": lambda _, act, task: CallBack(task.id, act.text or ""),
    "state_cause": lambda _, act, task: StateCause(task.id, act.text or ""),
    "confirm_cause": lambda *given: ConfirmCause(given[-1].id),
    "refuse_cause": lambda _, act, task: RefuseCause(task.id, act.text or ""),
    "sign": _sign,
    "suspend": lambda _, act, task: Suspend(task.id, _reason(act)),
    "resume": lambda _, act, task: Resume(task.id, _reason(act)),
    "refuse": lambda _, act, task: Refuse(task.id, act.text or ""),
    "waive": lambda _, act, task: Waive(task.id, act.text or ""),
    "complete": lambda _, act, task: Complete(task.id, act.text or ""),
    "claim": lambda *given: Claim(given[-1].id),
    "give_back": lambda *given: Release(given[-1].id),
    "delegate": lambda stage, act, task: Delegate(
        task.id, _person(stage, act.person), _reason(act)
    ),
    "reassign": _reassign,
    "add_before": _add_approver("before"),
    "add_beside": _add_approver("beside"),
    "add_after": _add_approver("after"),
    "take_off": lambda stage, act, task: RemoveApprover(
        task.id, _person(stage, act.person), _reason(act)
    ),
}
