"""`baton warning plan`: the handover that a case about somebody would come to of whom a warning is."""

from __future__ import annotations

from argparse import Namespace

from cli.acting import refused_opening
from cli.commands.case_open import given_facts, opening_arguments
from cli.failures import wrong_use
from cli.options import Options
from cli.parser import Parser
from cli.tables import Cell, print_table
from cli.workplace import Workplace, workplace
from engine.administration import releases
from engine.commands import Open
from engine.desk.notices import Warned, warnings
from engine.desk.outcome import foreseen
from engine.program import Program
from engine.rejection import Refusal
from engine.views.plan_ahead import Planned, plan_ahead
from engine.views.reader import Reader

COLUMNS = ("about", "people", "receivers", "due", "within")


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    parser.take("warning", about="warning", metavar="WARNING")
    parser.take("rulebook", about="rulebook", metavar="RULEBOOK", nargs="?")
    opening_arguments(parser, subject="planned_for")


def run(options: Options, given: Namespace) -> int:
    """Shows what would come up; nothing is written. The exit code."""
    with workplace(options) as place:
        output = place.output
        actor = place.actor()
        warning = _warning(place, given.warning, actor.authority)
        subject = _subject(place, warning, given.subject)
        program = _program(place, given, warning.rulebook, subject)
        facts = given_facts(place, program, given)
        # A case about them that is open already is no reason not to think about another one.
        command = Open(program.process.id, subject, facts, {}, beside=warning.id)
        service = place.service
        done = service.preview_open(program, command, actor)
        if isinstance(done, Refusal):
            raise refused_opening(place, program, command, done)
        reader = place.read(foreseen(service, done, program))
        found = plan_ahead(reader)
        name = reader.person(subject)
        if output.is_json:
            output.json({"warning": warning.id, "subject": subject, "name": name, "plan": found})
            return 0
        output.line(f"{name} · {reader.rulebook} · {reader.title(program.process.title)}", "strong")
        head = [output.say(f"column.{one}") for one in COLUMNS]
        print_table(head, (_cells(place, reader, one) for one in found))
        output.line(output.say("warning.plan", count=len(found)), "quiet")
    return 0


def _warning(place: Workplace, text: str, viewer: str) -> Warned:
    """The warning of that id, if the viewer was told of it or administers."""
    found = list(warnings(place.service, viewer, administers=place.administers, cleared=True))
    for one in found:
        if one.id == text:
            return one
    known = place.output.listed(one.id for one in found) or "—"
    raise wrong_use(place.language, "C151", name=text, known=known)


def _subject(place: Workplace, warning: Warned, wanted: str | None) -> str:
    if wanted is not None:
        return place.person(wanted)
    if warning.person is None:
        raise wrong_use(place.language, "C152", name=warning.id)
    return warning.person


def _program(place: Workplace, given: Namespace, rulebook: str, subject: str) -> Program:
    """The process that is named, or that of the warning.

    Where the reader may not begin it, the only other one that they may begin stands in for a process that nobody
    named; the command ends with those that they may begin where that leaves a choice.
    """
    release = place.release(given.rulebook or rulebook)
    wanted = place.program(release, given.process)
    if _may_open(place, wanted, subject):
        return wanted
    others = [
        one
        for release in releases(place.service)
        for one in place.programs(release)
        if given.process in (None, one.process.id, *one.process.title.values())
        if _may_open(place, one, subject)
    ]
    if given.rulebook is None and len(others) == 1:
        return others[0]
    if not others:
        return wanted
    known = place.output.listed(map(_spelt, others))
    raise wrong_use(place.language, "C154", rulebook=_spelt(wanted), known=known)


def _may_open(place: Workplace, program: Program, subject: str) -> bool:
    """True unless it is for others to open such a case; what facts it lacks is another matter."""
    bare = Open(program.process.id, subject, {}, {})
    done = place.service.preview_open(program, bare, place.actor())
    return not (isinstance(done, Refusal) and done.code == "R101")


def _spelt(program: Program) -> str:
    """A process as it is named on the command line."""
    rulebook, process = program.rulebook, program.process
    option = "" if process.id == rulebook.processes[0].id else f" --process {process.id}"
    return f"{rulebook.id}{option}"


def _cells(place: Workplace, reader: Reader, one: Planned) -> list[Cell]:
    return [
        one.title,
        reader.listed(one.people),
        reader.listed(one.receivers),
        place.due(one.due, provisional=one.provisional),
        one.within or "",
    ]
