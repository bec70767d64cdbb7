"""How a reader wants a graph shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from engine.graph.glyphs import UNICODE, Glyphs
from engine.graph.labels import Texts, labels

if TYPE_CHECKING:
    from engine.graph.build import Graph


class View(Struct, frozen=True):
    """How a reader wants a graph shown.

    Attributes:
        language: of the titles.
        texts: the messages of the engine's catalogue in that language.
        columns: the width to fit into; None for as wide as it wants to be.
        glyphs: the set of characters.
        own: better texts for some nodes, say the words of a condition as they are written.
    """

    language: str
    texts: Texts
    columns: int | None = None
    glyphs: Glyphs = UNICODE
    own: Mapping[str, str] | None = None

    def labels(self, graph: Graph) -> dict[str, str]:
        """The text of every node that has one, uncut, in the characters that there are."""
        found = labels(graph, self.language, self.texts, self.own)
        words = self.glyphs.words
        return {node: text.translate(words) for node, text in found.items()} if words else found
