"""What can follow in a text that ends in the middle of a line: for completion in an editor."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple, cast

from dsl.dialects import Dialect
from dsl.parser.changes import added_as, line_of
from dsl.parser.cutting import KINDS, TAILORING, Placed, beginning, cut, speaks, verb_of
from dsl.parser.grammar import parser
from dsl.parser.kids import NameToken
from dsl.parser.lexemes import SYMBOLS, Lexeme, rows, statements
from dsl.parser.lexer import END, Statement, StuckError, expected

if TYPE_CHECKING:
    from lark.parsers.lalr_interactive_parser import InteractiveParser

_STAND_INS = {
    "NAME": "x", "TEXT": '"x"', "NUMBER": "1", "FRACTION": "1.5", "DATE": "2026-01-01", "TIME": "09:00",
    "PERCENT": "1%", "CURRENCY": "CNY", "VERSION_NUMBER": "1.0.0",
    **{kind: sign for sign, kind in reversed(SYMBOLS.items())},
}  # fmt: skip
"""What stands for a terminal that is no keyword."""
_NEXT = Lexeme("WORD", "x", 0, 0)
"""What is to be typed."""
_DEPTH, _WIDTH = 6, 8
"""A line is made whole with at most so many words, each of so many that could stand there."""


class Expecting(NamedTuple):
    """What can follow.

    Attributes:
        dialect: of the text.
        kind: of the declaration that the line belongs to; None before the first.
        terminals: those that the grammar takes there, `$END` where the line may end.
        ending: the shortest words that make the line whole once a name stands there, as far as they
            are found.
    """

    dialect: Dialect
    kind: str | None
    terminals: frozenset[str]
    ending: str = ""


def expecting(before: str) -> Expecting | None:
    """What can follow the text `before`; None where nothing can, or where it is not read."""
    last = before[before.rfind("\n") + 1 :]
    placed = list(_placed(before))
    known = speaks(placed)
    *_, present = cut(placed, lambda one, kind: beginning(one.words, known, kind))
    lines = [one.words for one in present.rows if one.words]
    fresh = not last.strip() and not _open(lines)
    if fresh and not (last and present.kind):
        kinds = (KINDS | TAILORING).keys() - {"RULEBOOK"} if present.kind else {"RULEBOOK"}
        return Expecting(known, None, frozenset(kinds))
    if present.kind is None:
        return None
    *others, statement = [*statements(lines), []] if fresh else statements(lines)
    starts, said = _read_as(present.kind, statement, known, first=not others)
    read = (_state_after(start, said, known) for start in starts)
    states = [(state, expected(state.parser_state)) for state in read if state is not None]
    if not states:
        return None
    terminals = frozenset[str]().union(*(words for _, words in states))
    if present.kind == "adjust rule" and statement and not said:
        terminals = terminals - {"ADD_ITEM"} | {"ITEM"}  # whose first word is the one for adding
    named = next((state for state, words in states if "NAME" in words), None)
    ending = "" if named is None else _ending(_fed(named, "NAME", known), known)
    return Expecting(known, present.kind, terminals, ending)


def _read_as(
    kind: str, statement: list[Lexeme], known: Dialect, *, first: bool
) -> tuple[tuple[str, ...], list[Lexeme]]:
    """The kinds of line that a statement may be read as, and its words as far as they are read so."""
    verb, about = verb_of(kind)
    if first and verb == "replace" and about:
        return (f"{about}_head",), statement[1:]
    if first or verb == "remove" or not about:
        return (f"{verb or about}_{'head' if first else 'line'}",), statement
    if verb == "adjust" and statement:
        # With the word that is to come: a verb alone says nothing yet.
        line = line_of([*statement, _NEXT], about, known)
        # What can be taken away is what could have been added.
        bare = line.verb != "set" and len(statement) == 1
        return (added_as(about),) if bare else line.starts, line.said[:-1]
    return (f"{about}_line",), statement


def _placed(text: str) -> Iterator[Placed]:
    start = 0
    for line in text.split("\n"):
        whole = f"{line}\n"
        for row in rows(whole):
            yield Placed(row, start, whole)
        start += len(whole)


def _open(lines: list[tuple[Lexeme, ...]]) -> bool:
    """True if the last statement goes on in the next line."""
    return bool(lines) and len(statements([*lines, (_NEXT,)])) == len(statements(lines))


def _state_after(start: str, lexemes: list[Lexeme], known: Dialect) -> InteractiveParser | None:
    """The parser after the lexemes; None if it does not take them."""
    state = parser().parse_interactive(start=start)
    statement = Statement(lexemes, known, frozenset())
    try:
        while statement.at < len(statement.lexemes):
            state.feed_token(statement.next_token(state.parser_state))
    except StuckError:
        return None
    return state


def _fed(state: InteractiveParser, kind: str, known: Dialect) -> InteractiveParser:
    """The parser after one more token of a kind."""
    further = cast("InteractiveParser", state.copy(deepcopy_values=False))  # type: ignore[no-untyped-call]
    text = _STAND_INS.get(kind) or known.written[kind]
    further.feed_token(NameToken(kind, text, 0, end_pos=len(text)))
    return further


def _ending(state: InteractiveParser, known: Dialect) -> str:
    """The fewest words that end the statement, found breadth first."""
    level = [(state, "")]
    for _ in range(_DEPTH):
        for further, words in level:
            if END in expected(further.parser_state):
                return words
        level = [
            (_fed(further, kind, known), f"{words} {_STAND_INS.get(kind) or known.written[kind]}")
            for further, words in level
            for kind in _likely(further, known)
        ][: _WIDTH * _WIDTH]
    return ""


def _likely(state: InteractiveParser, known: Dialect) -> list[str]:
    """Some of the terminals that go on, signs and values before keywords."""
    words = expected(state.parser_state) & (_STAND_INS.keys() | known.written.keys())
    return sorted(words, key=lambda kind: (kind not in _STAND_INS, kind))[:_WIDTH]
