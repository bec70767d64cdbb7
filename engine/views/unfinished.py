"""The unfinished items of a case: what, with whom, since when, why late, and what waits for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from engine.explaining import gate_obstacles
from engine.state import CauseTask, ItemTask, RevisionTask, StepTask, Task
from engine.views.gates import held_titles
from engine.views.origins import idle_gates
from engine.views.reader import Reader
from engine.views.tasks import STATUS, task_view


class Unfinished(Struct, frozen=True):
    """One thing of a case that is not finished, for one reader.

    Attributes:
        task: its id; None for an item that the process has not come to.
        people: whom it waits for, by name.
        since: when it came up.
        provisional: the holidays of the year in which it is due are not announced yet.
        cause: what was said about its delay; `confirmed` tells whether that was accepted.
        holds: what does not happen before it is done: the gates that it keeps shut, each with what it
            holds, and the items that wait for it.
    """

    case: str
    subject: str
    task: str | None
    title: str
    status: STATUS
    people: tuple[str, ...]
    since: datetime | None
    due: datetime | None
    provisional: bool
    cause: str | None
    confirmed: bool
    holds: tuple[str, ...]
    why: tuple[str, ...]


def unfinished(reader: Reader, viewer: str) -> list[Unfinished]:
    """Everything that is not finished in a case, in order of coming up; nothing in a closed one."""
    scope = reader.scope
    state = scope.state
    if state.status != "open":
        return []
    consequences = _consequences(reader)
    tasks = (state.tasks[task] for task in state.active)
    found = [
        _of_task(reader, task, viewer, consequences)
        for task in tasks
        if not isinstance(task, CauseTask)
    ]
    return [*found, *(_not_reached(reader, item, consequences) for item in sorted(state.unlisted))]


Consequences = dict[tuple[str, str | None], list[str]]
"""What waits for a declaration, with a record's key where one instance is meant."""


def _consequences(reader: Reader) -> Consequences:
    scope = reader.scope
    found: Consequences = {}
    idle = idle_gates(reader)
    for gate in scope.program.gates:
        if gate in idle or scope.state.is_open(gate):
            continue
        holds = reader.listed(held_titles(reader, gate)) or "—"
        text = reader.say("unfinished.gate", gate=reader.declared(gate), holds=holds)
        for target in gate_obstacles(scope, gate):
            found.setdefault((target.id, target.key), []).append(text)
    return found


def _of_task(reader: Reader, task: Task, viewer: str, consequences: Consequences) -> Unfinished:
    view = task_view(reader, task, viewer)
    ref = task.approval if isinstance(task, StepTask | RevisionTask) else task.ref
    key = task.key if isinstance(task, ItemTask) else None
    asked = reader.scope.state.tasks.get(reader.scope.state.causes.get(task.id, ""))
    cause = asked if isinstance(asked, CauseTask) else None
    return Unfinished(
        case=view.case,
        subject=reader.scope.state.subject_name,
        task=view.id,
        title=view.title,
        status=view.status,
        people=view.waits_for,
        since=view.opened_at,
        due=view.due,
        provisional=view.provisional,
        cause=cause.cause or None if cause is not None else None,
        confirmed=cause is not None and cause.status == "done",
        holds=(*consequences.get((ref, key), ()), *_dependents(reader, task)),
        why=view.why,
    )


def _dependents(reader: Reader, task: Task) -> Iterator[str]:
    if not isinstance(task, ItemTask):
        return
    for item in reader.scope.program.dependents.get(task.ref, ()):
        waiting = (reader.scope.state.tasks[one] for one in reader.scope.state.items.get(item, ()))
        if any(one.status == "waiting" for one in waiting):
            yield reader.say("unfinished.item", item=reader.declared(item))


def _not_reached(reader: Reader, item: str, consequences: Consequences) -> Unfinished:
    return Unfinished(
        case=reader.scope.state.id,
        subject=reader.scope.state.subject_name,
        task=None,
        title=reader.declared(item),
        status="waiting",
        people=(),
        since=None,
        due=None,
        provisional=False,
        cause=None,
        confirmed=False,
        holds=tuple(consequences.get((item, None), ())),
        why=(reader.say("why.not_reached"),),
    )
