"""The lines of an adjustment: how each is read, and what it changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dsl import nodes
from dsl.dialects import Dialect
from dsl.parser.build_tailoring import Placed
from dsl.parser.kids import Clause, Clauses
from dsl.parser.lexemes import Lexeme
from dsl.source import Span

_SET = {"role": "role_change_line"}
_ADD = {
    "fact": "fact_addition_line", "approval": "approval_addition_line",
    "table": "table_addition_line", "process": "process_addition_line",
}  # fmt: skip


class Line(NamedTuple):
    """A line of an adjustment before it is read: what it does, its words, and what they may be."""

    verb: nodes.Way
    said: list[Lexeme]
    starts: tuple[str, ...]


def line_of(lexemes: list[Lexeme], kind: str, known: Dialect) -> Line:
    """How a line of an adjustment of a kind is read.

    What a rule does begins with the word for adding itself where it adds an item.
    """
    terminals = known.terminals(lexemes[0].text)
    adds_item = kind == "rule" and _has(known, lexemes[1:2], "ITEM")
    if "ADD" in terminals and len(lexemes) > 1 and not adds_item:
        return Line("add", lexemes[1:], (added_as(kind),))
    if "REMOVE" in terminals and len(lexemes) > 1:
        starts = (f"{kind}_line", "removal_line")
        # A stage of a process is named in its line; what is taken away needs no title.
        return Line("remove", lexemes[1:], starts[::-1] if kind == "process" else starts)
    return Line("set", lexemes, (_SET.get(kind, f"{kind}_line"),))


def added_as(kind: str) -> str:
    """How what an adjustment of a kind adds is read."""
    return _ADD.get(kind, f"{kind}_line")


def _has(known: Dialect, lexemes: Sequence[Lexeme], terminal: str) -> bool:
    return any(terminal in known.terminals(one.text) for one in lexemes)


def changes(line: Line, values: Sequence[object], span: Span) -> tuple[nodes.Change, ...]:
    """What a line changes; nothing where it cannot be said so.

    Args:
        line: as it was read.
        values: what it says.
        span: of the line.
    """
    found = (_change(line, value, span) for value in values)
    return tuple(one for one in found if one is not None)


def _change(line: Line, value: object, span: Span) -> nodes.Change | None:
    match value:
        case Placed(clause, at):
            return nodes.Change(line.verb, (_said(clause),), at, span=span)
        case Clauses(clauses):
            return nodes.Change(line.verb, tuple(map(_said, clauses)), span=span)
        case Clause():
            verb: nodes.Way = "add" if isinstance(value.value, nodes.AddItem) else line.verb
            kept = "remove" if line.verb == "remove" else verb
            return nodes.Change(kept, (_said(value),), span=span)
        case _:
            return None


def _said(clause: Clause) -> nodes.Said:
    return nodes.Said(clause.field, clause.value, clause.many, span=clause.span)
