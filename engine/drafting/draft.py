"""A text as its designer sees it: coloured, judged, and drawn."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from dsl import nodes
from dsl.catalogue import Language
from dsl.dialects import DialectName, dialect
from dsl.model import Checked
from dsl.parser import Parsed
from dsl.pipeline import Checker
from dsl.source import Source, of_text
from engine.drafting.colours import Lines, coloured
from engine.drafting.problems import Problem, problems_of


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
        parts: its declarations in order.
        checked: the model; None if there is an error.
    """

    source: Source
    dialect: DialectName
    problems: tuple[Problem, ...]
    colours: Lines
    parts: tuple[Part, ...]
    checked: Checked | None

    @property
    def errors(self) -> int:
        """How many of the problems are errors."""
        return sum(one.severity == "error" for one in self.problems)


class Drafter:
    """Checks the forms of one text one after the other; used by one thread at a time.

    Args:
        name: of the text, as its problems call it.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._checker = Checker()

    def draft(self, text: str, language: Language) -> Draft:
        """What comes of the present form, told in the reader's language."""
        source = of_text(self._name, text)
        parsed = self._checker.parsed(source)
        outcome = self._checker.check(source)
        spoken: DialectName = parsed.rulebook.dialect if parsed.rulebook else "en"
        parts = tuple(_parts(source, parsed))
        begins = frozenset(part.start for part in parts)
        return Draft(
            source,
            spoken,
            problems_of(outcome.diagnostics, source, language),
            coloured(source, parsed.tokens, dialect(spoken), begins),
            parts,
            outcome.checked,
        )


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
