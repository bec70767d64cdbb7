"""`baton task show`: one task, and why it is there."""

from __future__ import annotations

from argparse import Namespace

from cli.acting import task_argument
from cli.facts import print_facts
from cli.finding import find_task
from cli.options import Options
from cli.parser import Parser
from cli.status import task_status
from cli.tables import print_table
from cli.workplace import Workplace, workplace
from engine.views.cases import CaseView, case_view
from engine.views.tasks import TaskView, task_view


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    task_argument(parser)


def run(options: Options, given: Namespace) -> int:
    """Shows the task; the exit code."""
    with workplace(options) as place:
        viewer = place.actor().authority
        reader, task = find_task(place, given.task, viewer)
        view = task_view(reader, task, viewer)
        if place.output.is_json:
            place.output.json(view)
            return 0
        _show(place, view)
        if task.kind in ("step", "revision"):
            _application(place, case_view(reader, viewer))
    return 0


def _application(place: Workplace, case: CaseView) -> None:
    """What is being decided on: the person, the rulebook and every fact that the viewer may see."""
    output = place.output
    output.line()
    output.line(f"{case.id}  {case.subject} ({case.post}) · {case.rulebook}")
    print_facts(output, case)


def _show(place: Workplace, view: TaskView) -> None:
    output = place.output
    status = task_status(place.language, view.status)
    output.line(f"{view.title}  {status.text}", "strong")
    output.line(view.id, "quiet")
    if view.due is not None:
        due = place.due(view.due, provisional=view.provisional)
        output.line(output.say("task.due", due=due))
    if view.waits_for:
        output.line(output.say("task.waits_for", people=output.listed(view.waits_for)))
    for line in view.why:
        output.line(f"  {line}")
    for line in view.origin:
        output.line(f"  {line}", "quiet")
    missing = output.say("task.missing")
    rows = [
        [part.id, part.title, part.given or (missing if part.missing else "—")]
        for part in view.parts
    ]
    print_table([output.say(f"column.{name}") for name in ("id", "part", "given")], rows)
    if view.acts:
        acts = output.listed(f"baton task {act.replace('_', '-')}" for act in view.acts)
        output.line(output.say("task.acts", acts=acts))
    if view.seen:
        output.line(output.say("task.seen", seen=view.seen), "quiet")
