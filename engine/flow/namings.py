"""Roles that somebody must name: the task opens when the name is first needed."""

from __future__ import annotations

from collections.abc import Iterable

from engine.deadlines import budget_end, due_timer
from engine.events import Filled, Named, NamingOpened, RoleFilled
from engine.run import Run


def ask_for_names(run: Run, roles: Iterable[str]) -> None:
    """Open the naming task of every role that lacks its name, unless it is open already."""
    for role in roles:
        book = run.roles
        if book.fill(role).lacking != "unnamed":
            continue
        unnamed, resolver = book.naming(role)
        task = f"{run.state.id}/{unnamed}#1"
        if task in run.state.tasks:
            continue
        due = budget_end(run, resolver.within)
        filled = book.fill(resolver.role)
        run.emit(NamingOpened(task, unnamed, resolver.role, filled, due, due_timer(task, due)))
        ask_for_names(run, (resolver.role,))


def spread_name(run: Run, event: Named) -> None:
    """Fill the role, and those that depend on it, in every task that lacks it."""
    del event
    waiting: dict[str, list[str]] = {}
    for task_id in run.state.active:
        for role, filled in run.state.tasks[task_id].roles.items():
            if filled.lacking == "unnamed":
                waiting.setdefault(role, []).append(task_id)
    for role, tasks in waiting.items():
        filled = run.roles.fill(role)
        if filled != Filled((), filled.via, "unnamed"):
            run.emit(RoleFilled(role, tuple(tasks), filled))
