"""Where things are written: noted while declarations are resolved, and moved with them."""

from __future__ import annotations

from typing import NamedTuple

from dsl.source import Span


class Use(NamedTuple):
    """A place, in the whole text, at which a declared name stands.

    `kind` is that of a declaration or that of a name inside a declaration: field, part (what an item asks for),
    step, output, variable. The id of such a name follows that of its declaration: `customer.name`.
    """

    kind: str
    id: str
    span: Span


class Traces:
    """What is noted while declarations are resolved, besides problems.

    Attributes:
        spans: where each part of the model is written, in the whole text.
        words: where a name stands for a word of the language, in the whole text.
        uses: where a name stands for a declaration, by its place.
    """

    def __init__(self) -> None:
        self.spans: dict[str, Span] = {}
        self.words: set[Span] = set()
        self.uses: dict[Span, Use] = {}

    def take(self, other: Traces) -> None:
        """Notes what another one has."""
        self.spans.update(other.spans)
        self.words.update(other.words)
        self.uses.update(other.uses)

    def moved(self, by: int) -> Traces:
        """The same of a declaration that begins so many characters later."""
        found = Traces()
        found.spans = {path: span.shift(by) for path, span in self.spans.items()}
        found.words = {span.shift(by) for span in self.words}
        uses = (Use(kind, id_, span.shift(by)) for kind, id_, span in self.uses.values())
        found.uses = {use.span: use for use in uses}
        return found
