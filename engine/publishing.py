"""From a checked rulebook to a published artefact. This side needs the graph compiler."""

from __future__ import annotations

from dsl.model import Checked
from engine.artefact import Artefact, artefact_hash
from engine.graph.build import build
from engine.graph.flatten import flatten


def assemble(checked: Checked, source: str) -> Artefact:
    """The artefact of a checked rulebook: every process built and flattened."""
    rulebook = checked.rulebook
    plans = {
        process.id: flatten(build(rulebook, checked.places, process.id), process.id)
        for process in rulebook.processes
    }
    return Artefact(artefact_hash(rulebook, plans), rulebook, plans, checked.places, source)
