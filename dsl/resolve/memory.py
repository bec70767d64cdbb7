"""What was resolved in the form of a text before, so that the next form costs what an edit touches.

What a declaration means depends on its own nodes, on the names in it, and on the records, feeds and decision
tables of the rulebook, whose types reach far. As long as none of that has changed, it means what it meant.
Only declarations without a problem are kept: a problem may depend on anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from msgspec import Struct

from dsl import nodes
from dsl.expressions.uses import walk
from dsl.resolve.book import Book, Symbol
from dsl.resolve.traces import Traces
from dsl.types import Type

_FAR = (nodes.Record, nodes.Feed, nodes.Table)
"""With one of these every declaration may have changed."""
_NEVER = (nodes.Process, nodes.Scenario)
"""Look at all others of their kind, and through those at further ones."""
_READ = (*_FAR, *_NEVER, nodes.Fact, nodes.Approval, nodes.Item, nodes.Action)
"""Others look into these; of the rest they only need to know that it is declared."""
_SILENT = frozenset(("span", "title", "titles"))
Key = tuple[str, str]


class Kept(Struct, frozen=True, dict=True):
    """A declaration that was resolved: its nodes, where its part began, and what came of it."""

    declaration: nodes.Declaration
    start: int
    found: Any
    traces: Traces

    @cached_property
    def names(self) -> frozenset[str]:
        """All names that stand in it."""
        parts = walk(self.declaration)
        return frozenset(one.text for one in parts if isinstance(one, nodes.Name))

    def at(self, start: int) -> Kept:
        """The same where it stands now."""
        if start == self.start:
            return self
        moved = Kept(self.declaration, start, self.found, self.traces.moved(start - self.start))
        moved.__dict__["names"] = self.names
        return moved


class Memory:
    """What is known of the declarations of one rulebook, from one of its forms to the next."""

    def __init__(self) -> None:
        self._setting: object = None
        self._symbols: dict[Key, Symbol] = {}
        self._contents: dict[Key, Type] = {}
        self._unsure: set[str] = set()
        self._before: dict[Key, Kept] = {}
        self._now: dict[Key, Kept] = {}
        self._changed: set[str] = set()

    def begin(self, book: Book) -> None:
        """Compares the declared names of a form, which the book has, with those of the form before."""
        setting = (book.currency, book.timezone, tuple(one.dialect for one in book.texts.written))
        symbols: dict[Key, Symbol] = {
            (kind, id_): symbol for kind in book.symbols for id_, symbol in book.of(kind).items()
        }
        differing = [
            (self._symbols.get(key), symbols.get(key))
            for key in self._symbols.keys() | symbols.keys()
        ]
        differing = [two for two in differing if not _is_like(*two)]
        far = any(isinstance(one.node, _FAR) for two in differing for one in two if one)
        if far or setting != self._setting:
            self._before = {}
        doubtful = book.broken | {name for _, name in book.twice}
        self._changed = {
            name for two in differing for one in two if one for name in _names_of(one)
        } | (self._unsure | doubtful)
        self._setting, self._symbols, self._unsure = setting, symbols, doubtful

    def learn(self, contents: dict[Key, Type]) -> None:
        """Takes note of the types of what items ask for, now that they are known."""
        keys = self._contents.keys() | contents.keys()
        differing = {key for key in keys if self._contents.get(key) != contents.get(key)}
        self._changed.update(item for item, _ in differing)
        self._contents = dict(contents)

    def recall(self, key: Key, part: nodes.Part) -> Kept | None:
        """What is known of a declaration in its present form, where it stands now."""
        kept = self._before.get(key)
        if (
            kept is None
            or part.broken
            or kept.declaration != part.declaration
            or not self._changed.isdisjoint(kept.names)
        ):
            return None
        self._now[key] = kept.at(part.start)
        return self._now[key]

    def keep(self, key: Key, part: nodes.Part, found: object, traces: Traces) -> None:
        """Takes note of a declaration that has been resolved without a problem."""
        declaration = part.declaration
        if declaration is not None and not part.broken and not isinstance(declaration, _NEVER):
            self._now[key] = Kept(declaration, part.start, found, traces)

    def doubt(self, key: Key) -> None:
        """Takes note of a declaration that has a problem: those that name it may be without a part."""
        self._unsure.add(key[1])

    def end(self) -> None:
        """The form has been resolved; what it has no more is forgotten."""
        self._before, self._now = self._now, {}


def _is_like(one: Symbol | None, other: Symbol | None) -> bool:
    """True if nothing has changed that other declarations can see."""
    if one is None or other is None:
        return False
    if one.node is other.node or not isinstance(other.node, _READ):
        return True
    return one.node == other.node or _seen(one.node) == _seen(other.node)


def _seen(value: object) -> object:
    """What a node says to others: neither where nor under which title."""
    if isinstance(value, nodes.Node):
        kept = (getattr(value, name) for name in value.__struct_fields__ if name not in _SILENT)
        return (type(value), *map(_seen, kept))
    if isinstance(value, tuple):
        return tuple(map(_seen, value))
    return value


def _names_of(symbol: Symbol) -> Iterator[str]:
    """The names by which others may mean a declaration or what is in it."""
    yield symbol.id
    for part in walk(symbol.node):
        inner = getattr(part, "id", None)
        if isinstance(inner, nodes.Name):
            yield inner.text
