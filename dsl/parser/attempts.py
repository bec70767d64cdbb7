"""One try at reading a statement."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, cast

from msgspec import Struct, structs

from dsl import nodes
from dsl.diagnostic import Diagnostic
from dsl.dialects import Dialect
from dsl.parser.build_rules import Worded
from dsl.parser.grammar import read
from dsl.parser.kids import Clause, NameToken
from dsl.parser.lexemes import STRAY, Lexeme
from dsl.parser.lexer import END, StuckError
from dsl.parser.messages import read_message
from dsl.source import Span
from dsl.syntax_errors import Found

MAX_TRIES = 60
"""Of the possible repairs of a statement so many are tried."""

LITERALS = frozenset(
    ("NAME", "TEXT", "NUMBER", "FRACTION", "DATE", "TIME", "PERCENT", "CURRENCY", END)
)


class Context(Struct, frozen=True):
    """Where a statement stands.

    Attributes:
        source: the name of the text.
        dialect: its words.
        start: the kind of line.
        bars: how many bars most rows of the decision table have.
    """

    source: str
    dialect: Dialect
    start: str
    bars: int = 0


class Outcome(NamedTuple):
    """What a statement means (two values if two statements share a line), and its problems."""

    values: tuple[object, ...]
    tokens: tuple[NameToken, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


def attempt(
    lexemes: list[Lexeme], context: Context, names: frozenset[int] = frozenset()
) -> Outcome:
    """Reads a statement as it stands; `names` are positions of words that are names.

    Raises:
        StuckError: it cannot be read.
    """
    found = read(context.start, lexemes, context.dialect, names)
    return Outcome((_worded(found.value, context),), found.tokens)


def _worded(value: object, context: Context) -> object:
    """A clause with its message, if it has one: what stands in its placeholders is read now."""
    if not (isinstance(value, Clause) and isinstance(value.value, Worded)):
        return value
    text, make, _ = value.value
    message = read_message(str(text), text.start_pos or 0, lambda inner: _inner(inner, context))
    return value._replace(value=make(message))


def _inner(lexemes: list[Lexeme], context: Context) -> nodes.Expression | None:
    """The expression of a placeholder; its lexemes stand relative to the part."""
    inside = structs.replace(context, start="placeholder_line")
    for names in (frozenset[int](), frozenset(range(len(lexemes)))):
        found = attempted(lexemes, inside, names)
        if found.values:
            return cast("nodes.Expression", found.values[0])
    return None


def attempted(
    lexemes: list[Lexeme], context: Context, names: frozenset[int] = frozenset()
) -> Outcome:
    """As `attempt`, without values if it cannot be read."""
    try:
        return attempt(lexemes, context, names)
    except StuckError:
        return Outcome((), ())


def attempted_on(
    lexemes: list[Lexeme],
    context: Context,
    repair: Callable[[StuckError, Context], Outcome | None],
    behind: int,
) -> Outcome | None:
    """As `attempt`; what is stuck behind a place is given the same repair there."""
    try:
        return attempt(lexemes, context)
    except StuckError as further:
        return repair(further, context) if further.at > behind else None


def found_at(stuck: StuckError) -> Found | None:
    """What stands where the statement cannot go on; None if it ends too early."""
    if stuck.at >= len(stuck.lexemes):
        return None
    lexeme = stuck.lexemes[stuck.at]
    return Found(lexeme.text, Span(lexeme.start, lexeme.end))


def stuck_at(stuck: StuckError, at: int, context: Context) -> StuckError | None:
    """As if an earlier lexeme could not be read: no lexeme of its kind ever can."""
    stray = stuck.lexemes[at]._replace(kind=STRAY)
    try:
        attempt([*stuck.lexemes[:at], stray], context)
    except StuckError as earlier:
        earlier.lexemes = stuck.lexemes
        return earlier if earlier.at == at else None
    return None
