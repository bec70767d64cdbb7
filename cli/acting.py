"""Acting on a case: carried out or only foreseen, and told in sentences."""

from __future__ import annotations

from argparse import Namespace

from cli.failures import FINDINGS, StopError
from cli.finding import case_number, find_task
from cli.parser import Parser
from cli.workplace import Workplace, engine_words
from engine.commands import Actor, Command, Open
from engine.desk.enclosing import inspected, kept, named
from engine.desk.outcome import done_outcome, foreseen
from engine.program import Program
from engine.rejection import Refusal
from engine.scope import Scope
from engine.service import Done
from engine.state import CaseState, Task
from engine.store.port import Damage
from engine.views.moved import Deadlines, deadlines
from engine.views.reader import Reader
from engine.views.sentences import sentence, told


class Acting:
    """One act of one person.

    Args:
        place: the workspace.
        given: what stands on the command line; `dry_run` and `id` say how to act.
    """

    def __init__(self, place: Workplace, given: Namespace) -> None:
        self.place = place
        self.actor: Actor = place.actor(given.id)
        self.dry_run: bool = given.dry_run
        self._id: str | None = given.id

    @property
    def viewer(self) -> str:
        """The person whose rights count."""
        return self.actor.authority

    @property
    def repeated(self) -> Done | None:
        """The answer, if the command id has been used before."""
        return None if self._id is None else self.place.service.answered(self._id)

    def task(self, text: str) -> tuple[Reader, Task]:
        """The task that somebody means; of a repeated act also one that has ended since."""
        before = self.repeated
        if before is not None and not self.place.service.cases.exists(text.partition("/")[0]):
            text = f"{before.case}/{text}"
        return find_task(self.place, text, self.viewer)

    def carry_out(self, case: str, command: Command) -> int:
        """Act, and tell what came of it; the exit code."""
        service = self.place.service
        before = self.place.reader(case, self.viewer)
        dues = deadlines(before.scope)
        if self.dry_run:
            done = service.preview(case, command, self.actor)
        else:
            done = service.execute(case, command, self.actor, self._id)
        if isinstance(done, Refusal):
            raise self.place.refused(done, before)
        return self._tell(done, self._after(done, before.scope.program), dues)

    def carry_out_enclosing(self, case: str, command: Command) -> int:
        """Act with files that are named by their paths; nothing is kept that would be refused."""
        self.refuse_early(case, named(command))
        only_told = self.dry_run or self.repeated
        ready = inspected(command) if only_told else kept(self.place.store, command)
        if isinstance(ready, Damage):
            words = engine_words(self.place.options, ready.code, ready.values)
            raise StopError(words, FINDINGS)
        return self.carry_out(case, ready)

    def refuse_early(self, case: str, command: Command) -> None:
        """End the command here if the act would be refused.

        An attempt beyond one's authority is recorded. A repeated act has its answer already.
        """
        if self.repeated:
            return
        service = self.place.service
        attempt = service.preview if self.dry_run else service.refusal
        found = attempt(case, command, self.actor)
        if isinstance(found, Refusal):
            raise self.place.refused(found, self.place.reader(case, self.viewer))

    def open(self, program: Program, command: Open) -> int:
        """Open a case, and tell what came of it; the exit code."""
        service = self.place.service
        if self.dry_run:
            done = service.preview_open(program, command, self.actor)
        else:
            done = service.open(program, command, self.actor, self._id)
        if isinstance(done, Refusal):
            raise refused_opening(self.place, program, command, done)
        return self._tell(done, self._after(done, program), {})

    def _after(self, done: Done, program: Program) -> Reader:
        """The case as it is after the act, or as it would be."""
        service = self.place.service
        scope = foreseen(service, done, program) if self.dry_run else service.scope(done.case)
        if scope is None:
            raise LookupError(done.case)
        return self.place.read(scope)

    def _tell(self, done: Done, reader: Reader, before: Deadlines) -> int:
        output = self.place.output
        outcome = done_outcome(self.place.service, done, reader, before, self.viewer)
        if output.is_json:
            shown = told(done.events, lambda one: one)
            output.json(
                {
                    "case": done.case,
                    "dry_run": self.dry_run,
                    "repeated": done.repeated,
                    "events": [
                        {"type": type(one).__name__, "text": sentence(reader, one)} for one in shown
                    ],
                    "moved": outcome.moved,
                    "cautions": outcome.cautions,
                }
            )
            return 0
        heading = (
            "act.foreseen" if self.dry_run else "act.repeated" if done.repeated else "act.done"
        )
        output.line(output.say(heading, case=done.case))
        for text in outcome.cautions:
            output.line(f"  {text}", "notice")
        for text in outcome.sentences:
            output.line(f"  {text}")
        if not (outcome.cautions or outcome.sentences or outcome.moved):
            output.line(output.say("act.nothing"))
        for one in outcome.moved:
            output.line(f"  → {one.text}")
        return 0


def refused_opening(
    place: Workplace, program: Program, command: Open, refusal: Refusal
) -> StopError:
    """A stop for a case that cannot begin."""
    state = CaseState(artefact=program.artefact, process=command.process)
    scope = Scope(program, state, place.service.world.context(program))
    return place.refused(refusal, place.read(scope))


def acting_arguments(parser: Parser) -> None:
    """What every act takes."""
    parser.take("--dry-run", about="dry_run", action="store_true")
    parser.take("--id", about="id", metavar="COMMAND_ID")


def task_argument(parser: Parser) -> None:
    """The task that an act is about."""
    parser.take("task", about="task", metavar="TASK")


def case_argument(parser: Parser) -> None:
    """The case that a command is about."""
    parser.take("case", about="case", metavar="CASE", type=case_number)
