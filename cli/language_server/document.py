"""One open text: what came of its present form, worked out when it is first asked for."""

from __future__ import annotations

from lsprotocol import types

from cli.language_server.positions import Positions
from dsl.dialects import DialectName
from dsl.editor.outline import Entry, outline
from dsl.pipeline import Checker, Outcome
from dsl.resolve.book import Use
from dsl.source import Source, of_text


class Document:
    """A text that is open in an editor.

    Args:
        uri: its address.
        text: the text.
        version: the editor's number for this form of it.
        encoding: what the editor counts columns in.
    """

    def __init__(
        self, uri: str, text: str, version: int | None, encoding: types.PositionEncodingKind | str
    ) -> None:
        self.uri = uri
        self._encoding = encoding
        self._checker = Checker()
        self.completing = Checker()
        self.change(text, version)

    def change(self, text: str, version: int | None) -> None:
        """Takes the next form of the text."""
        self.version = version
        self.source: Source = of_text(self.uri, text)
        self.positions = Positions(self.source.original, self._encoding)
        self._outcome: Outcome | None = None

    @property
    def outcome(self) -> Outcome:
        """What comes of the present form."""
        if self._outcome is None:
            self._outcome = self._checker.check(self.source)
        return self._outcome

    @property
    def dialect(self) -> DialectName:
        """The dialect that it is written in."""
        rulebook = self.outcome.parsed.rulebook
        return "en" if rulebook is None else rulebook.dialect

    def entries(self) -> tuple[Entry, ...]:
        """Its declarations."""
        return outline(self.outcome.parsed, self.outcome.names)

    def name_at(self, position: types.Position) -> Use | None:
        """The name at a place."""
        return self.outcome.names.at(self.positions.offset(position))

    def entry_of(self, name: Use) -> Entry | None:
        """The declaration that a name stands for, or stands in."""
        declared = self.outcome.names.declaration(name).span.start
        found = (each for each in self.entries() if each.span.start <= declared < each.span.end)
        return next(found, None)
