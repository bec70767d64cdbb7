"""Who may be put in whose place. Exclusion beats every grant: nobody is let in by a side door."""

from __future__ import annotations

from engine.authority import names
from engine.events import People
from engine.filling import has_part, kept_out_by
from engine.finding import open_task
from engine.rejection import Refusal
from engine.run import Run
from engine.state import StepTask, Task, TaskKind

KINDS: tuple[TaskKind, ...] = ("step", "revision", "naming", "item", "action", "document", "cause")


def assignable(run: Run, task_id: str) -> Task | Refusal:
    """The task, of whatever kind, if it has not ended."""
    return open_task(run, task_id, Task, KINDS)


def unanswered(task: Task) -> People:
    """The owners who have not answered; of anything but a step, all of them."""
    if not isinstance(task, StepTask):
        return task.owners
    voted = {vote.person for vote in task.votes}
    return tuple(person for person in task.owners if person not in voted)


def refuse_newcomer(run: Run, task: Task, person: str, place_of: str | None) -> Refusal | None:
    """Why somebody may not come into a task, in the place of one of its owners or beside them."""
    record = run.context.directory.person(person)
    if record is None or not record.works_on(run.today):
        return Refusal("R110", "invalid", {"person": person})
    if has_part(task, person, place_of):
        return Refusal("R123", "invalid", {"person": names(run, [person]), "task": task.id})
    role = kept_out_by(run, task, person, place_of)
    if role is None:
        return None
    return Refusal("R102", "authority", {"person": names(run, [person]), "role": role}, (role,))


def one_of(run: Run, task: Task, person: str | None) -> str | Refusal | None:
    """Whose place is meant: the person named, the only one there is, or nobody's.

    R129 if the person is not asked, R126 if they have answered, R127 if it could be several.
    """
    left = unanswered(task)
    if person is None:
        if len(left) > 1:
            return Refusal("R127", "missing", {"task": task.id, "who": names(run, left)}, left)
        return next(iter(left), None)
    if person in left:
        return person
    if person in task.owners:
        return Refusal("R126", "closed", {"person": names(run, [person]), "task": task.id})
    who = names(run, left)
    return Refusal("R129", "invalid", {"person": person, "task": task.id, "who": who}, left)
