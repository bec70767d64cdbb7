"""A text as its designer sees it: coloured, judged, and drawn."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, structs

from dsl import nodes
from dsl.catalogue import Language
from dsl.dialects import DialectName, dialect
from dsl.layers import NOTHING, Layer, Shelf
from dsl.model import Checked
from dsl.parser import Parsed
from dsl.pipeline import Checker
from dsl.source import Source, of_text
from engine.drafting.colours import Lines, coloured
from engine.drafting.problems import Problem, problems_of
from engine.drafting.sketch import Sketch, Wish, sketched


class Part(Struct, frozen=True):
    """A declaration of the text: what it declares, and its place in code points."""

    kind: str
    id: str
    start: int
    end: int


class Draft(Struct, frozen=True):
    """What came of one form of a text.

    Attributes:
        source: the text.
        dialect: that it is written in.
        problems: sorted by place, in the reader's words.
        colours: of its lines.
        parsed: its nodes and statements.
        parts: its declarations in order.
        checked: the model; None if there is an error.
        layers: the texts that the rulebook is put together from, this one first.
        sketch: the process; None if the text never had one.
        is_stale: the sketch is of an earlier form of the text: this one has errors, or is not drawn yet.
    """

    source: Source
    dialect: DialectName
    problems: tuple[Problem, ...]
    colours: Lines
    parsed: Parsed
    parts: tuple[Part, ...]
    checked: Checked | None
    layers: tuple[Layer, ...]
    sketch: Sketch | None
    is_stale: bool

    @property
    def errors(self) -> int:
        """How many of the problems are errors."""
        return sum(one.severity == "error" for one in self.problems)

    def part_at(self, offset: int) -> Part | None:
        """The declaration that a place lies in."""
        return next((one for one in reversed(self.parts) if one.start <= offset), None)

    def node_at(self, offset: int, prefer: str | None = None) -> str | None:
        """The node of the sketch that belongs to a place of the text; see `Sketch.node_at`."""
        if self.sketch is None:
            return None
        if not self.is_stale:
            return self.sketch.node_at(offset, prefer)
        part = self.part_at(offset)
        node = f"{part.kind}:{part.id}" if part else ""
        return node if node in self.sketch.nodes else None

    def place_of(self, node: str) -> int | None:
        """Where a node of the sketch is written; None if it is written elsewhere, or no longer."""
        found = self.sketch.nodes.get(node) if self.sketch else None
        if found is None or (not self.is_stale and not found.end):
            return None
        if not self.is_stale:
            return found.start
        ref = found.ref.partition(".")[0]
        kind = "approval" if found.kind in ("step", "revise") else found.kind
        return next((one.start for one in self.parts if (one.kind, one.id) == (kind, ref)), None)


class Drafter:
    """Checks the forms of one text one after the other; used by one thread at a time.

    Args:
        name: of the text, as its problems call it.
        shelf: finds the bases that it extends.
    """

    def __init__(self, name: str, shelf: Shelf = NOTHING) -> None:
        self._name = name
        self._checker = Checker(shelf)
        self._sound: Checked | None = None
        self._drawn: tuple[Checked, Wish, Sketch | None] | None = None

    def draft(self, text: str, language: Language) -> Draft:
        """What comes of the present form, told in the reader's language; its drawing is the last one."""
        source = of_text(self._name, text)
        parsed = self._checker.parsed(source)
        outcome = self._checker.check(source)
        # Where nothing is written yet nothing is wrong yet.
        told = outcome.diagnostics if text.strip() else ()
        spoken: DialectName = parsed.rulebook.dialect if parsed.rulebook else "en"
        parts = tuple(_parts(source, parsed))
        begins = frozenset(part.start for part in parts)
        self._sound = outcome.checked or self._sound
        return Draft(
            source,
            spoken,
            problems_of(told, source, language, outcome.sources(source)),
            coloured(source, parsed.tokens, dialect(spoken), begins),
            parsed,
            parts,
            outcome.checked,
            outcome.layers,
            self._drawn[2] if self._drawn else None,
            is_stale=True,
        )

    def drawn(self, draft: Draft, wish: Wish) -> Draft:
        """The last draft with its drawing, as wished; that of the last right form if it has errors."""
        return structs.replace(draft, sketch=self._sketch(wish), is_stale=draft.checked is None)

    def _sketch(self, wish: Wish) -> Sketch | None:
        """The last right form drawn; once only while it and the wish stay the same."""
        sound, drawn = self._sound, self._drawn
        if sound is None:
            return None
        if drawn is None or drawn[0] is not sound or drawn[1] != wish:
            drawn = self._drawn = sound, wish, sketched(sound, self._name, wish)
        return drawn[2]


def _parts(source: Source, parsed: Parsed) -> Iterator[Part]:
    """The declarations, each up to the next; one that cannot be read has no kind and no id."""
    found = sorted(_begins(parsed, parsed.rulebook)) if parsed.rulebook else []
    ends = [*(start for start, _, _ in found[1:]), len(source.original)]
    for (start, kind, id_), end in zip(found, ends, strict=False):
        yield Part(kind, id_, start, end)


def _begins(parsed: Parsed, rulebook: nodes.Rulebook) -> Iterator[tuple[int, str, str]]:
    if rulebook.header is not None:
        # The header's part starts with the text, comments before it too.
        start = min((each.span.start for each in parsed.found[0][1].statements), default=0)
        yield start, "rulebook", rulebook.header.id.text
    for part in rulebook.parts:
        one = part.declaration
        yield part.start, type(one).__name__.lower() if one else "", one.id.text if one else ""
