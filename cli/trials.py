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
from engine.scenarios.coverage import Part, coverage_of
from engine.scenarios.runner import Result


class Trial:
    """Judges rulebooks by their text and their scenarios.

    Args:
        options: of the command line.
        output: where it is told; `quiet` tells what does not hold only.
        wanted: ids or titles of scenarios; all where empty.
        coverage: also tell what of each rulebook they do not reach.

    Attributes:
        documents: per file what programs read.
        held: how many scenarios held.
        failed: how many did not.
        sound: False once a text has had an error.
        unreached: how many parts no scenario reached, where that is told.
    """

    def __init__(
        self,
        options: Options,
        output: Output,
        wanted: frozenset[str],
        *,
        quiet: bool = False,
        coverage: bool = False,
    ) -> None:
        self._language = options.language
        self._output = output
        self._wanted = wanted
        self._quiet = quiet
        self._covers = coverage
        self.documents: list[dict[str, Any]] = []
        self.held = 0
        self.failed = 0
        self.sound = True
        self.unreached = 0

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
        played = list(play(artefact, self._wanted))
        for program, result in played:
            document["scenarios"].append(result_document(self._language, program, result))
            self._count(result)
            if not self._output.is_json:
                self._show(source, program, result)
        if self._covers:
            self._cover(source, document, artefact, played)
        return artefact

    @property
    def clean(self) -> bool:
        """True if nothing stands against any of the texts."""
        return self.sound and not self.failed and not self.unreached

    def summary(self) -> str:
        """How many held, in one line."""
        message = "test.summary" if self.sound else "test.unsound"
        return self._output.say(message, held=self.held, failed=self.failed)

    def _count(self, result: Result) -> None:
        if result.failures:
            self.failed += 1
        else:
            self.held += 1

    def _cover(
        self,
        source: Source,
        document: dict[str, Any],
        artefact: Artefact,
        played: list[tuple[Program, Result]],
    ) -> None:
        found = coverage_of(artefact, played)
        self.unreached += len(found.unreached)
        document["coverage"] = {
            "parts": len(found.parts),
            "unreached": [self._part(part) for part in found.unreached],
        }
        if self._output.is_json:
            return
        output = self._output
        for part in found.unreached:
            shown = self._part(part)
            kind = output.say(f"part.{part.kind}")
            output.line(output.say("test.unreached", **{**shown, "kind": kind}), "bad")
            if part.place is not None:
                output.line(f"  --> {source.name}:{part.place.line}")
        count = len(found.parts) - len(found.unreached)
        output.line(output.say("test.coverage", reached=count, parts=len(found.parts)))

    def _part(self, part: Part) -> dict[str, Any]:
        title = part.title.get(self._language) or next(iter(part.title.values()), part.id)
        line = part.place.line if part.place else None
        return {"kind": part.kind, "id": part.id, "title": title, "line": line}

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
