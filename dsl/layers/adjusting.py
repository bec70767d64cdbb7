"""One declaration of a base after an adjustment: line by line, each says how it changes which field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any, NamedTuple

from msgspec.structs import fields, replace

from dsl import nodes
from dsl.diagnostic import Value
from dsl.layers.moving import meaning
from dsl.layers.placing import flat, put, taken

_WHOLE = frozenset(("signers", "resolvers", "week", "hours"))
"""Fields with several values that are one clause."""
_KEYS: Mapping[str, Callable[[Any], object]] = {
    "contents": lambda one: one.id.text,
    "evidence": lambda one: one.id.text,
    "counts": lambda one: one.id.text,
    "fields": lambda one: one.id.text,
    "options": lambda one: one.id.text,
    "gives": lambda one: one.id.text,
    "given": lambda one: one.fact.text,
    "titles": lambda one: one.language.text,
    "allowances": lambda one: one.code.text,
    "steps": lambda one: one.known_as,
    "follow_ups": lambda one: (one.kind, one.target.text),
}
"""What an entry of a list is known by; entries of other lists, by all that they say."""


class Wrong(NamedTuple):
    """Why a line cannot be: a code with a variant, its place, its values, and what was perhaps meant."""

    code: str
    at: nodes.Node
    values: dict[str, Value]
    variant: str | None = None
    near: str | None = None


class Adjusted(NamedTuple):
    """The declaration, what is wrong with the lines, and which line set each field."""

    declaration: nodes.Declaration
    wrong: tuple[Wrong, ...]
    set_by: dict[str, nodes.Change]


def adjusted(
    declaration: nodes.Declaration, adjust: nodes.Adjust, language: str, own: str
) -> Adjusted:
    """The declaration after all lines of the adjustment that can be.

    Args:
        declaration: of the layers below.
        adjust: with places as the declaration sees them.
        language: of the title of the declaration.
        own: the language of the adjustment.
    """
    work = _Work(declaration, language)
    if nodes.is_titled(adjust):
        work.title(adjust.title, own)
    for change in adjust.changes:
        work.change(change)
    return Adjusted(work.declaration, tuple(work.wrong), work.set_by)


@cache
def _empty(kind: type[nodes.Declaration]) -> dict[str, object]:
    """The fields of a declaration, each as it is where nothing is said."""
    return {one.name: one.default for one in fields(kind)}


class _Work:
    """A declaration on its way through the lines of an adjustment."""

    def __init__(self, declaration: nodes.Declaration, language: str) -> None:
        self.declaration: Any = declaration
        self.wrong: list[Wrong] = []
        self.set_by: dict[str, nodes.Change] = {}
        self._language = language
        self._empty = _empty(type(declaration))

    def title(self, title: nodes.Text, language: str) -> None:
        """The title in the language of the adjustment."""
        if language == self._language:
            self._put("title", title)
        else:
            name = nodes.Name(language, span=title.span)
            self._set_title(nodes.LanguageTitle(name, title, span=title.span))

    def change(self, change: nodes.Change) -> None:
        """One line."""
        for said in change.said:
            if not (said.field in self._empty or self._is_choice(said.field)):
                self._not(change, "E614", said, "kind")
            elif said.field == "titles" and change.verb != "remove":
                self._set_title(said.value)
            elif said.field == "allowances" and change.verb == "set":
                self._allow(said.value)
            elif self._is_list(said.field):
                _LISTS[change.verb](self, change, said)
            else:
                _SCALARS[change.verb](self, change, said)

    def entries(self, field: str) -> tuple[Any, ...]:
        """What a list has."""
        if field == "options":
            return self.declaration.type.options  # type: ignore[no-any-return]
        if field == "rows":
            return self.declaration.rows[1:]  # type: ignore[no-any-return]
        return getattr(self.declaration, field)  # type: ignore[no-any-return]

    def _is_choice(self, field: str) -> bool:
        type_ = getattr(self.declaration, "type", None)
        return field == "options" and isinstance(type_, nodes.ChoiceType)

    def _is_list(self, field: str) -> bool:
        return field == "options" or (self._empty.get(field) == () and field not in _WHOLE)

    def _put(self, field: str, value: object) -> None:
        if field == "options":
            field, value = "type", replace(self.declaration.type, options=value)
        if field == "rows":
            value = (*self.declaration.rows[:1], *value)  # type: ignore[misc]
        self.declaration = replace(self.declaration, **{field: value})

    def _set_title(self, title: nodes.LanguageTitle) -> None:
        if title.language.text == self._language:
            self._put("title", title.text)
            return
        kept = [one for one in self.entries("titles") if one.language.text != title.language.text]
        self._put("titles", (*kept, title))

    def _allow(self, allowance: nodes.Allowance) -> None:
        """What the layer allows beside its other lines."""
        code = allowance.code.text
        kept = [one for one in self.entries("allowances") if one.code.text != code]
        self._put("allowances", (*kept, allowance))

    def _not(
        self,
        change: nodes.Change,
        code: str,
        said: nodes.Said,
        variant: str,
        near: str | None = None,
    ) -> None:
        values: dict[str, Value] = {"name": self.declaration.id.text, "part": _shown(said.value)}
        at = said.value if near and isinstance(said.value, nodes.Name) else change
        self.wrong.append(Wrong(code, at, values, variant, near))

    # ---- clauses that stand once -----------------------------------------------------------------

    def set_scalar(self, change: nodes.Change, said: nodes.Said) -> None:
        """The clause as it shall be."""
        before = self.set_by.get(said.field)
        if before is not None and before is not change:
            self._not(change, "E612", said, "clause")
            return
        self._put(said.field, said.value)
        self.set_by[said.field] = change

    def add_scalar(self, change: nodes.Change, said: nodes.Said) -> None:
        """There is one such clause, so nothing can be added to it."""
        if getattr(self.declaration, said.field) in (None, (), False):
            self.set_scalar(change, said)
        else:
            self._not(change, "E615", said, "once")

    def drop_scalar(self, change: nodes.Change, said: nodes.Said) -> None:
        """The clause goes; said in full, it must be the one that is there."""
        now, empty = getattr(self.declaration, said.field), self._empty[said.field]
        full = said.value is not None
        if now == empty or (full and meaning(now) != meaning(said.value)):
            self._not(change, "E616", said, "clause")
            return
        self._put(said.field, empty)
        self.set_by[said.field] = change

    # ---- lists -----------------------------------------------------------------------------------

    def set_entry(self, change: nodes.Change, said: nodes.Said) -> None:
        """An entry that has a name of its own is said anew."""
        entries = self.entries(said.field)
        key = self._key(said.field, said.value) if said.many else None
        found = [at for at, one in enumerate(entries) if self._key(said.field, one) == key]
        known = said.field in _KEYS or said.field == "rows"
        if not (said.many and known and found):
            self._not(change, "E615", said, "list")
            return
        at = found[0]
        self._put(said.field, (*entries[:at], said.value, *entries[at + 1 :]))

    def add_entry(self, change: nodes.Change, said: nodes.Said) -> None:
        """An entry more, or several."""
        new = (said.value,) if said.many else said.value
        for value in new:
            entries = self.entries(said.field)
            if said.field == "body":
                self._place(change, said)
            elif any(self._key(said.field, one) == self._key(said.field, value) for one in entries):
                self._not(change, "E617", said, "entry")
            else:
                self._insert(change, said, value)

    def drop_entry(self, change: nodes.Change, said: nodes.Said) -> None:
        """An entry less, or several; the name will do."""
        if said.value is None:
            self._put(said.field, ())
            return
        if said.field == "body":
            body = taken(self.declaration.body, said.value)
            if body is None:
                self._no_thing(change, said.value)
            else:
                self._put("body", body)
            return
        for value in (said.value,) if said.many else said.value:
            self._drop(change, said, value)

    def _drop(self, change: nodes.Change, said: nodes.Said, value: Any) -> None:  # noqa: ANN401
        entries, field = self.entries(said.field), said.field
        key = self._key(field, value)
        kept = tuple(one for one in entries if self._key(field, one) != key)
        if len(kept) == len(entries):
            known = [str(self._key(field, one)) for one in entries if field in _KEYS]
            near = next(iter(get_close_matches(str(key), known, 1)), None)
            one = nodes.Said(field, value, said.many, span=said.span)
            self._not(change, "E616", one, "entry", near)
        else:
            self._put(field, kept)

    def _insert(self, change: nodes.Change, said: nodes.Said, value: Any) -> None:  # noqa: ANN401
        entries, at = self.entries(said.field), change.at
        if at is None or at.side == "end":
            place = len(entries)
        elif at.side == "start":
            place = 0
        else:
            key = self._key(said.field, at.anchor)
            found = [n for n, one in enumerate(entries) if self._key(said.field, one) == key]
            if not found:
                self._not(change, "E618", nodes.Said(said.field, at.anchor, span=at.span), "place")
                return
            place = found[0] + (at.side == "after")
        self._put(said.field, (*entries[:place], value, *entries[place:]))

    def _place(self, change: nodes.Change, said: nodes.Said) -> None:
        at = change.at or nodes.Beside("end", span=change.span)
        body = put(self.declaration.body, said.value, at)
        if body is None:
            self._no_thing(change, at.anchor)
        else:
            self._put("body", body)

    def _no_thing(self, change: nodes.Change, named: Any) -> None:  # noqa: ANN401 (a thing or stage)
        known = [
            target.text
            for one in flat(self.declaration.body)
            if (target := _target(one)) and type(one) is type(named)
        ]
        target = _target(named)
        near = next(iter(get_close_matches(target.text, known, 1)), None) if target else None
        said = nodes.Said("body", target or named, span=change.span)
        self._not(change, "E618", said, "thing" if target else "unnamed", near)

    def _key(self, field: str, one: Any) -> object:  # noqa: ANN401 (an entry of any list)
        if field == "rows":
            return meaning(tuple(one.cells[at] for at in self._inputs() if at < len(one.cells)))
        if isinstance(one, nodes.Name) and field in _KEYS:
            return one.text
        if field == "follow_ups" or (field in _KEYS and not isinstance(one, nodes.Name)):
            return _KEYS[field](one)
        return meaning(one)

    def _inputs(self) -> tuple[int, ...]:
        """The columns of a table by which its rows are told apart: those that it reads."""
        outputs = {one.id.text for one in self.declaration.gives}
        names = [
            next((one.names[0].text for one in cell.tests if isinstance(one, nodes.Path)), "")
            for cell in self.declaration.rows[0].cells
        ]
        return tuple(at for at, name in enumerate(names) if name not in outputs)


def _target(flow: object) -> nodes.Name | None:
    match flow:
        case nodes.Do():
            return flow.target
        case nodes.StageMark():
            return flow.id
        case _:
            return None


def _shown(value: object) -> str:
    """What an entry is called in a message; empty where it has no name."""
    name = getattr(value, "id", None) or getattr(value, "target", None) or value
    return name.text if isinstance(name, nodes.Name) else ""


_Act = Callable[[_Work, nodes.Change, nodes.Said], None]
_SCALARS: Mapping[nodes.Way, _Act] = {
    "set": _Work.set_scalar,
    "add": _Work.add_scalar,
    "remove": _Work.drop_scalar,
}
_LISTS: Mapping[nodes.Way, _Act] = {
    "set": _Work.set_entry,
    "add": _Work.add_entry,
    "remove": _Work.drop_entry,
}
