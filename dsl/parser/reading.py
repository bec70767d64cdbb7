"""The front door of the parser."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, cast

from msgspec import Struct, structs

from dsl import nodes, syntax_errors
from dsl.diagnostic import Diagnostic, Value, in_order
from dsl.dialects import NAMES, Dialect, dialect
from dsl.parser.assembly import assemble
from dsl.parser.attempts import Context, Outcome
from dsl.parser.build_heads import Head
from dsl.parser.cutting import UNREAD, Cut, cut, is_named, speaks
from dsl.parser.depth import MAX_NESTING, too_deep
from dsl.parser.kids import Clause, Clauses
from dsl.parser.lexemes import QUOTED_NAME, WORD, Lexeme, lines, scan, statements
from dsl.parser.statements import MAX_MENDED, read_statement
from dsl.source import Source, Span
from dsl.syntax_errors import Found

_NAMES = (WORD, QUOTED_NAME)
_NESTING = {"E109", "E110", "E115"}
"""Not reported where a line is left out that may have opened or closed the group."""
_UNREADABLE = {"E102", "E106", "E112"}
_GUESSED = {"E105", "E113", "E114", "E116"}
"""Repairs that may not be what was meant."""
_WORD = re.compile(r"\w+")


class Token(Struct, frozen=True):
    """A token of a text: terminal of the grammar, `COMMENT`, or the raw kind where unreadable."""

    kind: str
    text: str
    span: Span


class Statement(NamedTuple):
    """A statement that was read: where it stands in the original text, and the fields it fills.

    `fields` is empty for the first line of a declaration and for lines of flows and scenarios.
    """

    span: Span
    fields: tuple[str, ...]


class Parsed(Struct, frozen=True):
    """What a text says, as far as it can be read; None if nothing of it can.

    `statements` are those of the rulebook in the order of the text.
    """

    rulebook: nodes.Rulebook | None
    diagnostics: tuple[Diagnostic, ...]
    statements: tuple[Statement, ...] = ()


def parse(source: Source) -> Parsed:
    """Reads a text to nodes; every problem of the text is reported, each cause once."""
    return _Reader(source).parsed()


def tokens(source: Source) -> tuple[Token, ...]:
    """All tokens of a text in order, comments too, spans in the original text."""
    reader = _Reader(source)
    reader.parsed()
    return tuple(sorted(reader.tokens, key=lambda token: token.span))


class _Reader:
    """Reads one text, collecting its diagnostics and tokens."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.diagnostics = list(syntax_errors.of_text(source))
        self.tokens: list[Token] = []
        self.read: list[Statement] = []
        self.unread: set[str] = set()
        self.unnamed: set[str] = set()
        self.mended: list[Span] = []
        # After an unreadable head, the lines that it would own are not reported one by one.
        self._headless = False

    def parsed(self) -> Parsed:
        """The text as nodes."""
        if not self.source.text and self.source.problems:
            return Parsed(None, tuple(self.diagnostics))
        physical = list(lines(scan(self.source)))
        spoken = speaks(physical)
        before, *declared = cut(physical, spoken)
        self._check_begin([before, *declared])
        header, others = self._header(declared)
        top = None if header is None else self._part(header, spoken, 0)
        parts = tuple(self._part(one, spoken, one.lines[0][0].start) for one in others)
        rulebook = nodes.Rulebook(
            spoken.name,
            None if top is None else cast("nodes.Header | None", top.declaration),
            parts,
            top is not None and top.broken,
            self._comments(before.comments, 0) + (() if top is None else top.comments),
            tuple(sorted(self.unread)),
            tuple(sorted(self.unnamed)),
            tuple(sorted(self.mended)),
        )
        usable = rulebook.header is not None or bool(parts)
        read = tuple(sorted(self.read))
        return Parsed(rulebook if usable else None, in_order(self.diagnostics), read)

    def _check_begin(self, cuts: list[Cut]) -> None:
        """A text begins with `rulebook` in one of the dialects."""
        first = next((one for one in cuts if one.lines), None)
        if first is None:
            self._report("E101", Span(0, 0))
        elif first.kind != "header":
            lexeme = first.lines[0][0]
            self._report("E101", Span(lexeme.start, lexeme.end))

    def _header(self, declared: list[Cut]) -> tuple[Cut | None, list[Cut]]:
        """The first header, and everything else; a second header is reported and left out."""
        headers = [one for one in declared if one.kind == "header"]
        for second in headers[1:]:
            places = (_place(second), _place(headers[0]))
            self.diagnostics.append(syntax_errors.two_places(self.source.name, "E117", places))
        others = [one for one in declared if one.kind != "header"]
        return (headers[0] if headers else None), others

    def _part(self, one: Cut, known: Dialect, base: int) -> nodes.Part:
        comments = self._comments(one.comments, base)
        if one.kind is None or one.kind == UNREAD:
            place = _place(one)
            self._report("E107", place, {"word": one.lines[0][0].text})
            self._keep_raw([lexeme for line in one.lines for lexeme in line])
            self.unread.update(_words(one.lines[0]))
            return nodes.Part(base, None, broken=True, comments=comments)
        self._headless = False
        first, *rest = statements(self._as_meant(one))
        head, values, broken = self._statements(one.kind, (first, rest), known, base)
        if head is None:
            lost = next((word.text for word in first[1:2] if word.kind in _NAMES), None)
            if lost is None:
                self.unnamed.add(one.kind)
            return nodes.Part(base, None, broken=True, comments=comments, lost=lost)
        whole = assemble(one.kind, head, values, self.source.name, base)
        unsure = _NESTING if broken else set()
        if self._headless:
            unsure = unsure | {"E108"}
        self.diagnostics.extend(found for found in whole.diagnostics if found.code not in unsure)
        declaration = cast("nodes.Declaration", whole.declaration)
        return nodes.Part(base, declaration, broken=broken, comments=comments)

    def _as_meant(self, one: Cut) -> list[tuple[Lexeme, ...]]:
        """The lines with the keyword that was meant, which is reported."""
        if one.meant is None:
            return list(one.lines)
        (first, *words), *rest = one.lines
        found = Found(first.text, Span(first.start, first.end))
        foreign = any(first.text in dialect(name).spellings for name in NAMES)
        code = "E104" if foreign else "E103"
        self.diagnostics.append(syntax_errors.replaced(self.source.name, code, found, one.meant))
        return [(first._replace(text=one.meant), *words), *rest]

    def _statements(
        self, kind: str, said: tuple[list[Lexeme], list[list[Lexeme]]], known: Dialect, base: int
    ) -> tuple[Head | None, list[object], bool]:
        """The head, the values of the other statements, and whether a statement is left out."""
        first, rest = said
        head_context = Context(self.source.name, known, base, f"{kind}_head")
        head, *values = self._statement(first, head_context) or (None,)
        context = Context(self.source.name, known, base, f"{kind}_line")
        broken = False
        for statement in rest:
            found = self._statement(statement, context)
            broken = broken or not found
            values.extend(found)
        return cast("Head | None", head), values, broken

    def _statement(self, lexemes: list[Lexeme], context: Context) -> tuple[object, ...]:
        found = read_statement(lexemes, context)
        if found.diagnostics:
            found = self._without_comma(lexemes, context) or found
        codes = {diagnostic.code for diagnostic in found.diagnostics}
        if not (self._headless and codes <= _UNREADABLE):
            self.diagnostics.extend(found.diagnostics)
        lost_head = codes <= _UNREADABLE and not found.values and is_named(lexemes)
        self._headless = self._headless or lost_head
        if codes & _GUESSED and found.values:
            self.mended.append(Span(lexemes[0].start, lexemes[-1].end))
        if codes & _GUESSED or not found.values:
            self.unread.update(_words(lexemes))
        if found.values:
            self._keep(found, context.base)
            span = Span(lexemes[0].start, lexemes[-1].end)
            self.read.append(Statement(span, _fields(found.values)))
        else:
            self._keep_raw(lexemes)
        if len(lexemes) > MAX_NESTING and too_deep(found.values):
            span = Span(lexemes[0].start, lexemes[0].end)
            self._report("E007", span, {"limit": MAX_NESTING})
            return ()
        return found.values

    def _without_comma(self, lexemes: list[Lexeme], context: Context) -> Outcome | None:
        """A comma at the end of a line that does not go on: read as two statements."""
        for at, comma in enumerate(lexemes[:-1] if len(lexemes) <= MAX_MENDED else ()):
            if comma.kind != "COMMA" or not self._ends_line(comma, lexemes[at + 1]):
                continue
            first = read_statement(lexemes[:at], context)
            start = context.start.replace("_head", "_line")
            rest = read_statement(lexemes[at + 1 :], structs.replace(context, start=start))
            if first.values and rest.values and not (first.diagnostics or rest.diagnostics):
                surplus = Found(comma.text, Span(comma.start, comma.end))
                wrong = syntax_errors.replaced(self.source.name, "E116", surplus, "")
                return Outcome(first.values + rest.values, first.tokens + rest.tokens, (wrong,))
        return None

    def _ends_line(self, lexeme: Lexeme, after: Lexeme) -> bool:
        return "\n" in self.source.original[lexeme.end : after.start]

    def _keep(self, found: Outcome, base: int) -> None:
        for token in found.tokens:
            span = Span(token.start_pos or 0, token.end_pos or 0).shift(base)
            self.tokens.append(Token(token.type, str(token), span))

    def _keep_raw(self, lexemes: list[Lexeme]) -> None:
        self.tokens.extend(
            Token(lexeme.kind, lexeme.text, Span(lexeme.start, lexeme.end)) for lexeme in lexemes
        )

    def _comments(self, lexemes: tuple[Lexeme, ...], base: int) -> tuple[nodes.Comment, ...]:
        self._keep_raw(list(lexemes))
        return tuple(
            nodes.Comment(lexeme.text, Span(lexeme.start, lexeme.end).shift(-base))
            for lexeme in lexemes
        )

    def _report(self, code: str, span: Span, values: dict[str, Value] | None = None) -> None:
        self.diagnostics.append(syntax_errors.error(self.source.name, code, span, values))


def _words(lexemes: Sequence[Lexeme]) -> Iterator[str]:
    """Every word, in quotes too: a quote that is missing turns names into text."""
    return (word for lexeme in lexemes for word in _WORD.findall(lexeme.text))


def _fields(values: tuple[object, ...]) -> tuple[str, ...]:
    clauses: list[Clause] = []
    for value in values:
        if isinstance(value, Clauses):
            clauses.extend(value.clauses)
        elif isinstance(value, Clause):
            clauses.append(value)
    return tuple(clause.field for clause in clauses)


def _place(one: Cut) -> Span:
    first = one.lines[0][0]
    return Span(first.start, first.end)
