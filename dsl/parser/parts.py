"""Reads one declaration. Everything found is relative to its begin, wherever it stands in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import cast

from msgspec import structs

from dsl import nodes, syntax_errors
from dsl.diagnostic import Diagnostic, Term, Value
from dsl.dialects import NAMES, Dialect, dialect
from dsl.parser.assembly import Assembled, adjusted, assemble, removed, replaced
from dsl.parser.attempts import Context, Outcome, attempted
from dsl.parser.build_heads import Head
from dsl.parser.build_tailoring import Tailored
from dsl.parser.changes import changes, line_of
from dsl.parser.cutting import is_named, verb_of
from dsl.parser.depth import MAX_NESTING, too_deep
from dsl.parser.grammar import first_terminals
from dsl.parser.kids import Clause, Clauses
from dsl.parser.lexemes import NAME, QUOTED_NAME, WORD, Lexeme, statements
from dsl.parser.pasting import barred, usual_bars
from dsl.parser.phrases import in_two_lines
from dsl.parser.readings import Lines, Reading, Statement, Token
from dsl.parser.remarks import as_written, with_remarks
from dsl.parser.signs import begun
from dsl.parser.statements import MAX_MENDED, read_statement
from dsl.source import Span
from dsl.syntax_errors import Found

_NAMES = (WORD, QUOTED_NAME)
_NESTING = {"E109", "E110", "E115"}
"""Not reported where a line is left out that may have opened or closed the group."""
_UNREADABLE = {"E102", "E106", "E112"}
_GUESSED = {"E105", "E113", "E114", "E116", "E121", "E123", "E124", "E125"}
"""Repairs that may not be what was meant."""
_UNKNOWN = {"E102", "E112"}
"""Reported once of lines that follow each other and all begin with what no line can begin with."""
MAX_PROBLEMS = 100
"""So many problems of a text are shown; behind them no line is mended."""
MAX_UNREAD = 50
"""Behind so many lines that nothing mends, a text is none that a few slips have spoilt: what comes is
read as it stands."""
_PLACES = 4
_WORD = re.compile(r"\w+")


def hopeful(problems: int, illegible: int) -> bool:
    """False behind so many problems, or lines that cannot be read, that mending is not worth it."""
    return problems < MAX_PROBLEMS and illegible < MAX_UNREAD


def comment(lexeme: Lexeme) -> nodes.Comment:
    """The node of a comment."""
    return nodes.Comment(lexeme.text, Span(lexeme.start, lexeme.end))


def skipped_part(lines: Lines) -> Reading:
    """A declaration that is not read, because the text has too many of them."""
    unread = frozenset(word for row in lines.rows for word in _words(row))
    return Reading(None, True, (), None, (), (), (), unread, None, (), lines.kind)  # noqa: FBT003


def read_part(lines: Lines, known: Dialect, *, mend: bool = True) -> Reading:
    """Reads the lines of a declaration in a dialect; lines that have a slip are mended or not."""
    return _Reader(lines, known, mend=mend).reading()


class _Reader:
    """Reads one declaration, collecting its diagnostics and tokens."""

    def __init__(self, lines: Lines, known: Dialect, *, mend: bool) -> None:
        self.lines = lines
        self.known = known
        self._mend = mend
        self.illegible = 0
        self.diagnostics: list[Diagnostic] = []
        self.tokens: list[Token] = []
        self.read: list[Statement] = []
        self.unread: set[str] = set()
        self.unnamed: str | None = None
        self.lost: str | None = None
        self.mended: list[Span] = []
        # The diagnostic of the line before, if that begins with what no line can begin with.
        self._unknown: int | None = None
        # A statement that was read with the one before it.
        self._joined: list[Lexeme] | None = None
        # After an unreadable head, the lines that it would own are neither reported nor kept.
        self._headless = False

    def reading(self) -> Reading:
        """The declaration."""
        self._keep_raw(self.lines.comments)
        declaration, broken = self._declaration()
        return Reading(
            declaration,
            broken,
            tuple(map(comment, self.lines.comments)),
            self.lost,
            tuple(
                as_written(with_remarks(one, self.lines), self.lines) for one in self.diagnostics
            ),
            tuple(self.tokens),
            tuple(self.read),
            frozenset(self.unread),
            self.unnamed,
            tuple(self.mended),
            self.lines.kind,
            self.illegible,
        )

    def _declaration(self) -> tuple[nodes.Declared | None, bool]:
        """The declaration, and whether a statement of it is left out."""
        kind = self.lines.kind
        rows = self._as_meant()
        if kind == "table":
            rows = barred(rows, self.lines.text, self.known)
        first, *rest = statements(rows)
        verb, about = verb_of(kind)
        head, values, broken = self._statements(first, rest)
        # A verb alone was mended for its own sake: what it is about is not known.
        if head is None or not about:
            named = first[1:2] if verb is None else first[2:3]
            self.lost = next((word.text for word in named if word.kind in _NAMES), None)
            self.unnamed = about if self.lost is None else None
            return None, True
        whole = self._assembled(head, values, first[0].start)
        unsure = _NESTING if broken else set()
        self.diagnostics.extend(found for found in whole.diagnostics if found.code not in unsure)
        return whole.declaration, broken

    def _assembled(self, head: Head, values: list[object], start: int) -> Assembled:
        verb, kind = verb_of(self.lines.kind)
        if verb == "adjust":
            return Assembled(adjusted(kind, head, values), ())
        if verb == "remove":
            return removed(kind, head, values, self.lines.source)
        whole = assemble(kind, head, values, self.lines.source)
        return whole if verb is None else replaced(kind, whole, start)

    def _as_meant(self) -> list[tuple[Lexeme, ...]]:
        """The rows with the keyword that was meant, which is reported."""
        meant = self.lines.meant
        if meant is None:
            return list(self.lines.rows)
        (first, *words), *rest = self.lines.rows
        found = Found(first.text, Span(first.start, first.end))
        if any(words == (first.text,) for words, _ in self.known.instead):
            wrong = syntax_errors.replaced(self.lines.source, "E103", found, meant)
            self.diagnostics.append(structs.replace(wrong, variant="E103.instead"))
        else:
            foreign = any(first.text in dialect(name).spellings for name in NAMES)
            code = "E104" if foreign else "E103"
            self.diagnostics.append(syntax_errors.replaced(self.lines.source, code, found, meant))
        return [(first._replace(text=meant), *words), *rest]

    def _statements(
        self, first: list[Lexeme], rest: list[list[Lexeme]]
    ) -> tuple[Head | None, list[object], bool]:
        """The head, the values of the other statements, and whether a statement is left out."""
        context = Context(self.lines.source, self.known, "")
        head, *values = self._head(first, context) or (None,)
        verb, about = verb_of(self.lines.kind)
        kind = about if verb in (None, "replace") and about else verb
        bars = usual_bars(rest) if kind == "table" else 0
        context = structs.replace(context, start=f"{kind}_line", bars=bars)
        broken = False
        is_change = verb == "adjust" and about
        for statement, following in pairwise([*rest, []]):
            if statement is self._joined:
                continue
            if is_change:
                found = self._change(statement, context)
            else:
                found = self._statement(statement, context, following)
            broken = broken or not found
            if self._headless:
                self.unread.update(_words(statement))
            else:
                values.extend(found)
        return cast("Head | None", head), values, broken

    def _head(self, first: list[Lexeme], context: Context) -> tuple[object, ...]:
        """The first line; of one that tailors, its verb alone or with the kind is read before."""
        verb, about = verb_of(self.lines.kind)
        if verb == "replace" and about:
            self._keep_verb(first[0], "REPLACE")
            return self._statement(first[1:], structs.replace(context, start=f"{about}_head"))
        start = f"{about if verb is None else verb}_head"
        found = self._statement(first, structs.replace(context, start=start))
        if verb is not None and not found:
            self._headless = True
        return tuple(one.head if isinstance(one, Tailored) else one for one in found)

    def _change(self, lexemes: list[Lexeme], context: Context) -> tuple[object, ...]:
        """What a line of an adjustment changes."""
        kind = verb_of(self.lines.kind).kind
        line = line_of(lexemes, kind, self.known)
        if line.verb != "set":
            self._keep_verb(lexemes[0], line.verb.upper())
        starts = [structs.replace(context, start=start) for start in line.starts]
        fitting = (one for one in starts if attempted(line.said, one).values)
        found = self._statement(line.said, next(fitting, starts[-1]))
        span = Span(lexemes[0].start, lexemes[-1].end)
        changed = changes(line, found, span)
        if found and not changed:
            report = syntax_errors.error(
                self.lines.source, "E120", span, {"kind": Term(f"kind.{kind}")}
            )
            self.diagnostics.append(report)
        if found:
            self.read[-1] = Statement(span, ())
        return changed

    def _keep_verb(self, lexeme: Lexeme, terminal: str) -> None:
        self.tokens.append(Token(terminal, lexeme.text, Span(lexeme.start, lexeme.end)))

    def _statement(
        self, lexemes: list[Lexeme], context: Context, following: list[Lexeme] | None = None
    ) -> tuple[object, ...]:
        self._look_at_names(lexemes)
        found = self._outcome(lexemes, context, following)
        codes = {diagnostic.code for diagnostic in found.diagnostics}
        if not self._headless or (found.values and not codes & _GUESSED):
            self._tell(found, lexemes[0])
        if codes <= _UNREADABLE and not found.values:
            self._headless = self._headless or self._is_lost_head(lexemes, context)
        if codes & _GUESSED and found.values:
            self.mended.append(Span(lexemes[0].start, lexemes[-1].end))
        if codes & _GUESSED or not found.values:
            self.unread.update(_words(lexemes))
        if found.values:
            self._keep(found)
            span = Span(lexemes[0].start, lexemes[-1].end)
            self.read.append(Statement(span, _fields(found.values)))
        else:
            self.illegible += codes <= _UNREADABLE
            self._keep_raw(lexemes)
        if len(lexemes) > MAX_NESTING and too_deep(found.values):
            self._report("E007", lexemes[0], {"limit": MAX_NESTING})
            return ()
        return found.values

    def _outcome(
        self, lexemes: list[Lexeme], context: Context, following: list[Lexeme] | None
    ) -> Outcome:
        """What a statement means, with the comma at the end of a line or the line that follows put right."""
        mend = self._mend and hopeful(len(self.diagnostics), self.illegible)
        found = read_statement(lexemes, context, mend=mend)
        if not (found.diagnostics and mend):
            return found
        found = self._without_comma(lexemes, context) or found
        both = None if found.values else in_two_lines(lexemes, following or [], context)
        self._joined = following if both else self._joined
        return both or found

    def _is_lost_head(self, lexemes: Sequence[Lexeme], context: Context) -> bool:
        """True if a line that cannot be read looks like a head that has lost its keyword."""
        lines = first_terminals(context.start)
        return is_named(lexemes) and not lines.intersection(begun(lexemes, self.known))

    def _look_at_names(self, lexemes: Sequence[Lexeme]) -> None:
        for lexeme in lexemes:
            if lexeme.kind == QUOTED_NAME and not NAME.fullmatch(lexeme.text):
                self._report("E119", lexeme, {"name": lexeme.text.strip("`")})

    def _tell(self, found: Outcome, first: Lexeme) -> None:
        """Reports what is wrong with a statement; of several unknown lines, all in one."""
        wrong = self._not_again(found.diagnostics)
        unknown = not found.values and any(
            each.code in _UNKNOWN
            and each.primary.span.start == first.start
            and each.variant is None
            for each in wrong
        )
        if not unknown or self._unknown is None:
            self._unknown = len(self.diagnostics) if unknown else None
            self.diagnostics.extend(wrong)
            return
        before = self.diagnostics[self._unknown]
        if len(before.labels) < _PLACES:
            label = structs.replace(wrong[0].primary, message="label.again")
            self.diagnostics[self._unknown] = structs.replace(
                before, labels=(*before.labels, label)
            )

    def _not_again(self, wrong: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
        """Without what is wrong with the line before in the same way: one error for all of them."""
        before = self.diagnostics[-1] if self.diagnostics else None
        if not (before and wrong and _habit(before) and _habit(before) == _habit(wrong[0])):
            return wrong
        more = structs.replace(wrong[0].primary, message="label.again")
        labels = (*before.labels, more) if len(before.labels) < _PLACES else before.labels
        edits = (
            *(before.fix.edits if before.fix else ()),
            *(wrong[0].fix.edits if wrong[0].fix else ()),
        )
        fix = before.fix and structs.replace(before.fix, edits=edits)
        self.diagnostics[-1] = structs.replace(before, labels=labels, fix=fix)
        return wrong[1:]

    def _without_comma(self, lexemes: list[Lexeme], context: Context) -> Outcome | None:
        """A comma at the end of a line that does not go on: read as two statements."""
        for at, comma in enumerate(lexemes[:-1] if len(lexemes) <= MAX_MENDED else ()):
            if at == 0 or comma.kind != "COMMA" or not self._ends_line(comma, lexemes[at + 1]):
                continue
            first = read_statement(lexemes[:at], context, mend=False)
            if not first.values:
                continue
            start = structs.replace(context, start=context.start.replace("_head", "_line"))
            rest = read_statement(lexemes[at + 1 :], start, mend=False)
            if rest.values:
                surplus = Found(comma.text, Span(comma.start, comma.end))
                wrong = syntax_errors.replaced(self.lines.source, "E116", surplus, "")
                return Outcome(first.values + rest.values, first.tokens + rest.tokens, (wrong,))
        return None

    def _ends_line(self, lexeme: Lexeme, after: Lexeme) -> bool:
        return "\n" in self.lines.text[lexeme.end : after.start]

    def _keep(self, found: Outcome) -> None:
        for token in found.tokens:
            span = Span(token.start_pos or 0, token.end_pos or 0)
            self.tokens.append(Token(token.type, str(token), span))

    def _keep_raw(self, lexemes: Sequence[Lexeme]) -> None:
        self.tokens.extend(
            Token(lexeme.kind, lexeme.text, Span(lexeme.start, lexeme.end)) for lexeme in lexemes
        )

    def _report(self, code: str, at: Lexeme, values: dict[str, Value]) -> None:
        span = Span(at.start, at.end)
        self.diagnostics.append(syntax_errors.error(self.lines.source, code, span, values))


def _habit(found: Diagnostic) -> str | None:
    """What is done to each line: rows without their last bar, numbers before lines."""
    if found.code == "E114" and found.values.get("suggestion") == "|" and found.fix is not None:
        return "bars"
    return found.variant if found.variant == "E116.number" else None


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
