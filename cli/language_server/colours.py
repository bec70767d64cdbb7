"""Semantic colours, from the compiler's own tokens."""

from __future__ import annotations

from lsprotocol import types

from cli.language_server.document import Document
from dsl.parser import Token
from dsl.source import Span

_NAMES = {
    "fact": "variable",
    "variable": "parameter",
    "role": "class",
    "record": "struct",
    "feed": "interface",
    "field": "property",
    "part": "property",
    "output": "property",
    "option": "enumMember",
}
"""By kind of name; every other name is a function: a thing that is done."""
_TOKENS = {
    "TEXT": "string",
    "UNCLOSED": "string",
    "COMMENT": "comment",
    "NUMBER": "number",
    "FRACTION": "number",
    "PERCENT": "number",
    "DATE": "number",
    "TIME": "number",
    "VERSION_NUMBER": "number",
    "CURRENCY": "number",
}
_ENUM = "enumMember"
LEGEND = ("keyword", "function", *dict.fromkeys((*_NAMES.values(), *_TOKENS.values())))
MODIFIERS = ("declaration",)


def semantic_tokens(document: Document) -> types.SemanticTokens:
    """The colours of the text, each relative to the one before, as the protocol wants it."""
    names = document.outcome.names
    kinds = {name.span: name.kind for name in (*names.declared, *names.uses)}
    declared = {name.span for name in names.declared}
    data: list[int] = []
    line = column = 0
    for token in document.outcome.parsed.tokens:
        kind = _kind(token, kinds)
        for piece in document.positions.lines(token.span) if kind else ():
            at = document.positions.position(piece.start)
            column = at.character - (column if at.line == line else 0)
            length = document.positions.length(piece)
            data += [at.line - line, column, length, LEGEND.index(kind), token.span in declared]
            line, column = at.line, at.character
    return types.SemanticTokens(data)


def _kind(token: Token, kinds: dict[Span, str]) -> str:
    """The colour of a token; empty for a sign."""
    if token.kind in ("NAME", "QUOTED_NAME"):
        kind = kinds.get(token.span)
        return _ENUM if kind is None else _NAMES.get(kind, "function")
    if token.kind in _TOKENS:
        return _TOKENS[token.kind]
    return "keyword" if any(char.isalpha() for char in token.text) else ""
