"""The names of one rulebook, and the desk at which one of its declarations is resolved."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, Literal, NamedTuple, TypedDict, Unpack

from msgspec.structs import replace

from dsl import model, nodes
from dsl.diagnostic import Diagnostic, Edit, Fix, Keyword, Label, Term, Terms, Value
from dsl.source import Source, Span
from dsl.types import Type

Kind = Literal[
    "fact", "record", "feed", "role", "sla", "approval", "item", "gate", "action", "access",
    "process", "scenario", "group", "stage",
]  # fmt: skip

PLACES = 4
"""Places of one undeclared name that are shown; the fix changes all of them."""
SIMILAR = 0.6
"""How alike a name must be to be suggested: one sign of three may be wrong."""


class Symbol(NamedTuple):
    """A declared name: where its id is written, in the whole text, and its node."""

    kind: Kind
    id: str
    span: Span
    node: Any


class More(TypedDict, total=False):
    """What a diagnostic may have besides its place and values."""

    hint: bool
    label: bool
    fix: Fix | None
    others: tuple[Label, ...]
    variant: str


class Book:
    """Everything that the declarations of one rulebook know of each other.

    Attributes:
        symbols: the declared names of each kind.
        unread: words of declarations that could not be read, so that a name that one of them may
            declare is not reported a second time.
        currency, timezone: as the header says.
        facts, records: what has been resolved so far, by id.
        undeclared: the index in `diagnostics` of each undeclared name, by kind and name.
        contents: the types of the contents of items, by item and content.
        words: where a name stands for a word of the language, in the whole text.
    """

    def __init__(self, source: Source, dialect: Literal["en", "zh"]) -> None:
        self.source = source
        self.dialect = dialect
        self.symbols: dict[Kind, dict[str, Symbol]] = {}
        self.unread: frozenset[str] = frozenset()
        self.currency = ""
        self.timezone = "UTC"
        self.facts: dict[str, model.Fact] = {}
        self.records: dict[str, model.Record] = {}
        self.contents: dict[tuple[str, str], Type] = {}
        self.diagnostics: list[Diagnostic] = []
        self.undeclared: dict[tuple[str, str], int] = {}
        self.places: dict[str, model.Place] = {}
        self.words: set[Span] = set()

    def of(self, kind: Kind) -> dict[str, Symbol]:
        """The declared names of a kind."""
        return self.symbols.setdefault(kind, {})

    def kinds_of(self, name: str) -> tuple[Kind, ...]:
        """The kinds under which a name is declared."""
        return tuple(kind for kind, declared in self.symbols.items() if name in declared)

    def nearest(self, name: str, candidates: list[str]) -> str | None:
        """The candidate that is most like a name, if one is alike enough."""
        return next(iter(get_close_matches(name, candidates, 1, SIMILAR)), None)


class Desk:
    """Where one declaration is resolved.

    Args:
        book: the rulebook.
        start: where the declaration's part begins; the spans of its nodes are relative to that.
        path: the key of the declaration in `Checked.places`, `item.customer_files`.
        broken: a line of the declaration could not be read, so what is missing may be there.

    `unguarded` are the values that were reported as possibly missing: once in a declaration will do.
    """

    def __init__(self, book: Book, start: int, path: str, *, broken: bool = False) -> None:
        self.book = book
        self.start = start
        self.path = path
        self.broken = broken
        self.unguarded: set[str] = set()

    def error(
        self,
        code: str,
        at: nodes.Node | Span,
        values: Mapping[str, Value] | None = None,
        **more: Unpack[More],
    ) -> None:
        """Reports an error of the declaration; `at` is relative to its part.

        Keyword arguments: `hint=True` adds `CODE.hint`; `others` are further labels (their spans
        are those of the whole text); `variant` names another text, `CODE.VARIANT`, and its hint,
        `CODE.VARIANT.hint`; `label=True` takes `CODE.VARIANT.label` for the place.
        """
        variant = more.get("variant")
        text = f"{code}.{variant}" if variant else code
        named = text if more.get("label") else code
        label = Label(self.whole(at), self.book.source.name, f"{named}.label")
        found = Diagnostic(
            code,
            "error",
            (label, *more.get("others", ())),
            dict(values or {}),
            f"{text}.hint" if more.get("hint") else None,
            more.get("fix"),
            text if variant else None,
        )
        self.book.diagnostics.append(found)

    def whole(self, at: nodes.Node | Span) -> Span:
        """The span in the whole text."""
        return (at if isinstance(at, Span) else at.span).shift(self.start)

    def edit(self, at: nodes.Node, text: str) -> tuple[Edit, ...]:
        """A replacement of a node's text."""
        return (Edit(self.whole(at), text),)

    def keyword(self, word: str) -> Keyword:
        """A keyword as the text's dialect writes it."""
        return Keyword(word, self.book.dialect)

    def place(self, clause: str, at: nodes.Node) -> None:
        """Records where the declaration (`clause` empty) or one of its clauses is written."""
        span = self.whole(at)
        position = self.book.source.position(span.start)
        key = f"{self.path}.{clause}" if clause else self.path
        self.book.places[key] = model.Place(self.book.source.name, *span, *position)

    def declared(self, symbol: Symbol, label: str) -> Label:
        """A label at the place where a name is declared."""
        return Label(symbol.span, self.book.source.name, label, {"name": symbol.id})

    def terms(self, parts: list[str]) -> Terms:
        """Several names in a row."""
        return Terms(tuple(parts))

    def find(self, kind: Kind, name: nodes.Name | None) -> str | None:
        """The id of a declared name of a kind; reports it if there is none."""
        if name is None:
            return None
        if name.text in self.book.of(kind):
            return name.text
        others = [other for other in self.book.kinds_of(name.text) if other != kind]
        if others:
            self._of_another_kind(kind, name, others[0])
        elif name.text not in self.book.unread:
            self.undeclared(kind, name, list(self.book.of(kind)))
        return None

    def all(self, kind: Kind, names: tuple[nodes.Name, ...]) -> tuple[str, ...]:
        """The ids of several names of a kind; those that are not declared are left out."""
        found: dict[str, nodes.Name] = {}
        for name in names:
            id_ = self.find(kind, name)
            if id_ is not None and id_ in found:
                first = Label(self.whole(found[id_]), self.book.source.name, "E202.first")
                self.error("E202", name, {"name": id_}, others=(first,), variant="listed")
            elif id_ is not None:
                found[id_] = name
        return tuple(found)

    def undeclared(self, kind: str, name: nodes.Name, candidates: list[str]) -> None:
        """Reports a name that nothing declares."""
        values: dict[str, Value] = {"name": name.text, "kind": Term(f"kind.{kind}")}
        known = self.book.undeclared.setdefault((kind, name.text), len(self.book.diagnostics))
        if known < len(self.book.diagnostics):
            self._again(known, name)
        else:
            self.error("E201", name, values, fix=self.rename(name, candidates))

    def _again(self, number: int, name: nodes.Name) -> None:
        """Adds one more place to an undeclared name that has been reported already."""
        found = self.book.diagnostics[number]
        fix, spans = found.fix, {label.span for label in found.labels}
        if len(spans) < PLACES:
            spans.add(self.whole(name))
        labels = tuple(
            Label(span, self.book.source.name, "E201.again" if at else "E201.label")
            for at, span in enumerate(sorted(spans))
        )
        if fix is not None:
            near = fix.edits[0].text
            fix = replace(fix, edits=(*fix.edits, *self.edit(name, near)))
        self.book.diagnostics[number] = replace(found, labels=labels, fix=fix)

    def rename(self, name: nodes.Name, candidates: list[str]) -> Fix | None:
        """To write the nearest candidate instead of a name, if one is near."""
        near = self.book.nearest(name.text, candidates)
        if near is None:
            return None
        return Fix("fix.rename", self.edit(name, near), {"near": near})

    def missing(self, clause: str, at: nodes.Node, what: Value) -> None:
        """Reports a clause that must be written, unless an unread line may hold it."""
        if not self.broken:
            self.error("E401", at, {"what": what, "clause": self.keyword(clause)}, hint=True)

    def _of_another_kind(self, kind: Kind, name: nodes.Name, other: Kind) -> None:
        values: dict[str, Value] = {
            "name": name.text, "kind": Term(f"kind.{kind}"), "other": Term(f"kind.{other}"),
        }  # fmt: skip
        symbol = self.book.of(other)[name.text]
        self.error("E203", name, values, others=(self.declared(symbol, "label.declared"),))
