"""Playing the scenarios of rulebook files, and telling how they went."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from cli.covered_lines import MISSED, REACHED, listing
from cli.options import Options
from cli.output import Output
from cli.reports.finding import path_of
from cli.reports.junit import Case, Suite
from cli.results import result_document
from dsl.allowances import not_allowed
from dsl.layers import Layer
from dsl.pipeline import Aside, Outcome, beside_scenarios
from dsl.render import render_json, render_text
from dsl.source import Source
from engine.artefact import Artefact
from engine.drafting.playing import failure_text, line_of, play
from engine.drafting.suggesting import Suggestion, suggestions
from engine.program import Program
from engine.publishing import assemble
from engine.scenarios.coverage import Coverage, Part, coverage_of
from engine.scenarios.early_dues import early_dues
from engine.scenarios.runner import Result

LISTED = {REACHED: "good", MISSED: "bad"}
"""How the lines of a listing look."""


class Reach(NamedTuple):
    """How far scenarios shall reach.

    Attributes:
        listed: whatever they do not reach is told.
        suggested: scenarios are told that would reach more.
        annotated: the texts are shown line by line, each with what is reached of it.
        least: so many of a hundred parts of each rulebook, rounded down; None for all of them.
    """

    listed: bool
    least: int | None
    annotated: bool = False
    suggested: bool = False


class Trial:
    """Judges rulebooks by their text and their scenarios.

    Args:
        options: of the command line.
        output: where it is told; `quiet` tells what does not hold only.
        wanted: ids or titles of scenarios; all where empty.
        reach: how far they shall reach; None does not measure it.

    Attributes:
        documents: per file what programs read.
        held: how many scenarios held.
        failed: how many did not.
        changed: how many of layers below do not, because a layer above has changed what they say.
        sound: False once a text has had an error.
        short: how many rulebooks are not reached as far as is asked for, a layer counting as one.
        covered: the texts of each rulebook, and how far scenarios reach them.
    """

    def __init__(
        self,
        options: Options,
        output: Output,
        wanted: frozenset[str],
        *,
        quiet: bool = False,
        reach: Reach | None = None,
    ) -> None:
        self._language = options.language
        self._output = output
        self._wanted = wanted
        self._quiet = quiet
        self._reach = reach
        self.documents: list[dict[str, Any]] = []
        self.held = 0
        self.failed = 0
        self.changed = 0
        self.sound = True
        self.short = 0
        self.covered: list[tuple[Mapping[str, Source], Coverage]] = []

    def judge(self, source: Source, outcome: Outcome) -> Artefact | None:
        """Plays the scenarios of a text; the artefact if the text has no errors.

        An error within a scenario keeps that scenario from being played, not the others.
        """
        sources = outcome.sources(source)
        found = render_json(outcome.diagnostics, sources, self._language)
        document: dict[str, Any] = {"file": source.name, "diagnostics": found, "scenarios": []}
        self.documents.append(document)
        if outcome.diagnostics and not self._output.for_programs:
            text = render_text(outcome.diagnostics, sources, self._language)
            self._output.block(text)
        sound = outcome.checked is not None
        self.sound = self.sound and sound
        outcome = beside_scenarios(outcome)
        if outcome.checked is None:
            return None
        artefact = assemble(outcome.checked, outcome.layers)
        played = list(play(artefact, self._wanted))
        self._judge(outcome, sources, played, document)
        if not self._wanted:
            self._tell_early(outcome, played, document)
        document["aside"] = [self._aside(outcome, one) for one in outcome.aside]
        if self._reach is not None:
            covered = coverage_of(artefact, played)
            self.covered.append((sources, covered))
            self._cover(self._reach, outcome, document, covered)
            if self._reach.suggested:
                self._suggest(document["coverage"], list(suggestions(artefact, played, covered)))
        return artefact if sound else None

    def _tell_early(
        self, outcome: Outcome, played: list[tuple[Program, Result]], document: dict[str, Any]
    ) -> None:
        """Warns of what is late in every scenario before anybody can act on it."""
        if outcome.checked is None or outcome.composed is None:
            return
        found = early_dues(outcome.checked, played)
        left = not_allowed(outcome.composed.texts, outcome.composed.rulebook, found)
        sources = outcome.sources(outcome.layers[0].source)
        document["diagnostics"] += render_json(left, sources, self._language)
        if left and not self._output.for_programs:
            self._output.block(render_text(left, sources, self._language))

    def _judge(
        self,
        outcome: Outcome,
        sources: Mapping[str, Source],
        played: list[tuple[Program, Result]],
        document: dict[str, Any],
    ) -> None:
        """Tells how the scenarios of a text went."""
        for program, result in played:
            shown = result_document(self._language, program, result)
            document["scenarios"].append(shown)
            below = result.failures and _layer_below(outcome, program, result.scenario)
            if below:
                shown["changed_above"] = below
                self._tell_changed(result.scenario, below)
                continue
            self._count(result)
            if not self._output.for_programs:
                self._show(sources, program, result, shown)

    @property
    def clean(self) -> bool:
        """True if nothing stands against any of the texts."""
        return self.sound and not self.failed and not self.short

    def summary(self) -> list[str]:
        """How many held, in one line; a second one tells of layers below that say what has been changed."""
        message = "test.summary" if self.sound else "test.unsound"
        text = self._output.say(message, held=self.held, failed=self.failed)
        if self.sound and not (self.held or self.failed or self.changed):
            suggested = any(one.get("coverage", {}).get("suggestions") for one in self.documents)
            return [self._output.say("test.none_yet" if suggested else "test.none")]
        if not self.changed:
            return [text]
        return [text, self._output.say("test.changed_summary", changed=self.changed)]

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
        if not (self._quiet or self._output.for_programs):
            values = {"scenario": scenario, "layer": layer}
            self._output.line(self._output.say("test.changed", **values), "notice")

    def _count(self, result: Result) -> None:
        if result.failures:
            self.failed += 1
        else:
            self.held += 1

    def _cover(
        self, reach: Reach, outcome: Outcome, document: dict[str, Any], found: Coverage
    ) -> None:
        reached = len(found.parts) - len(found.unreached)
        percent = reached * 100 // len(found.parts) if found.parts else 100
        least = 100 if reach.least is None else reach.least
        layers = [_of_layer(found, layer) for layer in outcome.layers]
        low = [one for one in layers if len(layers) > 1 and one["percent"] < least]
        self.short += len(low) or percent < least
        document["coverage"] = {
            "parts": len(found.parts),
            "percent": percent,
            "unreached": [self._part(part) for part in found.unreached],
            "layers": layers,
        }
        if self._output.for_programs:
            return
        self._tell_missed(found if reach.listed else None)
        self._tell_share(document["coverage"], reached, least, low if reach.least else [])
        if reach.annotated:
            for line in listing(self._language, outcome.sources(outcome.layers[0].source), found):
                self._output.line(line, LISTED.get(line[:1], ""))

    def _suggest(self, document: dict[str, Any], found: list[Suggestion]) -> None:
        """Scenarios for what is not reached, to be pasted as they stand."""
        document["suggestions"] = [
            {"kind": one.part.kind, "id": one.part.id, "lines": one.lines} for one in found
        ]
        if self._output.for_programs or not found:
            return
        self._output.line(self._output.say("test.suggested"), "quiet")
        for head, *lines in (one.lines for one in found):
            self._output.block("\n".join(["", head, *(f"  {line}" for line in lines)]))

    def _tell_missed(self, found: Coverage | None) -> None:
        output = self._output
        for part in found.unreached if found else ():
            shown = self._part(part)
            kind = output.say(f"part.{part.kind}")
            output.line(output.say("test.unreached", **{**shown, "kind": kind}), "bad")
            if part.place is not None:
                output.line(f"  --> {part.place.source}:{part.place.line}")

    def _tell_share(
        self, told: dict[str, Any], reached: int, least: int, low: list[dict[str, Any]]
    ) -> None:
        """How much is reached, of each layer and of the whole; `low` are layers of which it is too little."""
        output, percent = self._output, told["percent"]
        for layer in told["layers"] if len(told["layers"]) > 1 else ():
            output.line(output.say("test.coverage_of", **layer))
        output.line(output.say("test.coverage", **{**told, "reached": reached}))
        if self._reach and self._reach.least and percent < least:
            output.line(output.say("test.short", percent=percent, least=least), "bad")
        for layer in low:
            output.line(output.say("test.short_layer", least=least, **layer), "bad")

    def _part(self, part: Part) -> dict[str, Any]:
        title = part.title.get(self._language) or next(iter(part.title.values()), part.id)
        line = part.place.line if part.place else None
        return {"kind": part.kind, "id": part.id, "title": title, "line": line}

    def _show(
        self,
        sources: Mapping[str, Source],
        program: Program,
        result: Result,
        document: dict[str, Any],
    ) -> None:
        output = self._output
        values = {"scenario": result.scenario, "title": document["title"]}
        if not result.failures:
            if not self._quiet:
                output.line(output.say("test.held", **values), "good")
            return
        output.line(output.say("test.failed", **values), "bad")
        for failure in result.failures:
            place = line_of(program, result, failure)
            if place is not None:
                output.line(f"  --> {place.source}:{place.line}")
                output.line(f"  {place.line} | {sources[place.source].line(place.line)}")
            output.line(f"  {failure_text(self._language, result, failure)}")
        output.line(f"  {output.say('test.timeline')}", "quiet")
        for entry in document["timeline"]:
            output.line(f"    {told(entry)}", "quiet")


def told(entry: Mapping[str, str]) -> str:
    """A line of the timeline of a scenario."""
    return f"{entry['at']}  {entry['who']}  {entry['text']}"


def suites(documents: list[dict[str, Any]]) -> list[Suite]:
    """The documents of a trial as JUnit knows them: a suite per file, a case per scenario."""
    return [Suite(path_of(one["file"]), tuple(_cases(one))) for one in documents]


def _cases(document: dict[str, Any]) -> Iterator[Case]:
    errors = [one for one in document["diagnostics"] if one["severity"] == "error"]
    if errors:
        said = [f"{one['code']}: {one['text']}" for one in errors]
        yield Case("baton check", said[0], errors[0]["code"], "\n".join(said))
    for one in document["scenarios"]:
        name = f"{one['scenario']} {one['title']}"
        if one["held"] or "changed_above" in one:
            yield Case(name, beside=one.get("changed_above", ""))
            continue
        said = [f"{document['file']}:{each['line']}: {each['text']}" for each in one["failures"]]
        detail = "\n".join([*said, *(told(entry) for entry in one["timeline"])])
        yield Case(name, one["failures"][0]["text"], "scenario", detail)


def changed_above(outcome: Outcome) -> frozenset[str]:
    """The scenarios of layers below that do not hold, because a layer above has changed what they say."""
    if outcome.checked is None or len(outcome.layers) == 1:
        return frozenset()
    return frozenset(
        result.scenario
        for program, result in play(assemble(outcome.checked, outcome.layers))
        if result.failures and _layer_below(outcome, program, result.scenario)
    )


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
    percent = reached * 100 // len(every) if every else 100
    return {
        "layer": layer.id,
        "version": layer.version,
        "reached": reached,
        "parts": len(every),
        "percent": percent,
    }
