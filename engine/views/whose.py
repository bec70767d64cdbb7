"""Whose a task is: who does it in whose place, and what the viewer may do about that."""

from __future__ import annotations

from engine.authority import managers
from engine.commands import CommandName
from engine.state import StepTask, Task
from engine.views.reader import Reader
from engine.waiting import owners_awaited


def arrangements(
    reader: Reader, task: Task, viewer: str, awaited: tuple[str, ...]
) -> list[CommandName]:
    """What the viewer may do about who does it."""
    manages = viewer in managers(reader.scope)
    given = {one.person for one in task.stand_ins if one.how == "delegate"} | set(task.claims)
    acts: list[CommandName] = []
    if viewer in awaited and len(awaited) > 1 and viewer not in task.claims:
        acts.append("claim")
    if viewer in given or (manages and given):
        acts.append("release")
    if viewer in awaited:
        acts.append("delegate")
    if manages:
        acts.append("reassign")
    if isinstance(task, StepTask) and (manages or viewer in awaited):
        acts.append("add_approver")
    if isinstance(task, StepTask) and manages:
        acts.append("remove_approver")
    return acts


def why_they(reader: Reader, task: Task) -> list[str]:
    """Who does it in whose place, and who was passed over."""
    scope, lines = reader.scope, []
    if task.claims:
        lines.append(reader.say("why.claimed", people=reader.people(task.claims)))
    awaited = owners_awaited(scope.program, task)
    for one in task.stand_ins:
        if task.status != "waiting" and one.person not in awaited:
            continue
        names = {"person": reader.person(one.person), "to": reader.person(one.by)}
        lines.append(reader.say(f"why.{one.how}", **names))
    for owner in awaited:
        away = scope.context.directory.substitute_on(owner, scope.today)
        if away is not None and task.stand_in(owner) is None:
            names = {"person": reader.person(owner), "to": reader.person(away)}
            lines.append(reader.say("why.no_substitute", **names))
    for role, filled in task.roles.items():
        if filled.barred:
            values = {"role": reader.role(role), "barred": reader.barred(filled)}
            lines.append(reader.say("why.barred", **values))
    return lines
