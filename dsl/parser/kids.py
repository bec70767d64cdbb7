"""What a builder of nodes gets: the parts of one reduction, found by their class."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeVar, cast

from lark.lexer import Token

from dsl import nodes
from dsl.source import Span

T = TypeVar("T")


class NameToken(Token):
    """A NAME with the word that it stands for in its dialect."""

    word: nodes.Word | None = None


class Names(NamedTuple):
    """Names in a row."""

    names: tuple[nodes.Name, ...]
    span: Span


class Titled(NamedTuple):
    """The title of what has no lines of its own, with those in further languages beside it."""

    title: nodes.Text
    titles: tuple[nodes.LanguageTitle, ...]
    span: Span


class Clause(NamedTuple):
    """One clause on its way into a declaration: the field that it fills, and its value."""

    field: str
    value: object
    span: Span
    many: bool = False


class Clauses(NamedTuple):
    """Clauses that stand on one line."""

    clauses: tuple[Clause, ...]
    span: Span


class Kids:
    """The children of one reduction: tokens and what their rules have built."""

    def __init__(self, children: list[object]) -> None:
        self.children = children
        self.span = (
            Span(_span(children[0]).start, _span(children[-1]).end) if children else Span(0, 0)
        )

    def all(self, kind: type[T]) -> tuple[T, ...]:
        """All children of a class."""
        return tuple(child for child in self.children if isinstance(child, kind))

    def one(self, kind: type[T]) -> T:
        """The first child of a class, which the grammar demands."""
        return self.all(kind)[0]

    def maybe(self, kind: type[T]) -> T | None:
        """The first child of a class, if there is one."""
        return next(iter(self.all(kind)), None)

    def token(self, *kinds: str) -> Token | None:
        """The first token of one of the kinds."""
        return next((token for token in self.all(Token) if token.type in kinds), None)

    def has(self, *kinds: str) -> bool:
        """True if there is a token of one of the kinds."""
        return self.token(*kinds) is not None

    def expressions(self) -> tuple[nodes.Expression, ...]:
        """All children that are expressions."""
        found = (child for child in self.children if isinstance(child, nodes.Node))
        return cast(
            "tuple[nodes.Expression, ...]",
            tuple(child for child in found if not isinstance(child, nodes.Name)),
        )

    def clause(self, field: str, value: object, *, many: bool = False) -> Clause:
        """A clause that spans all children."""
        return Clause(field, value, self.span, many)


def _span(child: object) -> Span:
    if isinstance(child, Token):
        return Span(child.start_pos or 0, child.end_pos or 0)
    span: Span = child.span  # type: ignore[attr-defined]
    return span


Builder = Callable[[Kids], object]
"""Builds what a grammar alternative means from its parts."""


def fills(field: str, kind: type[object], *, many: bool = False) -> Builder:
    """A clause whose value is the one child of a class."""

    def build(kids: Kids) -> Clause:
        return kids.clause(field, kids.one(kind), many=many)

    return build


def fills_names(field: str) -> Builder:
    """A clause whose value is a list of names."""

    def build(kids: Kids) -> Clause:
        return kids.clause(field, kids.one(Names).names)

    return build


def fills_expression(field: str, *, many: bool = False) -> Builder:
    """A clause whose value is an expression."""

    def build(kids: Kids) -> Clause:
        return kids.clause(field, kids.expressions()[0], many=many)

    return build


def says(field: str, *, value: object) -> Builder:
    """A clause whose words are its value."""

    def build(kids: Kids) -> Clause:
        return kids.clause(field, value)

    return build


def of_name(kind: Callable[..., object]) -> Builder:
    """A node that holds one name."""

    def build(kids: Kids) -> object:
        return kind(kids.one(nodes.Name), span=kids.span)

    return build


def of_text(kind: Callable[..., object]) -> Builder:
    """A node that holds one text."""

    def build(kids: Kids) -> object:
        return kind(kids.one(nodes.Text), span=kids.span)

    return build


def bare(kind: Callable[..., object]) -> Builder:
    """A node that is said by its keywords alone."""

    def build(kids: Kids) -> object:
        return kind(span=kids.span)

    return build
