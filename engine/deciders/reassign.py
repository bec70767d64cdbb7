"""Making a task somebody else's."""

from __future__ import annotations

from msgspec.structs import replace

from engine.assigning import assignable, one_of, refuse_newcomer
from engine.authority import refuse_unless_manager
from engine.commands import Reassign
from engine.events import Filled, Reassigned
from engine.finding import refuse_blank
from engine.rejection import Refusal
from engine.run import Run
from engine.state import Task


def reassign(run: Run, command: Reassign) -> Refusal | None:
    """Whoever manages the process gives a task to somebody else, with the reason."""
    task = assignable(run, command.task)
    if isinstance(task, Refusal):
        return task
    refusal = refuse_unless_manager(run, task.id) or refuse_blank(command.reason, "reason")
    if refusal is not None:
        return refusal
    vacant = command.person is None and _has_vacancy(task)
    before = None if vacant else one_of(run, task, command.person)
    if isinstance(before, Refusal):
        return before
    refusal = refuse_newcomer(run, task, command.to, before)
    if refusal is None:
        by = run.authority
        roles = _filled(task, before, command.to)
        run.emit(Reassigned(task.id, before, command.to, by, command.reason, roles))
    return refusal


def _has_vacancy(task: Task) -> bool:
    """True if nobody fills one of its roles, nor will anybody be named for it: that place comes first."""
    return any(filled.lacking == "nobody" for filled in task.roles.values())


def _filled(task: Task, before: str | None, after: str) -> dict[str, Filled]:
    """The roles that change hands: those of the person before, else those that nobody fills."""
    if before is None:
        return {
            role: Filled((after,), filled.via, barred=filled.barred)
            for role, filled in task.roles.items()
            if not filled.people
        }
    return {
        role: replace(
            filled, people=tuple(after if one == before else one for one in filled.people)
        )
        for role, filled in task.roles.items()
        if before in filled.people
    }
