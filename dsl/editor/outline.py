"""What a text declares, as a tree: declarations, and what each of them declares inside."""

from __future__ import annotations

from typing import NamedTuple

from dsl import nodes
from dsl.parser import Parsed
from dsl.resolve.names import Names
from dsl.resolve.traces import Use
from dsl.source import Span


class Entry(NamedTuple):
    """A declared thing.

    Attributes:
        kind, id: as in `Use`.
        title: as it is written; empty where it has none.
        span: the whole declaration in the text.
        name: the place of its id.
        inner: what it declares inside.
    """

    kind: str
    id: str
    title: str
    span: Span
    name: Span
    inner: tuple[Entry, ...] = ()


def outline(parsed: Parsed, names: Names) -> tuple[Entry, ...]:
    """The declarations of a text in order.

    Args:
        parsed: what the text says.
        names: its names.
    """
    if parsed.rulebook is None:
        return ()
    declared = {name.span: name for name in names.declared}
    found = (_entry(part, declared) for part in parsed.rulebook.parts)
    return tuple(entry for entry in found if entry is not None)


def _entry(part: nodes.Part, declared: dict[Span, Use]) -> Entry | None:
    """One declaration; None if it could not be read, or its name is another's."""
    declaration = part.declaration
    if declaration is None:
        return None
    whole, name = part.at(declaration.span), part.at(declaration.id.span)
    known = declared.get(name)
    if known is None:
        return None
    inner = tuple(
        Entry(each.kind, each.id, "", span, span)
        for span, each in sorted(declared.items())
        if whole.holds(span.start) and span != name
    )
    return Entry(known.kind, known.id, declaration.title.text, whole, name, inner)
