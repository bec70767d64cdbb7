"""Playing the scenarios of rulebook files, and telling how they went."""

from __future__ import annotations

from typing import Any

from cli.options import Options
from cli.output import Output
from cli.rulebooks import failure_text, line_of, play, result_document
from dsl.pipeline import Outcome
from dsl.render import render_json, render_text
from dsl.source import Source
from engine.artefact import Artefact
from engine.program import Program
from engine.publishing import assemble
from engine.scenarios.runner import Result


class Trial:
    """Judges rulebooks by their text and their scenarios.

    Args:
        options: of the command line.
        output: where it is told; `quiet` tells what does not hold only.
        wanted: ids or titles of scenarios; all where empty.

    Attributes:
        documents: per file what programs read.
        held: how many scenarios held.
        failed: how many did not.
        sound: False once a text has had an error.
    """

    def __init__(
        self, options: Options, output: Output, wanted: frozenset[str], *, quiet: bool = False
    ) -> None:
        self._language = options.language
        self._output = output
        self._wanted = wanted
        self._quiet = quiet
        self.documents: list[dict[str, Any]] = []
        self.held = 0
        self.failed = 0
        self.sound = True

    def judge(self, source: Source, outcome: Outcome) -> Artefact | None:
        """Plays the scenarios of a text; the artefact if the text has no errors."""
        diagnostics = {source.name: source}
        found = render_json(outcome.diagnostics, diagnostics, self._language)
        document: dict[str, Any] = {"file": source.name, "diagnostics": found, "scenarios": []}
        self.documents.append(document)
        if outcome.diagnostics and not self._output.is_json:
            text = render_text(outcome.diagnostics, diagnostics, self._language)
            self._output.block(text)
        if outcome.checked is None:
            self.sound = False
            return None
        artefact = assemble(outcome.checked, source.original)
        for program, result in play(artefact, self._wanted):
            document["scenarios"].append(result_document(self._language, program, result))
            self._count(result)
            if not self._output.is_json:
                self._show(source, program, result)
        return artefact

    @property
    def clean(self) -> bool:
        """True if nothing stands against any of the texts."""
        return self.sound and not self.failed

    def summary(self) -> str:
        """How many held, in one line."""
        message = "test.summary" if self.sound else "test.unsound"
        return self._output.say(message, held=self.held, failed=self.failed)

    def _count(self, result: Result) -> None:
        if result.failures:
            self.failed += 1
        else:
            self.held += 1

    def _show(self, source: Source, program: Program, result: Result) -> None:
        title = next(s.title for s in program.rulebook.scenarios if s.id == result.scenario)
        shown = title.get(self._language) or next(iter(title.values()), result.scenario)
        output = self._output
        if not result.failures:
            if not self._quiet:
                output.line(output.say("test.held", scenario=result.scenario, title=shown), "good")
            return
        output.line(output.say("test.failed", scenario=result.scenario, title=shown), "bad")
        for failure in result.failures:
            place = line_of(program, result, failure)
            if place is not None:
                output.line(f"  --> {source.name}:{place.line}")
                output.line(f"  {place.line} | {source.line(place.line)}")
            output.line(f"  {failure_text(self._language, result, failure)}")
