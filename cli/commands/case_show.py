"""`baton case show`: where a case stands."""

from __future__ import annotations

from argparse import Namespace

from cli.acting import case_argument
from cli.facts import print_facts
from cli.options import Options
from cli.output import Word
from cli.parser import Parser
from cli.status import case_status, gate_sign, task_status
from cli.tables import Cell, print_table
from cli.workplace import Workplace, workplace
from engine.views.cases import CaseView, case_view
from engine.views.gates import GateView
from engine.views.progress import progress


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    case_argument(parser)


def run(options: Options, given: Namespace) -> int:
    """Shows the case; the exit code."""
    with workplace(options) as place:
        viewer = place.actor().authority
        view = case_view(place.reader(given.case, viewer), viewer)
        if place.output.is_json:
            place.output.json(view)
            return 0
        _head(place, view)
        if view.facts:
            place.output.line()
            print_facts(place.output, view)
        _tasks(place, view)
        _gates(place, view.gates)
        _skipped(place, view)
    return 0


def _head(place: Workplace, view: CaseView) -> None:
    output = place.output
    status = case_status(place.language, view.status)
    output.line(f"{view.id}  {view.subject} ({view.post})  {status.text}", "strong")
    version = output.say("case.version", version=view.version)
    output.line(f"{view.rulebook} · {view.process} · {version}")
    times = (
        ("opened", place.local(view.opened_at)),
        ("closed", place.local(view.closed_at)),
        ("next_due", place.due(view.next_due, provisional=view.provisional)),
    )
    parts = [output.say(f"case.{name}", at=at) for name, at in times if at]
    if view.suspended:
        output.line(view.suspended, "notice")
    links = (("reopens", view.reopens), ("reopened_as", view.reopened_as))
    parts += [output.say(f"case.{name}", case=case) for name, case in links if case]
    if view.stage:
        parts.insert(0, output.say("case.stage", stage=view.stage))
    parts.append(progress(view, place.language))
    output.line(" · ".join(parts))


def _tasks(place: Workplace, view: CaseView) -> None:
    output = place.output
    if not view.tasks:
        return
    output.line()
    head = [
        output.say(f"column.{name}") for name in ("task", "about", "status", "due", "waits_for")
    ]
    rows: list[list[Cell]] = [
        [
            task.id.partition("/")[2],
            task.title,
            task_status(place.language, task.status),
            place.due(task.due, provisional=task.provisional),
            output.listed(task.waits_for),
        ]
        for task in view.tasks
    ]
    print_table(head, rows)


def _skipped(place: Workplace, view: CaseView) -> None:
    output = place.output
    if not view.skipped:
        return
    output.line()
    output.line(output.say("case.skipped"), "strong")
    for one in view.skipped:
        output.line(f"  {output.say('named', name=one.title, text=output.sentences(one.why))}")


def _gates(place: Workplace, gates: tuple[GateView, ...]) -> None:
    output = place.output
    for gate in gates:
        output.line()
        word = output.say("gate.open" if gate.open else "gate.shut")
        holds = output.say(
            "gate.held" if gate.open else "gate.holds", things=output.listed(gate.holds)
        )
        title = f"{gate_sign(is_open=gate.open)} {output.say('named', name=gate.title, text=word)}"
        heading = Word(title, "good" if gate.open else "notice")
        output.line(f"{heading.text} · {holds}", heading.style)
        for text in (gate.waived, None if gate.open else gate.say, gate.because):
            if text:
                output.line(f"  {text}")
        if gate.origin:
            output.line(f"  {gate.origin}", "quiet")
        for obstacle in gate.obstacles:
            waits = f" ({output.listed(obstacle.waits_for)})" if obstacle.waits_for else ""
            name = f"{obstacle.title}{waits}"
            why = output.sentences(obstacle.why) if obstacle.why else ""
            output.line(f"  - {output.say('named', name=name, text=why) if why else name}")
