"""Roles that somebody must name: the task opens when the name is first needed."""

from __future__ import annotations

from collections.abc import Mapping

from engine.deadlines import budget_end, due_timer
from engine.events import Filled, Named, NamingOpened, RoleFilled
from engine.filling import fill_in
from engine.run import Run


def ask_for_names(run: Run, roles: Mapping[str, Filled]) -> None:
    """Open the naming task of every role that lacks its name, unless it has been open before."""
    for role, lacking in roles.items():
        if lacking.lacking != "unnamed":
            continue
        book = run.roles
        unnamed, resolver = book.naming(role, lacking.via)
        task = f"{run.state.id}/{unnamed}#1"
        if task in run.state.tasks:
            continue
        due = budget_end(run, resolver.within)
        filled = book.fill(resolver.role)
        run.emit(NamingOpened(task, unnamed, resolver.role, filled, due, due_timer(task, due)))
        ask_for_names(run, {resolver.role: filled})


def spread_name(run: Run, event: Named) -> None:
    """Fill the role, and those that depend on it, in every task that lacks it."""
    del event
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
