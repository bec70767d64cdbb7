"""The same nodes for the other dialect: words in its language, titles in theirs."""

from __future__ import annotations

from typing import Any, NamedTuple, TypeVar, cast, get_args

from msgspec import Struct
from msgspec.structs import replace

from dsl import nodes
from dsl.diagnostic import Diagnostic, Label, Value
from dsl.dialects import Dialect, DialectName
from dsl.expressions.tree import PersonWord
from dsl.expressions.uses import walk
from dsl.layers import Composed, Stack, compose
from dsl.resolve.header import defaults
from dsl.resolve.rulebook import resolve
from dsl.source import Span

AnyStruct = TypeVar("AnyStruct", bound=Struct)


class Switched(NamedTuple):
    """The nodes for the other dialect, what cannot be said in it, and the names of all layers."""

    rulebook: nodes.Rulebook
    diagnostics: tuple[Diagnostic, ...]
    declared: frozenset[str] = frozenset()


def switched(layers: Stack, to: Dialect) -> Switched:
    """The nodes of a text for the other dialect.

    Args:
        layers: the text, read without an error of syntax, and those that it extends.
        to: the words of the dialect to come.
    """
    rulebook = layers.layers[0].rulebook
    if layers.diagnostics:
        return Switched(rulebook, layers.diagnostics)
    switch = _Switch(compose(layers), layers, to)
    header = rulebook.header
    if header is not None:
        here = rulebook.dialect
        header = switch.part(header, 0)
        header = header if header.extends else _with_defaults(header, here, to)
    changes = tuple(
        replace(part, tailoring=switch.part(part.tailoring, part.start))
        for part in rulebook.tailoring
    )
    parts = switch.parts(rulebook.parts)
    found = replace(rulebook, dialect=to.name, header=header, parts=parts, tailoring=changes)
    return Switched(found, tuple(switch.diagnostics), switch.declared)


def switched_whole(composed: Composed, layers: Stack, to: Dialect) -> Switched:
    """The nodes of all layers together for a dialect; the header extends nothing any more."""
    switch = _Switch(composed, layers, to)
    header = composed.rulebook.header
    if header is not None:
        lowest = composed.texts.written[-1].dialect
        header = _with_defaults(replace(switch.part(header, 0), extends=None), lowest, to)
    parts = switch.parts(composed.rulebook.parts)
    found = replace(composed.rulebook, dialect=to.name, header=header, parts=parts)
    return Switched(found, tuple(switch.diagnostics), switch.declared)


def declared_names(rulebook: nodes.Rulebook) -> frozenset[str]:
    """Every name that a rulebook declares: of declarations, their parts, options and variables."""
    return frozenset(
        name.text
        for node in walk(rulebook)
        for name in (getattr(node, "id", None), getattr(node, "variable", None))
        if isinstance(name, nodes.Name)
    )


class _Switch:
    """Turns names and titles, and reports words that would become names."""

    def __init__(self, composed: Composed, layers: Stack, to: Dialect) -> None:
        every = (composed.rulebook, *(one.rulebook for one in layers.layers))
        self.diagnostics: list[Diagnostic] = []
        self._texts = composed.texts
        self._words = resolve(composed.texts, composed.rulebook).words
        self.declared = frozenset().union(*map(declared_names, every))
        self._names = frozenset().union(*map(_names_in_sight, every))
        self._variables = frozenset().union(*map(_variables, every))
        self._spelling = {word: text for text, word in to.words.items()}
        self._to = to.name

    def parts(self, parts: tuple[nodes.Part, ...]) -> tuple[nodes.Part, ...]:
        """Declarations in their places."""
        return tuple(
            replace(part, declaration=part.declaration and self.part(part.declaration, part.start))
            for part in parts
        )

    def part(self, node: AnyStruct, base: int) -> AnyStruct:
        """A declaration, with everything in it."""
        changed = {
            field: self._value(getattr(node, field), base) for field in node.__struct_fields__
        }
        turned = replace(node, **changed)
        # An audience shows no title of its own that could become that of another language.
        titled = getattr(turned, "titles", ()) and not isinstance(turned, nodes.Audience)
        return cast("AnyStruct", self._titled(turned, base)) if titled else turned

    def _value(self, value: Any, base: int) -> Any:  # noqa: ANN401 (a field of any node)
        if isinstance(value, nodes.Name):
            return self._name(value, base, self._names | self._variables)
        if isinstance(value, nodes.ForEach):
            return self._for_each(value, base)
        if isinstance(value, Struct):
            return self.part(value, base)
        if type(value) is tuple:
            return tuple(self._value(part, base) for part in value)
        return value

    def _for_each(self, node: nodes.ForEach, base: int) -> nodes.ForEach:
        """The list is named before there is a variable."""
        over = self._name(node.over, base, self._names)
        where = self._value(node.where, base)
        return replace(node, over=over, where=where)

    def _name(self, name: nodes.Name, base: int, in_sight: frozenset[str]) -> nodes.Name:
        """A name, in the other language if it stands for a word of this one.

        Args:
            name: the name.
            base: where its part begins.
            in_sight: the names that would be read before any word.
        """
        place = name.span.shift(base)
        stands_for_word = place in self._words or name.text not in self.declared
        if name.word is None or not stands_for_word:
            return name
        text = self._spelling[name.word]
        if name.word in get_args(PersonWord) and text in in_sight:
            self._report(name.text, text, place)
        return replace(name, text=text)

    def _report(self, word: str, name: str, place: Span) -> None:
        (source, _), span = self._texts.find(place)
        label = Label(span, source.name, "E208.label")
        values: dict[str, Value] = {"word": word, "name": name}
        self.diagnostics.append(Diagnostic("E208", "error", (label,), values, "E208.hint"))

    def _titled(self, node: Any, base: int) -> Any:  # noqa: ANN401 (whatever has titles)
        """The title of the language to come, where there is one, for the title of the other."""
        here = self._texts.find(node.title.span.shift(base)).written.dialect
        for at, title in enumerate(node.titles):
            if title.language.text == self._to and here != self._to:
                language = replace(title.language, text=here)
                mine = replace(title, language=language, text=node.title)
                titles = (*node.titles[:at], mine, *node.titles[at + 1 :])
                return replace(node, title=title.text, titles=titles)
        return node


def _with_defaults(header: nodes.Header, here: DialectName, to: Dialect) -> nodes.Header:
    """What a header leaves to its dialect is written out where the other one means something else."""
    place = header.jurisdiction.text if header.jurisdiction else None
    (zone, currency), there = defaults(here, place), defaults(to.name, place)
    if header.timezone is None and there[0] != zone:
        header = replace(header, timezone=nodes.Text(zone, span=header.id.span))
    if header.currency is None and there[1] != currency:
        header = replace(header, currency=nodes.Name(currency, span=header.id.span))
    return header


def _names_in_sight(rulebook: nodes.Rulebook) -> frozenset[str]:
    """The declared names that a condition would read before any word."""
    kinds = nodes.Fact | nodes.Role | nodes.Item
    declared = (part.declaration for part in rulebook.parts)
    return frozenset(one.id.text for one in declared if isinstance(one, kinds))


def _variables(rulebook: nodes.Rulebook) -> frozenset[str]:
    found = (getattr(node, "variable", None) for node in walk(rulebook))
    return frozenset(one.text for one in found if isinstance(one, nodes.Name))
