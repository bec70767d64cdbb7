"""How a reader wants a graph shown."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from engine.graph.glyphs import UNICODE, Glyphs
from engine.graph.labels import Texts


class View(Struct, frozen=True):
    """How a reader wants a graph shown.

    Attributes:
        language: of the titles.
        texts: the messages `graph.*` of the engine's catalogue in that language.
        columns: the width to fit into; None for as wide as it wants to be.
        glyphs: the set of characters.
        own: better texts for some nodes, say the words of a condition as they are written.
    """

    language: str
    texts: Texts
    columns: int | None = None
    glyphs: Glyphs = UNICODE
    own: Mapping[str, str] | None = None
