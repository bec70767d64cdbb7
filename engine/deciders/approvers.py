"""More approvers for a step, or fewer."""

from __future__ import annotations

from engine.assigning import one_of, refuse_newcomer
from engine.authority import managers, refuse_unless, refuse_unless_manager
from engine.commands import AddApprover, Place, RemoveApprover
from engine.events import ApproverAdded, ApproverRemoved
from engine.finding import open_task, refuse_blank
from engine.flow.approvals import conclude
from engine.rejection import Refusal
from engine.run import Run
from engine.state import StepTask
from engine.votes import present_turn
from engine.waiting import is_distinct, people_awaited


def add_approver(run: Run, command: AddApprover) -> Refusal | None:
    """Whoever is asked, or manages the process, asks one more person, with the reason."""
    task = open_task(run, command.task, StepTask, ("step",))
    if isinstance(task, Refusal):
        return task
    asked = people_awaited(run.program, task)
    refusal = (
        refuse_unless_manager(run, task.id, asked)
        or refuse_blank(command.reason, "reason")
        or refuse_newcomer(run, task, command.person, None)
    )
    if refusal is None:
        turn = _turn(run, task, command.place)
        by = run.authority
        run.emit(ApproverAdded(task.id, command.person, by, command.place, turn, command.reason))
    return refusal


def remove_approver(run: Run, command: RemoveApprover) -> Refusal | None:
    """A manager asks somebody no longer; whoever was added, those who are asked may send away too."""
    task = open_task(run, command.task, StepTask, ("step",))
    if isinstance(task, Refusal):
        return task
    refusal = _refuse_remover(run, task, command.person) or refuse_blank(command.reason, "reason")
    if refusal is not None:
        return refusal
    found = one_of(run, task, command.person)
    if isinstance(found, Refusal):
        return found
    refusal = _refuse_too_few(task, command.person)
    if refusal is None:
        by = run.authority
        run.emit(ApproverRemoved(task.id, command.person, by, command.reason))
        conclude(run, task)
    return refusal


def _turn(run: Run, task: StepTask, place: Place) -> int:
    present = present_turn(task, distinct=is_distinct(run.program, task))
    if place == "beside":
        return present
    return present - 1 if place == "before" else max(slot.turn for slot in task.slots) + 1


def _refuse_remover(run: Run, task: StepTask, person: str) -> Refusal | None:
    was_added = any(person in slot.people for slot in task.slots)
    others = people_awaited(run.program, task) if was_added else ()
    if run.authority == person:
        return refuse_unless(run, managers(run), task.id)  # nobody excuses themself
    return refuse_unless_manager(run, task.id, others)


def _refuse_too_few(task: StepTask, person: str) -> Refusal | None:
    """R125 if a slot that others count on could not be filled any more."""
    for slot in task.slots:
        if slot.people == (person,) and not slot.roles:
            continue
        left = tuple(one for one in task.people_of(slot) if one != person)
        need = 1 if slot.need is None else slot.need
        if person in task.people_of(slot) and len(left) < need:
            values = {"task": task.id, "need": str(need), "count": str(len(left))}
            return Refusal("R125", "invalid", values, left)
    return None
