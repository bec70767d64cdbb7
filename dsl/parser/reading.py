"""The front door of the parser: text to nodes, and again after an edit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, partial
from typing import cast

from msgspec import Struct, structs

from dsl import nodes, syntax_errors
from dsl.diagnostic import Diagnostic, Value, in_order
from dsl.dialects import Dialect
from dsl.parser.cutting import Begin, Cut, Placed, beginning, cut, speaks
from dsl.parser.fences import around_wrong, page
from dsl.parser.lexemes import Lexeme, Row, rows
from dsl.parser.memo import Memo
from dsl.parser.parts import comment, hopeful, read_part, skipped_part
from dsl.parser.readings import Lines, Reading, Statement, Token
from dsl.source import Source, Span

MAX_DECLARATIONS = 20_000
"""A text of 2 MB with more of them is no rulebook that anybody wrote."""
_STRANGE = 5
"""A text without its first line is taken for something else if more lines than these say nothing."""
_SCENARIOS = ("scenario", "replace scenario")
"""Kinds of declarations that are a scenario."""
Found = tuple[int, Reading]
"""A declaration, and where it begins in the text."""


class Parsed(Struct, frozen=True, dict=True):
    """What a text says, as far as it can be read; None if nothing of it can.

    Attributes:
        found: the declarations of the rulebook, the header first wherever it stands.
        leading: the comments before the first declaration.
    """

    rulebook: nodes.Rulebook | None
    diagnostics: tuple[Diagnostic, ...]
    found: tuple[Found, ...] = ()
    leading: tuple[Lexeme, ...] = ()

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """The statements of the rulebook in the order of the text, spans in the whole text."""
        return tuple(
            sorted(
                Statement(statement.span.shift(start), statement.fields)
                for start, reading in self.found
                for statement in reading.statements
            )
        )

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """All tokens of a text in order, comments too, spans in the whole text."""
        shifted = [
            Token(token.kind, token.text, token.span.shift(start))
            for start, reading in self.found
            for token in reading.tokens
        ]
        comments = (
            Token(each.kind, each.text, Span(each.start, each.end)) for each in self.leading
        )
        return tuple(sorted((*comments, *shifted), key=lambda token: token.span))

    @cached_property
    def scenarios(self) -> tuple[tuple[str, Span], ...]:
        """Id and place of each scenario, lines that cannot be read with it; without an id it is empty."""
        return tuple(
            (reading.declaration.id.text if reading.declaration else "", _extent(start, reading))
            for start, reading in self.found
            if reading.kind in _SCENARIOS
        )

    def beside_scenarios(self, rulebook: nodes.Rulebook) -> nodes.Rulebook:
        """The rulebook with those doubts alone that lines outside of scenarios give rise to."""
        others = [one for _, one in self.found if one.kind not in _SCENARIOS]
        return structs.replace(rulebook, unread=_unread(others), unnamed=_unnamed(others))


def parse(source: Source) -> Parsed:
    """Reads a text to nodes; every problem of the text is reported, each cause once."""
    return Reader().parsed(source)


def tokens(source: Source) -> tuple[Token, ...]:
    """All tokens of a text in order, comments too, spans in the original text."""
    return parse(source).tokens


class Reader:
    """Reads the forms of a text one after the other; what has not changed is not read again.

    A declaration is known by its text, so that each of them is read once however often it moves.
    """

    def __init__(self) -> None:
        self._rows: Memo[str, tuple[Row, ...]] = Memo()
        self._begins: Memo[tuple[str, str, int, str | None], Begin | None] = Memo()
        self._readings: Memo[tuple[str, str, str, str | None, str, bool], Reading] = Memo()

    def parsed(self, source: Source) -> Parsed:
        """The present form of the text as nodes."""
        problems = syntax_errors.of_text(source)
        if not source.readable:
            return Parsed(None, problems)
        placed, around = page(list(self._placed(source.original)))
        problems = (*problems, *around_wrong(source.name, around))
        known = speaks(placed)
        before, *declared = cut(placed, lambda one, kind: self._begin(one, known, kind))
        headers = [one for one in declared if one.kind == "header"]
        others = [one for one in declared if one.kind != "header"]
        # The header's part starts with the text.
        placed_cuts = [*((0, one) for one in headers[:1]), *((one.start, one) for one in others)]
        found = list(self._readings_of(source, placed_cuts, known))
        if not headers and _is_other(before, found):
            other = _begun_wrong(source, [before, *declared])
            told = {"variant": "E101.other", "hint": "E101.other.hint"}
            return Parsed(None, (*problems, *(structs.replace(one, **told) for one in other)))
        for memo in (self._rows, self._begins, self._readings):
            memo.turn()
        wrong = [
            *problems,
            *_begun_wrong(source, [before, *declared]),
            *_second_headers(source, headers),
            *_too_many(source, declared),
            *(each.shift(start) for start, reading in found for each in reading.diagnostics),
        ]
        leading = _comments(before, 0)
        has_header = bool(headers)
        rulebook = _rulebook(known, found[has_header:], found[:has_header], leading)
        return Parsed(rulebook, in_order(wrong), tuple(found), leading)

    def _placed(self, text: str) -> Iterator[Placed]:
        start = 0
        for line in text.split("\n"):
            whole = f"{line}\n"
            for row in self._rows.get(whole, partial(rows, whole)):
                yield Placed(row, start, whole)
            start += len(whole)

    def _begin(self, one: Placed, known: Dialect, kind: str | None) -> Begin | None:
        key = (known.name, one.line, one.words[0].start, kind)
        return self._begins.get(key, lambda: beginning(one.words, known, kind))

    def _readings_of(
        self, source: Source, cuts: Iterable[tuple[int, Cut]], known: Dialect
    ) -> Iterator[Found]:
        """The declarations, until there are too many of them."""
        problems = illegible = 0
        for number, (base, one) in enumerate(cuts):
            if number < MAX_DECLARATIONS:
                mend = hopeful(problems, illegible)
                reading = self._reading(source, one, known, base, mend=mend)
                problems += len(reading.diagnostics)
                illegible += reading.illegible
            else:
                reading = skipped_part(_lines(source, one, "", base))
            yield base, reading

    def _reading(
        self, source: Source, one: Cut, known: Dialect, base: int, *, mend: bool
    ) -> Reading:
        kind, text = one.kind or "", source.original[base : one.end]
        key = (source.name, known.name, kind, one.meant, text, mend)
        return self._readings.get(
            key, lambda: read_part(_lines(source, one, text, base), known, mend=mend)
        )


def _lines(source: Source, one: Cut, text: str, base: int) -> Lines:
    words = (placed for placed in one.rows if placed.words)
    return Lines(
        source.name,
        one.kind or "",
        one.meant,
        text,
        tuple(tuple(each.shift(by.start - base) for each in by.words) for by in words),
        _comments(one, base),
    )


def _comments(one: Cut, base: int) -> tuple[Lexeme, ...]:
    return tuple(
        each.shift(placed.start - base) for placed in one.rows for each in placed.row.comments
    )


def _begun_wrong(source: Source, cuts: Sequence[Cut]) -> Iterator[Diagnostic]:
    """A text begins with `rulebook` in one of the dialects."""
    first = next((one for one in cuts if any(placed.words for placed in one.rows)), None)
    if first is None:
        yield syntax_errors.error(source.name, "E101", Span(0, 0))
    elif first.kind != "header":
        yield syntax_errors.error(source.name, "E101", first.place)


def _is_other(before: Cut, found: Sequence[Found]) -> bool:
    """True of a text of which hardly a line can be read: it is something else than a rulebook."""
    strange = sum(bool(placed.words) for placed in before.rows)
    illegible = strange + sum(reading.illegible for _, reading in found)
    return illegible > _STRANGE and illegible > sum(len(one.statements) for _, one in found)


def _too_many(source: Source, declared: Sequence[Cut]) -> Iterator[Diagnostic]:
    if len(declared) > MAX_DECLARATIONS:
        values: dict[str, Value] = {"count": len(declared), "limit": MAX_DECLARATIONS}
        place = declared[MAX_DECLARATIONS].place
        yield syntax_errors.error(source.name, "E011", place, values)


def _second_headers(source: Source, headers: Sequence[Cut]) -> Iterator[Diagnostic]:
    """A second header is reported and left out."""
    for second in headers[1:]:
        places = (second.place, headers[0].place)
        yield syntax_errors.two_places(source.name, "E117", places)


def _rulebook(
    known: Dialect,
    found: Sequence[Found],
    header: Sequence[Found],
    leading: Sequence[Lexeme],
) -> nodes.Rulebook | None:
    """The declarations as nodes; None if nothing of them can be read."""
    top = header[0][1] if header else None
    every = [reading for _, reading in (*header, *found)]
    if not found and (top is None or top.declaration is None):
        return None
    return nodes.Rulebook(
        known.name,
        None if top is None else cast("nodes.Header | None", top.declaration),
        tuple(_part(start, reading) for start, reading in found if not _tailors(reading)),
        top is not None and top.broken,
        (*map(comment, leading), *(() if top is None else top.comments)),
        _unread(every),
        _unnamed(every),
        tuple(sorted(span.shift(at) for at, each in (*header, *found) for span in each.mended)),
        tuple(
            nodes.Layered(start, each.declaration, each.broken, each.comments)
            for start, each in found
            if isinstance(each.declaration, nodes.Tailoring)
        ),
    )


def _unread(every: Iterable[Reading]) -> tuple[str, ...]:
    return tuple(sorted(frozenset().union(*(each.unread for each in every))))


def _unnamed(every: Iterable[Reading]) -> tuple[str, ...]:
    return tuple(sorted({each.unnamed for each in every if each.unnamed is not None}))


def _extent(start: int, reading: Reading) -> Span:
    """A declaration, the place behind its last word included: something may be missing there."""
    return Span(start, start + max((token.span.end for token in reading.tokens), default=0) + 1)


def _tailors(reading: Reading) -> bool:
    return isinstance(reading.declaration, nodes.Tailoring)


def _part(start: int, reading: Reading) -> nodes.Part:
    declaration = cast("nodes.Declaration | None", reading.declaration)
    return nodes.Part(start, declaration, reading.broken, reading.comments, reading.lost)
