"""`baton task attach`: a file becomes evidence of an item."""

from __future__ import annotations

from argparse import Namespace
from hashlib import file_digest
from pathlib import Path

from msgspec.structs import replace

from cli.acting import Acting, acting_arguments, task_argument
from cli.failures import FINDINGS, StopError, wrong_use
from cli.options import Options
from cli.parser import Parser
from cli.typed import find
from cli.workplace import Workplace, engine_words, workplace
from engine.commands import Attach
from engine.program import Program
from engine.state import Task
from engine.store.port import Damage, KeptFile

NO_FILE = KeptFile("0" * 64, 0)


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    task_argument(parser)
    parser.take("evidence", about="evidence", metavar="EVIDENCE")
    parser.take("file", about="evidence_file", metavar="FILE")
    parser.take("--from", about="from", metavar="ROLE", dest="source")
    acting_arguments(parser)


def run(options: Options, given: Namespace) -> int:
    """Takes the file in and attaches it; the exit code."""
    with workplace(options) as place:
        acting = Acting(place, given)
        reader, task = acting.task(given.task)
        program = reader.scope.program
        file = Path(given.file)
        evidence = _evidence(program, task, given.evidence)
        source = _role(place, program, given.source)
        case = reader.scope.state.id
        # Whether it may be attached is asked first: a refused file shall not lie in the store.
        asked = Attach(task.id, evidence, NO_FILE, file.name, source)
        acting.refuse_early(case, asked)
        if acting.dry_run or acting.repeated:
            return acting.carry_out(case, replace(asked, file=_measured(file)))
        kept = place.store.keep(file)
        if isinstance(kept, Damage):
            raise StopError(engine_words(options, kept.code, kept.values), FINDINGS)
        return acting.carry_out(case, Attach(task.id, evidence, kept, file.name, source))


def _measured(file: Path) -> KeptFile:
    """What the store would call the file; without it, a repeated act is known by the rest."""
    if not file.is_file():
        return NO_FILE
    with file.open("rb") as source:
        return KeptFile(file_digest(source, "sha256").hexdigest(), file.stat().st_size)


def _evidence(program: Program, task: Task, name: str) -> str:
    """The evidence's id; a name that fits none stays as it is, and is refused."""
    item = program.items.get(task.ref)
    found = find({one.id: one for one in item.evidence}, name) if item else None
    return found.id if found else name


def _role(place: Workplace, program: Program, name: str | None) -> str | None:
    if name is None:
        return None
    for role in program.roles.values():
        if name == role.id or name in role.title.values():
            return role.id
    raise wrong_use(place.language, "C130", role=name, known=", ".join(program.roles))
