"""The names of one rulebook, and what its declarations know of each other."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, Literal, NamedTuple

from dsl import model
from dsl.diagnostic import Diagnostic
from dsl.expressions.tables import Output
from dsl.resolve.traces import Traces
from dsl.source import Span
from dsl.texts import Texts
from dsl.types import Type

Kind = Literal[
    "fact", "record", "feed", "role", "table", "sla", "approval", "item", "gate", "action",
    "access", "calendar", "document", "process", "rule", "audience", "scenario", "group", "stage",
]  # fmt: skip

SIMILAR = 0.6
"""How alike a name must be to be suggested: one sign of three may be wrong."""


class Symbol(NamedTuple):
    """A declared name: where its id is written, in the whole text, and its node."""

    kind: Kind
    id: str
    span: Span
    node: Any


class Unknown(NamedTuple):
    """A name that nothing declares, in the whole text, and the names that could stand there."""

    kind: str
    span: Span
    candidates: tuple[str, ...]


class Book:
    """Everything that the declarations of one rulebook know of each other.

    Attributes:
        texts: of all layers; spans in the whole text are theirs.
        dialect: of the uppermost, which is that of the rulebook.
        symbols: the declared names of each kind.
        unread, unnamed, mended, based: as in `nodes.Rulebook`. What may follow from a problem that has
            been reported is not reported; `excused` tells that something was not.
        broken: the ids of declarations that are not whole: a line is unread, or two have the id.
        twice: kind and name of what is declared more than once.
        currency, timezone: as the header says.
        facts, records, tables: what has been resolved so far, by id.
        reported: the index in `diagnostics` of each unknown name, by where it was looked for.
        contents: the types of the contents of items, by item and content.
        outputs: what the decision tables give, by table.
        traces: what has been noted so far.
        unknown: the names that stand for nothing, by their place.
        gone: where a layer has removed what is not declared any more, by kind and id.
    """

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        self.dialect = texts.written[0].dialect
        self.symbols: dict[Kind, dict[str, Symbol]] = {}
        self.unread: frozenset[str] = frozenset()
        self.unnamed: frozenset[str] = frozenset()
        self.mended: tuple[Span, ...] = ()
        self.based = False
        self.excused = False
        self.broken: set[str] = set()
        self.twice: set[tuple[str, str]] = set()
        self.currency = ""
        self.timezone = "UTC"
        self.facts: dict[str, model.Fact] = {}
        self.records: dict[str, model.Record] = {}
        self.contents: dict[tuple[str, str], Type] = {}
        self.tables: dict[str, model.Table] = {}
        self.outputs: dict[str, tuple[Output, ...]] = {}
        self.diagnostics: list[Diagnostic] = []
        self.reported: dict[tuple[str, str], int] = {}
        self.traces = Traces()
        self.unknown: dict[Span, Unknown] = {}
        self.gone: Mapping[tuple[str, str], Span] = {}

    @property
    def root(self) -> Literal["en", "zh"]:
        """The dialect of the lowest layer, which decides what no header says."""
        return self.texts.written[-1].dialect

    def of(self, kind: Kind) -> dict[str, Symbol]:
        """The declared names of a kind."""
        return self.symbols.setdefault(kind, {})

    def kinds_of(self, name: str) -> tuple[Kind, ...]:
        """The kinds under which a name is declared."""
        return tuple(kind for kind, declared in self.symbols.items() if name in declared)

    def removed(self, kind: str, name: str) -> tuple[str, Span] | None:
        """What of a name a layer has removed, best of a kind: the kind, and where."""
        found = {of: span for (of, id_), span in self.gone.items() if id_ == name}
        of = kind if kind in found else next(iter(found), None)
        return None if of is None else (of, found[of])

    def is_mended(self, span: Span) -> bool:
        """True if the place is in a statement that could be read only after a repair."""
        before = bisect_right(self.mended, (span.start, self.texts.end))
        return before > 0 and span.start < self.mended[before - 1].end

    def nearest(self, name: str, candidates: list[str]) -> str | None:
        """The candidate that is most like a name, if one is alike enough."""
        same = (one for one in candidates if one.casefold() == name.casefold() and one != name)
        return next(same, None) or next(iter(get_close_matches(name, candidates, 1, SIMILAR)), None)
