"""Rows of a table as a spreadsheet gives them when they are pasted: cells between tabs, not bars."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from dsl.dialects import Dialect
from dsl.parser.grammar import first_terminals
from dsl.parser.lexemes import Lexeme

_BAR = "PIPE"


def usual_bars(lines: Sequence[Sequence[Lexeme]]) -> int:
    """How many bars most rows of a decision table have; 0 if it has no rows."""
    counts = Counter(sum(lexeme.kind == _BAR for lexeme in line) for line in lines)
    del counts[0]
    return max(counts, key=lambda count: counts[count], default=0)


def barred(
    lines: Sequence[Sequence[Lexeme]], text: str, known: Dialect
) -> list[tuple[Lexeme, ...]]:
    """The lines of a decision table, with bars in the place of tabs.

    Args:
        lines: the words of each line.
        text: that of the declaration; the places of words are relative to its begin.
        known: the dialect.
    """
    return [tuple(_row(line, text) if _is_pasted(line, text, known) else line) for line in lines]


def _is_pasted(line: Sequence[Lexeme], text: str, known: Dialect) -> bool:
    starts = first_terminals("table_line").union(("TABLE",))
    says = starts.intersection(known.terminals(line[0].text))
    barred = any(lexeme.kind == _BAR for lexeme in line)
    return not says and not barred and any(_tabs(text, *two) for two in pairwise(line))


def _row(line: Sequence[Lexeme], text: str) -> Iterator[Lexeme]:
    yield _bar(line[0].start)
    for one, other in pairwise((*line, None)):
        if one is not None:
            yield one
        if one is not None and other is not None:
            yield from [_bar(one.end)] * _tabs(text, one, other)
    yield _bar(line[-1].end)


def _tabs(text: str, one: Lexeme, other: Lexeme) -> int:
    return text.count("\t", one.end, other.start)


def _bar(at: int) -> Lexeme:
    return Lexeme(_BAR, "|", at, at)
