"""Roles that somebody must name: the task opens when the name is first needed."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count

from engine.deadlines import budget_end, due_timer
from engine.events import Filled, Named, NamingEnded, NamingOpened, RoleFilled
from engine.filling import fill_in
from engine.run import Run


def ask_for_names(run: Run, roles: Mapping[str, Filled]) -> None:
    """Open the naming task of every role that lacks its name, unless it is open."""
    for role, lacking in roles.items():
        if lacking.lacking != "unnamed":
            continue
        book = run.roles
        unnamed, resolver = book.naming(role, lacking.via)
        task = _next_round(run, unnamed)
        if task is None:
            continue
        due = budget_end(run, resolver.within)
        filled = book.fill(resolver.role)
        run.emit(NamingOpened(task, unnamed, resolver.role, filled, due, due_timer(due)))
        ask_for_names(run, {resolver.role: filled})


def _next_round(run: Run, role: str) -> str | None:
    """The id of the naming that is due: the first, or another after whoever was named has left."""
    for number in count(1):
        found = f"{run.state.id}/{role}#{number}"
        task = run.state.tasks.get(found)
        if task is None:
            return found
        if not task.ended:
            break
    return None


def spread_name(run: Run, event: Named) -> None:
    """Fill the role, and those that depend on it, in every task that lacks it.

    A naming for some items ends when nothing lacks the name any more.
    """
    found: dict[tuple[str, Filled], list[str]] = {}
    for task_id in run.state.active:
        task = run.state.tasks[task_id]
        for role, before in task.roles.items():
            if before.lacking == "unnamed":
                filled = fill_in(run, task, role)
                if filled != before:
                    found.setdefault((role, filled), []).append(task_id)
    for (role, filled), tasks in found.items():
        run.emit(RoleFilled(role, tuple(tasks), filled))
        ask_for_names(run, {role: filled})
    if event.items and not _lacks(run, event.role):
        run.emit(NamingEnded(event.task))


def _lacks(run: Run, role: str) -> bool:
    tasks = (run.state.tasks[one] for one in run.state.active)
    lacking = (task.roles[role].lacking for task in tasks if role in task.roles)
    return "unnamed" in lacking
