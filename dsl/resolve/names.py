"""Where each declared name is written: at its declaration, and wherever it stands for that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from dsl import nodes
from dsl.layers import Tailored
from dsl.resolve.book import Book, Unknown
from dsl.resolve.traces import Use


class Names(Struct, frozen=True):
    """The names of a text, for an editor: to go to one, to list its uses, to give it another name.

    Attributes:
        declared: where a name is declared. A loop variable is not among them: the first of its uses
            declares it.
        uses: every other place, in order.
        unknown: the names that nothing declares, in order.
    """

    declared: tuple[Use, ...] = ()
    uses: tuple[Use, ...] = ()
    unknown: tuple[Unknown, ...] = ()

    def at(self, offset: int) -> Use | None:
        """The name at an offset of the text, or that ends there."""
        for name in (*self.declared, *self.uses):
            if name.span.start <= offset <= name.span.end:
                return name
        return None

    def declaration(self, name: Use) -> Use:
        """Where a name is declared."""
        return self.places(name)[0]

    def places(self, name: Use) -> tuple[Use, ...]:
        """Every place of a name, its declaration first."""
        every = (*self.declared, *self.uses)
        return tuple(each for each in every if (each.kind, each.id) == (name.kind, name.id))


def with_tailored(names: Names, tailored: Iterable[Tailored]) -> Names:
    """The same with the ids that statements of tailoring name; what is removed is declared where it was."""
    there = {name.span for name in names.declared}
    kept = {(name.kind, name.id) for name in names.declared}
    declared, uses, unknown = list(names.declared), list(names.uses), list(names.unknown)
    for one in tailored:
        if one.declared is None:
            unknown.append(Unknown(one.key[0], one.span, one.known))
        elif one.span not in there:
            uses.append(Use(*one.key, one.span))
            if one.key not in kept:
                declared.append(Use(*one.key, one.declared))
                kept.add(one.key)
    return Names(tuple(declared), tuple(uses), tuple(unknown))


def names_of(book: Book, rulebook: nodes.Rulebook) -> Names:
    """The names of a rulebook whose uses the book has recorded."""
    declared = [
        Use(symbol.kind, symbol.id, symbol.span)
        for symbols in book.symbols.values()
        for symbol in symbols.values()
    ]
    for part in rulebook.parts:
        if part.declaration is not None:
            declared += _inner(part, part.declaration)
    places = {name.span for name in declared}
    uses = [use for use in book.traces.uses.values() if use.span not in places]
    return Names(
        tuple(sorted(declared, key=lambda use: use.span)),
        tuple(sorted(uses, key=lambda use: use.span)),
        tuple(sorted(book.unknown.values(), key=lambda name: name.span)),
    )


def _inner(part: nodes.Part, declaration: nodes.Declaration) -> Iterator[Use]:
    """What is declared inside a declaration."""
    for kind, name in _inner_names(declaration):
        id_ = f"{declaration.id.text}.{name.text}"
        yield Use(kind, id_, part.at(name.span))


def _inner_names(declaration: nodes.Declaration) -> Iterator[tuple[str, nodes.Name]]:
    match declaration:
        case nodes.Record():
            yield from (("field", field.id) for field in declaration.fields)
        case nodes.Item():
            yield from (("part", part.id) for part in declaration.stated)
            yield from (("part", part.id) for part in declaration.evidence)
        case nodes.Approval():
            yield from (("step", step.id) for step in declaration.steps if step.id is not None)
        case nodes.Table():
            yield from (("output", output.id) for output in declaration.gives)
        case _:
            pass
