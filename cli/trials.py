"""Playing the scenarios of rulebook files, and telling how they went."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cli.options import Options
from cli.output import Output
from cli.rulebooks import result_document
from dsl.layers import Layer
from dsl.pipeline import Aside, Outcome
from dsl.render import render_json, render_text
from dsl.source import Source
from engine.artefact import Artefact
from engine.drafting.playing import failure_text, line_of, play
from engine.program import Program
from engine.publishing import assemble
from engine.scenarios.coverage import Coverage, Part, coverage_of
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
        changed: how many of layers below do not, because a layer above has changed what they say.
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
        self.changed = 0
        self.sound = True
        self.unreached = 0

    def judge(self, source: Source, outcome: Outcome) -> Artefact | None:
        """Plays the scenarios of a text; the artefact if the text has no errors."""
        sources = outcome.sources(source)
        found = render_json(outcome.diagnostics, sources, self._language)
        document: dict[str, Any] = {"file": source.name, "diagnostics": found, "scenarios": []}
        self.documents.append(document)
        if outcome.diagnostics and not self._output.is_json:
            text = render_text(outcome.diagnostics, sources, self._language)
            self._output.block(text)
        if outcome.checked is None:
            self.sound = False
            return None
        artefact = assemble(outcome.checked, outcome.layers)
        played = list(play(artefact, self._wanted))
        for program, result in played:
            shown = result_document(self._language, program, result)
            document["scenarios"].append(shown)
            below = result.failures and _layer_below(outcome, program, result.scenario)
            if below:
                shown["changed_above"] = below
                self._tell_changed(result.scenario, below)
                continue
            self._count(result)
            if not self._output.is_json:
                self._show(sources, program, result)
        document["aside"] = [self._aside(outcome, one) for one in outcome.aside]
        if self._covers:
            self._cover(outcome, document, artefact, played)
        return artefact

    @property
    def clean(self) -> bool:
        """True if nothing stands against any of the texts."""
        return self.sound and not self.failed and not self.unreached

    def summary(self) -> str:
        """How many held, in one line."""
        message = "test.summary" if self.sound else "test.unsound"
        text = self._output.say(message, held=self.held, failed=self.failed)
        if not self.changed:
            return text
        return f"{text} {self._output.say('test.changed_summary', changed=self.changed)}"

    def _aside(self, outcome: Outcome, aside: Aside) -> dict[str, str]:
        """A scenario of a layer below that cannot be said any more, and why."""
        at = aside.diagnostic.primary.source
        layer = next(one.id for one in outcome.layers if one.source.name == at)
        if not self._wanted or aside.id in self._wanted:
            self._tell_changed(aside.id, layer)
        reason = render_json(
            [aside.diagnostic], outcome.sources(outcome.layers[0].source), self._language
        )
        return {"scenario": aside.id, "layer": layer, "text": reason[0]["text"]}

    def _tell_changed(self, scenario: str, layer: str) -> None:
        self.changed += 1
        if not (self._quiet or self._output.is_json):
            values = {"scenario": scenario, "layer": layer}
            self._output.line(self._output.say("test.changed", **values), "notice")

    def _count(self, result: Result) -> None:
        if result.failures:
            self.failed += 1
        else:
            self.held += 1

    def _cover(
        self,
        outcome: Outcome,
        document: dict[str, Any],
        artefact: Artefact,
        played: list[tuple[Program, Result]],
    ) -> None:
        found = coverage_of(artefact, played)
        self.unreached += len(found.unreached)
        document["coverage"] = {
            "parts": len(found.parts),
            "unreached": [self._part(part) for part in found.unreached],
            "layers": [_of_layer(found, layer) for layer in outcome.layers],
        }
        if self._output.is_json:
            return
        output = self._output
        for part in found.unreached:
            shown = self._part(part)
            kind = output.say(f"part.{part.kind}")
            output.line(output.say("test.unreached", **{**shown, "kind": kind}), "bad")
            if part.place is not None:
                output.line(f"  --> {part.place.source}:{part.place.line}")
        several = document["coverage"]["layers"] if len(outcome.layers) > 1 else ()
        for layer in several:
            output.line(output.say("test.coverage_of", **layer))
        count = len(found.parts) - len(found.unreached)
        output.line(output.say("test.coverage", reached=count, parts=len(found.parts)))

    def _part(self, part: Part) -> dict[str, Any]:
        title = part.title.get(self._language) or next(iter(part.title.values()), part.id)
        line = part.place.line if part.place else None
        return {"kind": part.kind, "id": part.id, "title": title, "line": line}

    def _show(self, sources: Mapping[str, Source], program: Program, result: Result) -> None:
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
                output.line(f"  --> {place.source}:{place.line}")
                output.line(f"  {place.line} | {sources[place.source].line(place.line)}")
            output.line(f"  {failure_text(self._language, result, failure)}")


def _layer_below(outcome: Outcome, program: Program, scenario: str) -> str | None:
    """The layer that a scenario is of, if another one is above it."""
    place = program.places.get(f"scenario.{scenario}")
    below = (one.id for one in outcome.layers[1:] if place and one.source.name == place.source)
    return next(below, None)


def _of_layer(found: Coverage, layer: Layer) -> dict[str, Any]:
    """How far scenarios reach what one layer declares."""
    every, missed = (
        [part for part in parts if part.place and part.place.source == layer.source.name]
        for parts in (found.parts, found.unreached)
    )
    reached = len(every) - len(missed)
    return {"layer": layer.id, "version": layer.version, "reached": reached, "parts": len(every)}
