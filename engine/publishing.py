"""From a checked rulebook to a published artefact. This side needs the graph compiler."""

from __future__ import annotations

from collections.abc import Iterable

from dsl.layers import Layer
from dsl.model import Checked
from engine.artefact import Artefact, artefact_hash, published
from engine.graph.build import build
from engine.graph.flatten import flatten


def assemble(checked: Checked, layers: Iterable[Layer]) -> Artefact:
    """The artefact of a checked rulebook: every process built and flattened.

    Args:
        checked: the rulebook.
        layers: the texts that it was put together from.
    """
    rulebook = checked.rulebook
    plans = {
        process.id: flatten(build(rulebook, checked.places, process.id), process.id)
        for process in rulebook.processes
    }
    texts = tuple(
        published(one.id, one.version, one.source.name, one.source.original) for one in layers
    )
    return Artefact(artefact_hash(rulebook, plans), rulebook, plans, checked.places, texts)
