"""The one grammar, built once; statements are read from it by the name of their kind of line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from dsl.dialects import Dialect
from dsl.parser import (
    build_acts,
    build_calendars,
    build_clauses,
    build_examples,
    build_expectations,
    build_expressions,
    build_heads,
    build_processes,
    build_rules,
    build_scenarios,
    build_tables,
    build_tailoring,
)
from dsl.parser.kids import Builder, Kids, NameToken
from dsl.parser.lexemes import Lexeme
from dsl.parser.lexer import Statement, StatementLexer, expected
from dsl.parser.tables import make_parser

if TYPE_CHECKING:
    from lark import Lark


class _Builders:
    """What Lark calls at each reduction, by the name of the alternative."""

    def __init__(self, builders: Iterable[tuple[str, Builder]]) -> None:
        for name, builder in builders:
            setattr(self, name, _called_with_kids(builder))


def _called_with_kids(builder: Builder) -> Callable[[list[object]], object]:
    return lambda children: builder(Kids(children))


class Read(NamedTuple):
    """A statement that was read: what it means, and its tokens."""

    value: object
    tokens: tuple[NameToken, ...]


@cache
def parser() -> Lark:
    """The parser of all lines."""
    modules = (
        build_expressions,
        build_heads,
        build_tables,
        build_clauses,
        build_calendars,
        build_processes,
        build_rules,
        build_scenarios,
        build_acts,
        build_expectations,
        build_examples,
        build_tailoring,
    )
    entries = (entry for module in modules for entry in module.BUILDERS.items())
    return make_parser(StatementLexer, _Builders(entries))


def read(
    start: str,
    lexemes: list[Lexeme],
    dialect: Dialect,
    names: frozenset[int] = frozenset(),
) -> Read:
    """Reads one statement.

    Args:
        start: the kind of line, `item_head` or `item_line`.
        lexemes: those of the statement, at least one, without comments.
        dialect: the words to know.
        names: positions of lexemes that are names, whatever the grammar would prefer.

    Raises:
        StuckError: the statement cannot be read.
    """
    statement = Statement(lexemes, dialect, names)
    value = parser().parse(statement, start=start)
    return Read(value, tuple(statement.tokens))


@cache
def first_terminals(start: str) -> frozenset[str]:
    """The terminals that can begin a kind of line."""
    return expected(parser().parse_interactive(start=start).parser_state)


def is_type(terminal: str) -> bool:
    """True if the terminal is the name of a type, or begins one."""
    return terminal.endswith("_TYPE") or terminal in ("CHOICE", "LIST_OF")
