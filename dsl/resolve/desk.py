"""The desk at which one declaration of a rulebook is resolved, and what is reported there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypedDict, Unpack

from dsl import nodes
from dsl.diagnostic import Diagnostic, Edit, Fix, Keyword, Label, Term, Terms, Value
from dsl.dialects import dialect
from dsl.parser.parting import apart
from dsl.resolve.book import Book, Kind, Symbol, Unknown
from dsl.resolve.likeness import other_letter
from dsl.resolve.mentions import once_more, removal
from dsl.resolve.traces import Use
from dsl.source import Span

_BARE = ("value", "fact", "role")
"""Kinds of which a name is one cause: conditions use facts and roles bare."""
_WITHIN = ("field", "step", "value")
"""Kinds whose names a line of the declaration itself may declare."""
_OWN = ("field", "step")
"""Kinds whose names only the declaration itself can declare, no base."""


class More(TypedDict, total=False):
    """What a diagnostic may have besides its place and values."""

    hint: bool
    label: bool
    fix: Fix | None
    others: tuple[Label, ...]
    variant: str


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

    def written(self, at: nodes.Node) -> str:
        """A node as its text has it."""
        (source, _), (start, end) = self.book.texts.find(self.whole(at))
        return source.original[start:end]

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
            more = self._meant(kind, name, candidates, values, dates=dates)
            self._unknown("E201", family, name, values, more)

    def _meant(
        self,
        kind: str,
        name: nodes.Name,
        candidates: list[str],
        values: dict[str, Value],
        *,
        dates: bool,
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
        elif kind == "role" and more["fix"] is None:
            values |= {word: self.keyword(word) for word in ("role", "example_role")}
            more |= {"variant": "role", "hint": True}
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
