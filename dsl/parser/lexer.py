"""Tokens of a statement: a word is a keyword only where the parser accepts that keyword.

The lexer asks the state of the parser before each token, so no word is stolen from names, and a
statement that cannot go on is found here, before the parser has reduced anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from lark.lexer import Lexer, LexerState
from lark.parsers.lalr_analysis import Shift
from typing_extensions import override

from dsl.dialects import Dialect, Spelling
from dsl.parser.kids import NameToken
from dsl.parser.lexemes import QUOTED_NAME, TEXT, WORD, Lexeme, pieces

if TYPE_CHECKING:
    from lark.common import LexerConf
    from lark.parsers.lalr_parser_state import ParserState

_CURRENCY = re.compile(r"[A-Z]{3}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_HAN_THEN_DIGIT = re.compile(r"([\u3400-\u9fff\uf900-\ufaff]+)[0-9]")
END = "$END"


class StuckError(Exception):
    """The statement cannot go on at a lexeme.

    Attributes:
        at: position among `lexemes`; their number if the statement ends too early.
        lexemes: those of the statement, words parted from numbers as far as it was read.
        kept: the positions before it where a keyword was taken though a name could have stood.
        tokens: those read before it.
    """

    def __init__(self, statement: Statement, state: ParserState[Any]) -> None:
        super().__init__(statement.at)
        self.at = statement.at
        self.lexemes = statement.lexemes
        self._state = state
        self.kept = tuple(statement.kept)
        self.tokens = tuple(statement.tokens)

    @cached_property
    def expected(self) -> frozenset[str]:
        """The terminals that could stand there; most tries at a repair are never asked for them."""
        return expected(self._state)


class Statement:
    """The lexemes of one statement on their way through the lexer.

    Args:
        lexemes: without comments; words split from numbers grow the list.
        dialect: the words to know.
        names: positions of lexemes that are names, whatever the grammar would prefer.
    """

    def __init__(self, lexemes: list[Lexeme], dialect: Dialect, names: frozenset[int]) -> None:
        self.lexemes = list(lexemes)
        self.dialect = dialect
        self.names = names
        self.at = 0
        self.tokens: list[NameToken] = []
        self.kept: list[int] = []

    def next_token(self, state: ParserState[Any]) -> NameToken:
        """The next token, or StuckError."""
        lexeme = self.lexemes[self.at]
        if lexeme.kind == WORD:
            return self._word(lexeme, state)
        kind = "NAME" if lexeme.kind == QUOTED_NAME else lexeme.kind
        if not accepts(state, kind):
            raise self.stuck(state)
        return self._token(kind, 1)

    def stuck(self, state: ParserState[Any]) -> StuckError:
        """That nothing goes on from the present lexeme."""
        return StuckError(self, state)

    def _word(self, lexeme: Lexeme, state: ParserState[Any]) -> NameToken:
        name_fits = accepts(state, "NAME")
        if not (name_fits and self._is_plain_name()):
            found = self._keyword(state)
            if found is not None:
                if name_fits:
                    self.kept.append(self.at)
                return self._token(*found)
        if _CURRENCY.fullmatch(lexeme.text) and accepts(state, "CURRENCY"):
            return self._token("CURRENCY", 1)
        if self._is_language() and accepts(state, "LANGUAGE"):
            return self._token("LANGUAGE", 1)
        if not name_fits:
            raise self.stuck(state)
        return self._token("NAME", 1)

    def _is_language(self) -> bool:
        """A code of a language stands before the title in it."""
        after = self.lexemes[self.at + 1 : self.at + 2]
        here = self.lexemes[self.at].text
        return _LANGUAGE.fullmatch(here) is not None and bool(after) and after[0].kind == TEXT

    def _is_plain_name(self) -> bool:
        """Words with a dot behind them are the begin of a path, never a keyword."""
        after = self.lexemes[self.at + 1] if self.at + 1 < len(self.lexemes) else None
        return self.at in self.names or (after is not None and after.kind == "DOT")

    def _keyword(self, state: ParserState[Any]) -> tuple[str, int] | None:
        """The keyword that stands here and its number of lexemes."""
        lexeme = self.lexemes[self.at]
        split = _HAN_THEN_DIGIT.match(lexeme.text)
        heads = (lexeme.text,) if split is None else (lexeme.text, split[1])
        for head in heads:
            for spelling in self.dialect.spellings.get(head, ()):
                kind = self._accepted(spelling, state)
                if kind is not None:
                    return kind, len(spelling.words)
        return None

    def _accepted(self, spelling: Spelling, state: ParserState[Any]) -> str | None:
        for offset, word in enumerate(spelling.words):
            if not self._reads(offset, word, last=offset + 1 == len(spelling.words)):
                return None
        return next((kind for kind in spelling.terminals if accepts(state, kind)), None)

    def _reads(self, offset: int, word: str, *, last: bool) -> bool:
        at = self.at + offset
        if at >= len(self.lexemes) or self.lexemes[at].kind in ("TEXT", QUOTED_NAME):
            return False
        text = self.lexemes[at].text
        if text == word:
            return True
        split = _HAN_THEN_DIGIT.match(text) if last else None
        return split is not None and split[1] == word

    def _token(self, kind: str, count: int) -> NameToken:
        first = self.lexemes[self.at]
        last_at = self.at + count - 1
        last = self.lexemes[last_at]
        split = _HAN_THEN_DIGIT.match(last.text) if kind != "NAME" and last.kind == WORD else None
        if split is not None and last.text not in self.dialect.spellings:
            head = Lexeme(WORD, split[1], last.start, last.start + len(split[1]))
            self.lexemes[last_at : last_at + 1] = [head, *pieces(last, len(split[1]))]
            last = head
        self.at += count
        text = " ".join(lexeme.text for lexeme in self.lexemes[last_at + 1 - count : last_at + 1])
        token = NameToken(kind, text, first.start, end_pos=last.end)
        if kind == "NAME":
            token.word = self.dialect.words.get(text)
        self.tokens.append(token)
        return token


class StatementLexer(Lexer):
    """The lexer that Lark calls; its text is a `Statement`."""

    __future_interface__ = 2

    def __init__(self, lexer_conf: LexerConf) -> None:
        del lexer_conf

    @override
    def lex(self, lexer_state: LexerState, parser_state: ParserState[Any]) -> Iterator[NameToken]:
        """The tokens of the statement; StuckError where no token is accepted."""
        statement: Any = lexer_state.text
        while statement.at < len(statement.lexemes):
            yield statement.next_token(parser_state)
        if not accepts(parser_state, END):
            raise statement.stuck(parser_state)


def accepts(state: ParserState[Any], kind: str) -> bool:
    """True if the parser would take the terminal now. Exact: merged lookaheads are followed."""
    states = state.parse_conf.states
    found = states[state.state_stack[-1]].get(kind)
    if found is None or found[0] is Shift:
        return found is not None
    stack = list(state.state_stack)
    while found is not None and found[0] is not Shift:
        rule = found[1]
        if rule.expansion:
            del stack[-len(rule.expansion) :]
        stack.append(states[stack[-1]][rule.origin.name][1])
        if kind == END and stack[-1] == state.parse_conf.end_state:
            return True
        found = states[stack[-1]].get(kind)
    return found is not None


def expected(state: ParserState[Any]) -> frozenset[str]:
    """The terminals that could stand here, `$END` among them."""
    kinds = state.parse_conf.states[state.state_stack[-1]]
    return frozenset(
        kind for kind in kinds if (kind.isupper() or kind == END) and accepts(state, kind)
    )
