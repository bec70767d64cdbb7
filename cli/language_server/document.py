"""One open text: what came of its present form, worked out when it is first asked for."""

from __future__ import annotations

from pathlib import Path

from lsprotocol import types
from pygls.uris import from_fs_path, to_fs_path

from cli.language_server.positions import Positions
from cli.shelf import Shelf
from dsl.dialects import DialectName, dialect
from dsl.editor.outline import Entry, outline
from dsl.formatter.flattening import Said, effective
from dsl.model import Place
from dsl.pipeline import Checker, Outcome
from dsl.resolve.traces import Use
from dsl.source import Source, Span, cells, of_text
from engine.drafting.foreseen import Foreseen, foreseen
from engine.publishing import assemble


class Document:
    """A text that is open in an editor.

    Args:
        uri: its address.
        text: the text.
        shelf: finds the bases that it extends.
        encoding: what the editor counts columns in.
    """

    def __init__(
        self, uri: str, text: str, shelf: Shelf, encoding: types.PositionEncodingKind | str
    ) -> None:
        self.uri = uri
        self._encoding = encoding
        self.shelf = shelf
        self.checker = Checker(shelf)
        self.completing = Checker(shelf)
        self.change(text, None)

    def change(self, text: str, version: int | None) -> None:
        """Takes the next form of the text."""
        self.version = version
        self.source: Source = of_text(to_fs_path(self.uri) or self.uri, text)
        self.positions = Positions(self.source.original, self._encoding)
        self._outcome: Outcome | None = None
        self._foreseen: list[tuple[Place, Foreseen]] | None = None

    @property
    def foreseen(self) -> list[tuple[Place, Foreseen]]:
        """When the deadlines of this text come, in the first scenario; none while there are errors."""
        if self._foreseen is None:
            checked = self.outcome.checked
            artefact = None if checked is None else assemble(checked, self.outcome.layers)
            found = foreseen(artefact) if artefact else ()
            places = {} if artefact is None else artefact.places
            placed = [(places[one.clause], one) for one in found]
            own = self.source.name
            self._foreseen = [(place, one) for place, one in placed if place.source == own]
        return self._foreseen

    @property
    def outcome(self) -> Outcome:
        """What comes of the present form."""
        if self._outcome is None:
            self._outcome = self.checker.check(self.source)
        return self._outcome

    @property
    def dialect(self) -> DialectName:
        """The dialect that it is written in."""
        rulebook = self.outcome.parsed.rulebook
        return "en" if rulebook is None else rulebook.dialect

    def text_of(self, name: Use, entry: Entry | None) -> str:
        """The declaration that a name stands for; of one in a base what all layers say, each line with its place."""
        if entry is not None:
            return self.source.original[entry.span.start : entry.span.end]
        said = self._said(name)
        if said:
            width = max(cells(line.text) for line in said)
            return "\n".join(
                f"{line.text}{' ' * (width - cells(line.text))}  {_places(line)}".rstrip()
                for line in said
            )
        declared = self.outcome.names.declaration(name).span
        composed = self.outcome.composed
        if composed is None:
            return self.source.line(self.source.position(declared.start).line)
        found = composed.texts.find(declared)
        source, line = found.written.source, found.written.source.position(found.span.start).line
        return f"# {source.name}:{line}\n{source.line(line)}"

    def _said(self, name: Use) -> tuple[Said, ...]:
        """What all layers say of a declaration; nothing where they cannot be put together."""
        outcome, key = self.outcome, (name.kind, name.id)
        if outcome.stack is None or outcome.composed is None or not outcome.is_put_together:
            return ()
        misread = key[0] == "scenario" and key[1] in outcome.misread
        if misread or key not in outcome.composed.declarations():
            return ()
        return effective(outcome.stack, outcome.composed, key, dialect(self.dialect))

    def location(self, span: Span) -> types.Location:
        """A place in all texts of the rulebook as one of the text that it is in."""
        composed = self.outcome.composed
        if composed is None or span.start <= len(self.source.original):
            return types.Location(self.uri, self.positions.range(span))
        found = composed.texts.find(span)
        source = found.written.source
        return types.Location(self._uri_of(source), self._positions_in(source).range(found.span))

    def label(self, source: str, span: Span) -> types.Location:
        """A place in one of the texts of the rulebook."""
        texts = self.outcome.sources(self.source)
        if source == self.source.name or source not in texts:
            return types.Location(self.uri, self.positions.range(span))
        text = texts[source]
        return types.Location(self._uri_of(text), self._positions_in(text).range(span))

    def _uri_of(self, source: Source) -> str:
        return from_fs_path(str(self.shelf.path(source).resolve())) or self.uri

    def _positions_in(self, source: Source) -> Positions:
        return Positions(source.original, self._encoding)

    def entries(self) -> tuple[Entry, ...]:
        """Its declarations."""
        return outline(self.outcome.parsed, self.outcome.names)

    def name_at(self, position: types.Position) -> Use | None:
        """The name at a place."""
        return self.outcome.names.at(self.positions.offset(position))

    def entry_of(self, name: Use) -> Entry | None:
        """The declaration that a name stands for, or stands in."""
        declared = self.outcome.names.declaration(name).span.start
        found = (each for each in self.entries() if each.span.holds(declared))
        return next(found, None)


def _places(line: Said) -> str:
    """Where a line is said, as a comment."""
    told = (
        f"{Path(one.written.source.name).name}:{one.written.source.position(one.span.start).line}"
        for one in line.places
    )
    return f"# {' · '.join(told)}" if line.places else ""
