"""`baton task list`: what waits for the viewer, soonest first."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from cli.options import Options
from cli.parser import Parser
from cli.status import task_status
from cli.tables import Cell, print_table
from cli.workplace import Workplace, workplace
from engine.views.tasks import TaskView, task_view

COLUMNS = ("task", "subject", "about", "status", "due", "waits_for")


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    parser.take("--all", about="all", action="store_true")


def run(options: Options, given: Namespace) -> int:
    """Shows the tasks; the exit code."""
    with workplace(options) as place:
        output = place.output
        viewer = place.actor().authority
        found = list(_tasks(place, viewer, everybody=given.all))
        if output.is_json:
            output.json([view for _, view in found])
            return 0
        rows: list[list[Cell]] = [
            [
                view.id,
                subject,
                view.title,
                task_status(place.language, view.status),
                place.due(view.due, provisional=view.provisional),
                place.output.listed(view.waits_for),
            ]
            for subject, view in found
        ]
        print_table([output.say(f"column.{name}") for name in COLUMNS], rows)
        output.line(output.say("task.count", count=len(found)), "quiet")
    return 0


def _tasks(place: Workplace, viewer: str, *, everybody: bool) -> Iterator[tuple[str, TaskView]]:
    """With the name of the person whom each case is about."""
    where = None if everybody else {"people": viewer}
    for row in place.store.rows("tasks", where, order="due"):
        scope = place.seen(row["case"], viewer)
        if scope is not None:
            task = scope.state.tasks[row["id"]]
            yield scope.state.subject_name, task_view(place.read(scope), task, viewer)
