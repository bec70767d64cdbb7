"""Answers to an approval step: approve, reject, return."""

from __future__ import annotations

from dsl.model import EndOnReject, ReturnOnReject
from engine.authority import refuse_excluded, refuse_unless
from engine.commands import Approve, Reject, Return
from engine.events import Approved, Rejected, Returned
from engine.finding import open_task, refuse_blank
from engine.flow.approvals import conclude, end_step
from engine.rejection import Refusal
from engine.run import Run
from engine.seen import refuse_changed
from engine.state import StepTask
from engine.waiting import owners_awaited


def approve(run: Run, command: Approve) -> Refusal | None:
    """One yes; the step ends when its slots are filled."""
    task = _votable(run, command)
    if isinstance(task, Refusal):
        return task
    voter, by = _hands(run)
    run.emit(Approved(task.id, voter, command.opinion, command.seen, by))
    conclude(run, task)
    return None


def reject(run: Run, command: Reject) -> Refusal | None:
    """One no, with its reason; the rulebook says what a rejected step means."""
    task = _votable(run, command)
    if isinstance(task, Refusal):
        return task
    blank = refuse_blank(command.opinion, "opinion")
    if blank is not None:
        return blank
    voter, by = _hands(run)
    run.emit(Rejected(task.id, voter, command.opinion, command.seen, by))
    conclude(run, task)
    return None


def send_back(run: Run, command: Return) -> Refusal | None:
    """Back for revision, where the rulebook knows a way back; one approver is enough."""
    found = _votable(run, command)
    if isinstance(found, Refusal):
        return found
    approval, _ = run.program.steps[found.ref]
    if isinstance(approval.on_reject, EndOnReject | None):
        return Refusal("R108", "invalid", {"approval": approval.id})
    blank = refuse_blank(command.opinion, "opinion")
    if blank is not None:
        return blank
    back = approval.on_reject
    role = back.role if isinstance(back, ReturnOnReject) else None
    run.emit(Returned(found.id, run.authority, command.opinion, role))
    end_step(run, found, "rejected")
    return None


def _hands(run: Run) -> tuple[str, str | None]:
    """Whose answer it is, and who gives it where that is somebody else."""
    actor = run.request.actor
    return actor.authority, actor.person if actor.on_behalf_of else None


def _votable(run: Run, command: Approve | Reject | Return) -> StepTask | Refusal:
    """The step, if the actor may answer it now with what they saw."""
    task = open_task(run, command.task, StepTask, ("step",))
    if isinstance(task, Refusal):
        return task
    approval, _ = run.program.steps[task.ref]
    refusal = (
        refuse_unless(run, owners_awaited(run.program, task), task.id)
        or refuse_excluded(run, task, tuple(task.roles))
        or (refuse_blank(command.opinion, "opinion") if approval.opinion_required else None)
    )
    if refusal is None and not isinstance(command, Return):
        refusal = refuse_changed(run.state, task, command.seen)
    return refusal or task
