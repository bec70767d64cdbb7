"""The names of one rulebook, and the desk at which one of its declarations is resolved."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, Literal, NamedTuple, TypedDict, Unpack

from dsl import model, nodes
from dsl.diagnostic import Diagnostic, Edit, Fix, Keyword, Label, Term, Terms, Value
from dsl.dialects import dialect
from dsl.expressions.tables import Output
from dsl.parser.parting import apart
from dsl.resolve.likeness import other_letter
from dsl.resolve.mentions import once_more, removal
from dsl.resolve.traces import Traces, Use
from dsl.source import Span
from dsl.texts import Texts
from dsl.types import Type

Kind = Literal[
    "fact", "record", "feed", "role", "table", "sla", "approval", "item", "gate", "action",
    "access", "calendar", "document", "process", "rule", "audience", "scenario", "group", "stage",
]  # fmt: skip

_BARE = ("value", "fact", "role")
"""Kinds of which a name is one cause: conditions use facts and roles bare."""
_WITHIN = ("field", "step", "value")
"""Kinds whose names a line of the declaration itself may declare."""
_OWN = ("field", "step")
"""Kinds whose names only the declaration itself can declare, no base."""
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


class Desk:
    """Where one declaration is resolved.

    Args:
        book: the rulebook.
        start: where the declaration's part begins; the spans of its nodes are relative to that.
        path: the key of the declaration in `Checked.spans`, `item.customer_files`.
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

        Keyword arguments: `hint=True` adds `CODE.hint`; `others` are further labels; `variant` names another text, `CODE.VARIANT`, and its hint,
        `CODE.VARIANT.hint`; `label=True` takes `CODE.VARIANT.label` for the place.
        """
        variant = more.get("variant")
        text = f"{code}.{variant}" if variant else code
        named = text if more.get("label") else code
        # The first row of a table, or the line of a column, may be the one that is unread.
        unsure = self.broken and (
            code in ("E401", "E421", "E470") or (code, variant) == ("E202", "listed")
        )
        if unsure or self.book.is_mended(self.whole(at)):
            self.book.excused = True
            return
        label = self.label(at, f"{named}.label")
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

    def label(self, at: nodes.Node | Span, message: str) -> Label:
        """A label at a place of the declaration."""
        (source, _), span = self.book.texts.find(self.whole(at))
        return Label(span, source.name, message)

    def edit(self, at: nodes.Node | Span, text: str) -> tuple[Edit, ...]:
        """A replacement of a node's text."""
        return (Edit(self.book.texts.find(self.whole(at)).span, text),)

    def language(self, at: nodes.Node | Span) -> Literal["en", "zh"]:
        """The dialect that a place of the declaration is written in."""
        return self.book.texts.find(self.whole(at)).written.dialect

    def titled(self, at: nodes.Text | nodes.Name) -> dict[str, str]:
        """A title by the language that it is written in."""
        return {self.language(at): at.text}

    def keyword(self, word: str) -> Keyword:
        """A keyword as the declaration's dialect writes it."""
        return Keyword(word, self.language(Span(0, 0)))

    def place(self, clause: str, at: nodes.Node) -> None:
        """Records where the declaration (`clause` empty) or one of its clauses is written."""
        key = f"{self.path}.{clause}" if clause else self.path
        self.book.traces.spans[key] = self.whole(at)

    def declared(self, symbol: Symbol, label: str) -> Label:
        """A label at the place where a name is declared."""
        (source, _), span = self.book.texts.find(symbol.span)
        return Label(span, source.name, label, {"name": symbol.id})

    def terms(self, parts: list[str]) -> Terms:
        """Several names in a row."""
        return Terms(tuple(parts))

    def use(self, kind: str, name: nodes.Name, of: str | None = None) -> None:
        """Records that a name stands for what is declared, in the declaration `of` if that is given."""
        span = self.whole(name)
        self.book.traces.uses[span] = Use(kind, f"{of}.{name.text}" if of else name.text, span)

    def find(self, kind: Kind, name: nodes.Name | None) -> str | None:
        """The id of a declared name of a kind; reports it if there is none."""
        if name is None:
            return None
        if name.text in self.book.of(kind):
            self.use(kind, name)
            return name.text
        others = [other for other in self.book.kinds_of(name.text) if other != kind]
        if others:
            self._of_another_kind(kind, name, others[0])
        else:
            self.undeclared(kind, name, list(self.book.of(kind)))
        return None

    def all(self, kind: Kind, names: tuple[nodes.Name, ...]) -> tuple[str, ...]:
        """The ids of several names of a kind; those that are not declared are left out."""
        found: dict[str, nodes.Name] = {}
        for name in names:
            id_ = self.find(kind, name)
            if id_ is not None and id_ in found:
                first = self.label(found[id_], "E202.first")
                self.error("E202", name, {"name": id_}, others=(first,), variant="listed")
            elif id_ is not None:
                found[id_] = name
        return tuple(found)

    def undeclared(
        self, kind: str, name: nodes.Name, candidates: list[str], *, dates: bool = False
    ) -> None:
        """Reports a name that nothing declares; where a date belongs, with those that there are."""
        self._is_unknown(kind, name, candidates)
        values: dict[str, Value] = {"name": name.text, "kind": Term(f"kind.{kind}")}
        family = "value" if kind in _BARE else kind
        gone = self.book.removed(kind, name.text)
        if self._may_be_unread(kind):
            self.book.excused = True
        elif gone is not None:
            of, at = gone
            place, where = removal(self.book.texts, at)
            values |= {**where, "kind": Term(f"kind.{of}")}
            more: More = {"variant": "removed", "hint": True, "others": (place,)}
            self._unknown("E201", family, name, values, more)
        else:
            more = self._meant(name, candidates, values, dates=dates)
            self._unknown("E201", family, name, values, more)

    def _meant(
        self, name: nodes.Name, candidates: list[str], values: dict[str, Value], *, dates: bool
    ) -> More:
        """How it is told what a name may have been meant to be; what that says joins the values."""
        more: More = {"fix": self.rename(name, candidates)}
        if parted := apart(name.text, candidates, dialect(self.language(name))):
            values["suggestion"], edits = parted.text, self.edit(name, parted.text)
            fix = Fix("fix.rename", edits, {"near": parted.text}, parted.sure)
            more |= {"variant": "apart", "fix": fix}
        elif dates:
            values["dates"] = self.terms(candidates)
            more |= {"variant": "date", "hint": True}
            if name.text.startswith(tuple(candidates)):
                del more["fix"]  # the day alone is not what was meant
        elif letter := other_letter(name.text, candidates):
            values |= {"letter": letter, "point": f"{ord(letter):04X}"}
            more["variant"] = "look"
        return more

    def _may_be_unread(self, kind: str) -> bool:
        """True if a name of the kind may stand in a line that has been reported, or in a base."""
        if self.book.based and kind not in _OWN:
            return True
        if kind == "part":
            return bool(self.book.broken or self.book.twice)
        unnamed = self.book.unnamed.intersection(_BARE if kind == "value" else (kind,))
        return bool(unnamed) or (self.broken and kind in _WITHIN)

    def no_option(self, name: nodes.Name, options: list[str]) -> None:
        """Reports a bare word that is none of the options of a choice."""
        self._is_unknown("option", name, options)
        values: dict[str, Value] = {"value": name.text, "options": self.terms(options)}
        more: More = {"fix": self.rename(name, options)}
        self._unknown("E353", f"option of {options}", name, values, more)

    def no_part(self, of: str, name: nodes.Name, parts: list[str]) -> None:
        """Reports a part that a record or an item does not have."""
        self._is_unknown("part", name, parts)
        values: dict[str, Value] = {"name": name.text, "of": of, "parts": self.terms(parts)}
        more: More = {"fix": self.rename(name, parts), "variant": "field" if parts else "bare"}
        self._no_part("E205", of, name, values, more)

    def no_field(self, record: str, name: nodes.Name, fields: list[str]) -> None:
        """Reports a field in a row that the record does not have."""
        self._is_unknown("field", name, fields)
        values: dict[str, Value] = {"field": name.text, "fields": self.terms(fields)}
        self._no_part("E356", record, name, values, {"fix": self.rename(name, fields)})

    def _is_unknown(self, kind: str, name: nodes.Name, candidates: list[str]) -> None:
        span = self.whole(name)
        self.book.unknown[span] = Unknown(kind, span, tuple(candidates))

    def no_value(self, record: str, field: str, row: nodes.Name) -> None:
        """Reports a row without a field that every row must have, the further rows with it."""
        values: dict[str, Value] = {"field": field, "record": record}
        self._once("E357", f"value of {record}.{field}", row, values, {"hint": True})

    def _no_part(
        self, code: str, of: str, name: nodes.Name, values: dict[str, Value], more: More
    ) -> None:
        if of in self.book.broken:
            self.book.excused = True
        else:
            self._unknown(code, f"part of {of}", name, values, more)

    def no_currency(self, code: nodes.Name, fix: Fix | None) -> None:
        """Reports what is no currency; of the same again, only the further place."""
        more: More = {"variant": "currency", "fix": fix}
        self._once("E315", "currency", code, {"text": code.text}, more)

    def _unknown(
        self, code: str, family: str, name: nodes.Name, values: dict[str, Value], more: More
    ) -> None:
        """Reports an unknown name; of one that has been reported, only the further place."""
        if name.text in self.book.unread or self.book.is_mended(self.whole(name)):
            self.book.excused = True
        else:
            self._once(code, family, name, values, more)

    def _once(
        self, code: str, family: str, name: nodes.Name, values: dict[str, Value], more: More
    ) -> None:
        count = len(self.book.diagnostics)
        if self.path.startswith("scenario.") and not self.book.texts.is_own(self.whole(name)):
            family = f"{family} in {self.path}"  # such a scenario is left out by itself
        known = self.book.reported.setdefault((family, name.text), count)
        if known < count:
            (source, _), span = self.book.texts.find(self.whole(name))
            found = self.book.diagnostics[known]
            self.book.diagnostics[known] = once_more(found, source.name, span)
        else:
            self.error(code, name, values, **more)

    def rename(self, name: nodes.Name, candidates: list[str]) -> Fix | None:
        """To write the nearest candidate instead of a name, if one is near."""
        near = self._said(name, candidates) or self.book.nearest(name.text, candidates)
        if near is None:
            return None
        return Fix("fix.rename", self.edit(name, near), {"near": near})

    def _said(self, name: nodes.Name, candidates: list[str]) -> str | None:
        """A candidate that is a keyword, for which people say this, as `true` for `yes`."""
        known = dialect(self.language(name))
        meant = (known.written.get(kind) for words, kind in known.instead if words == (name.text,))
        return next((one for one in meant if one in candidates), None)

    def missing(self, clause: str, at: nodes.Node, what: Value) -> None:
        """Reports a clause that must be written, unless an unread line may hold it."""
        if self.broken or tuple(self.path.split(".", 1)) in self.book.twice:
            self.book.excused = True
        else:
            self.error("E401", at, {"what": what, "clause": self.keyword(clause)}, hint=True)

    def _of_another_kind(self, kind: Kind, name: nodes.Name, other: Kind) -> None:
        values: dict[str, Value] = {
            "name": name.text, "kind": Term(f"kind.{kind}"), "other": Term(f"kind.{other}"),
        }  # fmt: skip
        symbol = self.book.of(other)[name.text]
        self.error("E203", name, values, others=(self.declared(symbol, "label.declared"),))
