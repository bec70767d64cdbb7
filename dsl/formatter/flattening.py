"""All layers of a rulebook as one text, and each of its lines with the places that say so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from dsl import nodes
from dsl.dialects import Dialect
from dsl.formatter.pieces import INDENT, Line
from dsl.formatter.printing import Laid, declarations, lay, plain, printed, writing
from dsl.formatter.sheet import Remark, Sheet
from dsl.formatter.switching import Switched, switched_whole
from dsl.layers import Composed, Layer, Stack
from dsl.layers.compose import KIND_OF, Key, key_of
from dsl.source import Span
from dsl.texts import Found


class Said(NamedTuple):
    """A line of a declaration, and the places that say what stands in it."""

    text: str
    places: tuple[Found, ...]


def flattened(stack: Stack, composed: Composed, to: Dialect) -> str:
    """The canonical text of a rulebook that extends nothing any more.

    What no layer has changed keeps its comments; what has been changed, those before it.

    Args:
        stack: its layers.
        composed: what they make together, without an error.
        to: the dialect to write.
    """
    whole = switched_whole(composed, stack, to)
    write = writing(to, whole.declared)
    own: dict[int, Laid] = {}
    behind: list[Remark] = []
    for number in reversed(range(len(stack.layers))):
        start = composed.texts.starts[number]
        asked = list(_asked(stack.layers[number], composed, whole))
        laid, behind = lay(
            Sheet(stack.layers[number].source), stack.layers[number].parsed, asked, write
        )
        own |= {base + start: one for (base, _), one in zip(asked, laid, strict=True)}
    found: list[Laid] = []
    if whole.rulebook.header is not None:
        header = whole.rulebook.header
        found.append(plain(header, *write(header, _one_row), own[0].leading))
    for before, part in zip(composed.rulebook.parts, whole.rulebook.parts, strict=True):
        if part.declaration is not None:
            known = own.get(part.start)
            leading = () if known is None else known.leading
            kept = known is not None and _is_whole(stack, composed, before)
            fresh = plain(part.declaration, *write(part.declaration, _one_row), leading)
            found.append(known if kept and known is not None else fresh)
    return printed(found, behind)


def effective(stack: Stack, composed: Composed, key: Key, to: Dialect) -> tuple[Said, ...]:
    """The lines of a declaration of the whole, each with the places that say what is in it.

    Args:
        stack: the layers.
        composed: what they make together.
        key: kind and id; the kind `rulebook` is the header.
        to: the dialect to write.
    """
    whole = switched_whole(composed, stack, to)
    write = writing(to, whole.declared)
    found: list[Said] = []
    for start, node in declarations(whole.rulebook):
        kind = KIND_OF[type(node)]
        if key_of(kind, node) == key or (kind == "header" and key == ("rulebook", node.id.text)):
            lines, texts = write(node, _one_row)
            origins = _Origins(composed, key, node, start)
            for line, some in zip(lines, texts, strict=True):
                text = "\n".join(INDENT * line.depth + row for row in some)
                found.append(Said(text, origins.of(line)))
    return tuple(found)


def _one_row(_offset: int) -> int:
    """What several texts say has no rows of its own."""
    return 0


def _asked(
    layer: Layer, composed: Composed, whole: Switched
) -> Iterator[tuple[int, nodes.Declared]]:
    """The declarations of a layer, as the whole says them where they have become a part of it."""
    parts = zip(composed.rulebook.parts, whole.rulebook.parts, strict=True)
    turned = {id(before.declaration): after.declaration for before, after in parts}
    for base, node in declarations(layer.rulebook):
        own = node.by if isinstance(node, nodes.Replace) else node
        yield base, turned.get(id(own)) or own


def _is_whole(stack: Stack, composed: Composed, part: nodes.Part) -> bool:
    """True if a declaration is as one text has it."""
    written = composed.texts.find(part.at(Span(0, 0))).written
    layer = stack.layers[composed.texts.written.index(written)]
    own = (node for _, node in declarations(layer.rulebook))
    said = (node.by if isinstance(node, nodes.Replace) else node for node in own)
    return any(node is part.declaration for node in said)


class _Origins:
    """Where the lines of one declaration come from."""

    def __init__(self, composed: Composed, key: Key, node: nodes.Declared, start: int) -> None:
        self._composed = composed
        self._key = key
        self._node = node
        self._start = start

    def of(self, line: Line) -> tuple[Found, ...]:
        """The places of a line, that of the declaration for its first."""
        spans = [span.shift(self._start) for span in line.spans]
        if line.depth == 0:
            spans += [one.span.shift(self._start) for one in (self._node.id, self._node.title)]
        if not line.spans:
            spans += [span for field in line.fields for span in self._of_field(field)]
        places = (self._composed.texts.find(span) for span in spans)
        return tuple({_line_of(place): place for place in places}.values())

    def _of_field(self, field: str) -> Iterator[Span]:
        said = self._composed.set_by.get((*self._key, field))
        if said is not None:
            yield said
        else:
            yield from (
                span.shift(self._start) for span in _spans(getattr(self._node, field, None))
            )


def _spans(value: Any) -> Iterator[Span]:  # noqa: ANN401 (a field of any node)
    """Where the parts of a field stand; nothing if they have no place of their own."""
    if isinstance(value, nodes.Node):
        yield value.span
    elif isinstance(value, tuple):
        for one in value:
            yield from _spans(one)


def _line_of(place: Found) -> tuple[str, int]:
    source = place.written.source
    return source.name, source.position(place.span.start).line
