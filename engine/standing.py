"""What a suspended case or task refuses, and why it stands still."""

from __future__ import annotations

from engine.commands import (
    Cancel,
    ChangeFact,
    Command,
    Comment,
    Complete,
    Reassess,
    Resume,
    Suspend,
    Tick,
    Withdraw,
)
from engine.rejection import Refusal
from engine.rest import Suspension
from engine.state import CaseState, Task, takes_back

ALWAYS = (Tick, Reassess, Comment, ChangeFact, Withdraw, Cancel)
"""What can be done about a case that stands still: facts are put right, and it may end."""


def refuse_suspended(state: CaseState, command: Command) -> Refusal | None:
    """R170 if the act has to wait until the case, or the task that it is about, goes on."""
    if isinstance(command, ALWAYS):
        return None
    about = getattr(command, "task", None)
    task = None if about is None else state.tasks.get(about)
    if state.suspended is not None and not _goes_on(command, task):
        return _refusal(state.id, state.suspended)
    own = None if task is None or task.clock is None else task.clock.suspended
    if task is None or own is None or isinstance(command, Suspend | Resume):
        return None
    return _refusal(task.id, own)


def _goes_on(command: Command, task: Task | None) -> bool:
    """The case is resumed (suspending it again is refused in its own words); access is taken back."""
    if isinstance(command, Suspend | Resume):
        return command.task is None
    return isinstance(command, Complete) and task is not None and takes_back(task, task.id)


def _refusal(what: str, suspension: Suspension) -> Refusal:
    values = {
        "what": what,
        "by": suspension.person,
        "since": suspension.at.isoformat(),
        "reason": suspension.reason,
    }
    return Refusal("R170", "too_early", values)
