"""Repairs of a statement in which a word or a sign is missing, does not belong, or is not closed."""

from __future__ import annotations

from msgspec import structs

from dsl import syntax_errors
from dsl.diagnostic import Diagnostic, Term, Terms, Value
from dsl.parser.attempts import (
    LITERALS,
    MAX_TRIES,
    Context,
    Outcome,
    attempted,
    attempted_on,
    found_at,
    stuck_at,
)
from dsl.parser.grammar import first_terminals
from dsl.parser.lexemes import (
    NAME,
    QUOTED_NAME,
    STRAY,
    TEXT,
    UNCLOSED,
    WORD,
    Lexeme,
    pieces,
    spaced,
)
from dsl.parser.lexer import StuckError
from dsl.parser.needless import without
from dsl.parser.respelling import instead
from dsl.parser.signs import insertable, with_sign
from dsl.source import Span
from dsl.syntax_errors import MAX_EXPECTED, Found

_FRAMES = {"'": "'", "\u2018": "\u2019", "\u300e": "\u300f", "《": "》"}
UNITS = ("MINUTES", "HOURS", "DAYS", "WEEKS", "WORKING_HOURS", "WORKING_DAYS")


def stray(stuck: StuckError, context: Context) -> Outcome | None:
    """A character that the language does not use: taken out."""
    found = found_at(stuck)
    if found is None or stuck.lexemes[stuck.at].kind != STRAY:
        return None
    rest = attempted(stuck.lexemes[: stuck.at] + stuck.lexemes[stuck.at + 1 :], context)
    shown = found._replace(
        text=found.text if found.text.isprintable() else f"U+{ord(found.text):04X}"
    )
    near = stuck.lexemes[stuck.at - 1 : stuck.at + 2]
    touching = len(near) > 2 and near[0].end == near[1].start and near[1].end == near[2].start  # noqa: PLR2004
    diagnostic = syntax_errors.replaced(
        context.source, "E008", shown, " " if touching else "", sure=bool(rest.values)
    )
    if found.text == "`":
        diagnostic = structs.replace(diagnostic, variant="E008.name", hint="E008.name.hint")
    return rest._replace(diagnostics=(diagnostic,))


def framed(stuck: StuckError, context: Context) -> Outcome | None:
    """A text in quotes of another kind, or that begins with the title of a law: read as quoted."""
    begin = stuck.at
    sign = stuck.lexemes[begin] if begin < len(stuck.lexemes) else None
    if (
        sign is None
        or sign.kind != STRAY
        or sign.text not in _FRAMES
        or "TEXT" not in stuck.expected
    ):
        return None
    closing = _FRAMES[sign.text]
    ends = (at for at in range(begin + 1, len(stuck.lexemes)) if stuck.lexemes[at].text == closing)
    end = len(stuck.lexemes) - 1 if sign.text == "《" else next(ends, None)
    if end is None:
        return None
    inside = stuck.lexemes[begin : end + 1] if sign.text == "《" else stuck.lexemes[begin + 1 : end]
    text = f'"{spaced(inside)}"'
    last = stuck.lexemes[end].end
    quoted = Lexeme(TEXT, text, sign.start, last)
    read_so = attempted([*stuck.lexemes[:begin], quoted, *stuck.lexemes[end + 1 :]], context)
    found = Found(text.strip('"'), Span(sign.start, last))
    wrong = syntax_errors.replaced(context.source, "E113", found, text)
    return read_so._replace(diagnostics=(wrong,)) if read_so.values else None


def unclosed(stuck: StuckError, context: Context) -> Outcome | None:
    """A quote that is never closed: closed where the statement can then be read."""
    found = found_at(stuck)
    if found is None or stuck.lexemes[stuck.at].kind != UNCLOSED:
        return None
    lexeme = stuck.lexemes[stuck.at]
    before, after = stuck.lexemes[: stuck.at], stuck.lexemes[stuck.at + 1 :]
    close = {"「": "」", "“": "”"}.get(lexeme.text[0], lexeme.text[0])
    kind = QUOTED_NAME if close == "`" else TEXT
    ends = _ends(lexeme.text)
    for at in ends:
        if kind == QUOTED_NAME and not NAME.fullmatch(f"{lexeme.text[:at]}`"):
            continue
        text = Lexeme(kind, lexeme.text[:at] + close, lexeme.start, lexeme.start + at)
        read_so = attempted([*before, text, *pieces(lexeme, at), *after], context)
        if read_so.values:
            diagnostic = syntax_errors.inserted(
                context.source, "E105", text.end, (close, lexeme.text[:at]), sure=len(ends) == 1
            )
            return read_so._replace(diagnostics=(_of_kind(diagnostic, kind),))
    end = lexeme.start + len(lexeme.text.rstrip())
    diagnostic = syntax_errors.inserted(context.source, "E105", end, (close, lexeme.text.rstrip()))
    return Outcome((), stuck.tokens, (_of_kind(diagnostic, kind),))


def _of_kind(diagnostic: Diagnostic, kind: str) -> Diagnostic:
    """In the words for names where a name is not closed."""
    if kind == TEXT or diagnostic.fix is None:
        return diagnostic
    fix = structs.replace(diagnostic.fix, title="E105.fix_name")
    return structs.replace(diagnostic, variant="E105.name", fix=fix)


def unopened(stuck: StuckError, context: Context) -> Outcome | None:
    """A quote that nothing opens: opened before the word from which the statement can be read."""
    quotes = (at for at, each in enumerate(stuck.lexemes) if _may_close(each))
    last = next(quotes, 0)
    if not 0 < last <= MAX_TRIES:
        return None
    closing = stuck.lexemes[last]
    opening = {"」": "「", "”": "“"}.get(closing.text[0], closing.text[0])
    after = [*pieces(closing, 1), *stuck.lexemes[last + 1 :]]
    found: list[tuple[Lexeme, Outcome]] = []
    for first in range(1, last):
        before, inside = stuck.lexemes[:first], stuck.lexemes[first:last]
        text = f"{opening}{spaced(inside)}{closing.text[0]}"
        quoted = Lexeme(TEXT, text, inside[0].start, closing.start + 1)
        read_so = attempted([*before, quoted, *after], context)
        if read_so.values:
            found.append((quoted, read_so))
    if not found:
        return None
    quoted, read_so = found[0]
    said = (opening, quoted.text[1:-1])
    wrong = syntax_errors.inserted(context.source, "E105", quoted.start, said, sure=len(found) == 1)
    return read_so._replace(diagnostics=(structs.replace(wrong, variant="E105.begin"),))


def _may_close(lexeme: Lexeme) -> bool:
    if lexeme.kind == UNCLOSED:
        return lexeme.text[0] != "`"
    return lexeme.kind == STRAY and lexeme.text == "」"


def unaimed(stuck: StuckError, context: Context) -> Outcome | None:
    """A verb of tailoring without what it is to change."""
    verbs = ("adjust_head", "remove_head", "replace_head")
    if context.start not in verbs or not stuck.at == len(stuck.lexemes) <= len(("verb", "kind")):
        return None
    words = [one.text for one in stuck.lexemes]
    said = words if len(words) > 1 else [*words, context.dialect.written["ITEM"]]
    values: dict[str, Value] = {"found": " ".join(words), "example": " ".join((*said, "ID"))}
    end = stuck.lexemes[-1].end
    wrong = syntax_errors.error(context.source, "E106", Span(end, end), values)
    return Outcome((), stuck.tokens, (structs.replace(wrong, variant="E106.verb"),))


def fraction(stuck: StuckError, context: Context) -> Outcome | None:
    """`2.5 days`, `copies -2`: counts and durations are whole. What is meant is not known: it is not read."""
    for at in range(stuck.at, max(stuck.at - 3, 0), -1):
        number, *behind = stuck.lexemes[at : at + 2] or stuck.lexemes[:1]
        below = number.kind == "MINUS" and bool(behind) and behind[0].kind in ("NUMBER", "FRACTION")
        if number.kind != "FRACTION" and not below:
            continue
        last = behind[0] if below else number
        whole = last._replace(kind="NUMBER", text=last.text.partition(".")[0])
        rest = stuck.lexemes[at + 1 + below :]
        if attempted([*stuck.lexemes[:at], whole, *rest], context).values:
            units = {context.dialect.written[unit].split()[0] for unit in UNITS}
            variant = "negative" if below else "" if rest and rest[0].text in units else "count"
            span = Span(number.start, last.end)
            values: dict[str, Value] = {"found": f"-{last.text}" if below else last.text}
            wrong = syntax_errors.error(context.source, "E118", span, values)
            if variant:
                name = f"E118.{variant}"
                wrong = structs.replace(wrong, variant=name, hint=f"{name}.hint")
            if below:
                label = structs.replace(wrong.labels[0], message="E118.negative.label")
                wrong = structs.replace(wrong, labels=(label,))
            return Outcome((), stuck.tokens, (wrong,))
    return None


def _ends(text: str) -> list[int]:
    """Where a text may end: behind its last word, and behind each word before it."""
    text = text.rstrip()
    spaces = [at for at, char in enumerate(text) if at > 1 and char.isspace()]
    return [len(text), *reversed(spaces[-MAX_TRIES:])]


def nameless(stuck: StuckError, context: Context) -> Outcome | None:
    """A name is missing, and the keyword behind it was taken for it; nothing can stand in for it."""
    for at in (stuck.at, stuck.at - 1):
        found = stuck.lexemes[at] if 0 < at < len(stuck.lexemes) else None
        if found is None or not _stands_for_name(stuck, at, context):
            continue
        name = Lexeme(QUOTED_NAME, "`x`", found.start, found.start)
        if attempted([*stuck.lexemes[:at], name, *stuck.lexemes[at:]], context).values:
            there = Found(found.text, Span(found.start, found.end))
            diagnostic = syntax_errors.unexpected(
                context.source, there, there.span, Terms((Term("name"),))
            )
            if found.kind == TEXT:
                diagnostic = structs.replace(diagnostic, variant="E102.name")
            return Outcome((), stuck.tokens, (diagnostic,))
    return None


def _stands_for_name(stuck: StuckError, at: int, context: Context) -> bool:
    """True if nothing but a name fits there, or if a keyword was read as one."""
    if at == stuck.at:
        return "NAME" in stuck.expected and stuck.expected <= LITERALS
    lexeme = stuck.lexemes[at]
    return lexeme.kind == WORD and lexeme.text in context.dialect.spellings


def beheaded(stuck: StuckError, context: Context) -> Outcome | None:
    """The first keyword is missing, and what follows is a keyword too, as in `item x done`."""
    first = stuck.lexemes[0]
    if stuck.at > 0 or first.kind != WORD or first.text not in context.dialect.spellings:
        return None
    leading = leads(stuck.lexemes, context)
    if len(leading) != 1:
        return _one_of(stuck, leading, context) if leading else None
    return led(stuck, leading[0], context)


def led(stuck: StuckError, lead: tuple[str, Outcome], context: Context) -> Outcome:
    """The line read with a keyword that it lacks at its begin."""
    first, (keyword, outcome) = stuck.lexemes[0], lead
    said = (f"{keyword} ", first.text)
    wrong = syntax_errors.inserted(context.source, "E114", first.start, said)
    return outcome._replace(diagnostics=(wrong, *outcome.diagnostics))


def leads(lexemes: list[Lexeme], context: Context) -> list[tuple[str, Outcome]]:
    """The keywords with which a line could begin that has lost its first one, and its meaning."""
    place = (0, lexemes[0].start)
    return [
        (keyword, outcome)
        for keyword in insertable(first_terminals(context.start), context.dialect)
        if (outcome := attempted_on(with_sign(lexemes, keyword, place), context, instead, 0))
    ]


def barless(stuck: StuckError, context: Context) -> Outcome | None:
    """A row of a table with one bar less than the others: read as if it stood where reading stops."""
    bars = sum(lexeme.kind == "PIPE" for lexeme in stuck.lexemes)
    if not 0 < bars == context.bars - 1 or stuck.at >= len(stuck.lexemes):
        return None
    at = stuck.lexemes[stuck.at]
    read_so = attempted(with_sign(stuck.lexemes, "|", (stuck.at, at.start)), context)
    if not read_so.values:
        return None
    wrong = syntax_errors.inserted(context.source, "E114", at.start, ("| ", at.text), sure=True)
    return read_so._replace(diagnostics=(wrong,))


def missing(stuck: StuckError, context: Context) -> Outcome | None:
    """One word or sign is missing: read as if it were there, if only one makes sense."""
    if stuck.at == 0 or "TEXT_TYPE" in stuck.expected:
        # What is no type is told with all that are.
        return None
    last = stuck.lexemes[stuck.at - 1].text
    if last in context.dialect.spellings and without(stuck, stuck.at - 1, context):
        # A keyword that was taken for a name is one too many.
        return None
    place = stuck.lexemes[min(stuck.at, len(stuck.lexemes) - 1)]
    at = place.end if stuck.at >= len(stuck.lexemes) else place.start
    read_so = [
        (sign, outcome)
        for sign in insertable(stuck.expected, context.dialect)[:MAX_TRIES]
        if (outcome := attempted(with_sign(stuck.lexemes, sign, (stuck.at, at)), context)).values
        and not (sign == "," and _lists_keyword(stuck, context))
    ]
    if not read_so:
        return None
    if len(read_so) > 1:
        return _one_of(stuck, read_so, context)
    sign, outcome = read_so[0]
    found = found_at(stuck)
    if found is None:
        text, shown = sign if sign in "])" else f" {sign}", ""
        before = stuck.lexemes[-1].end
    else:
        text, shown = (f"{sign} ", found.text)
        before = found.span.start
        if sign in ",])":
            text, before = sign, stuck.lexemes[stuck.at - 1].end
    said = (text, shown)
    parts_names = sign == "," and found is not None and stuck.lexemes[stuck.at - 1].kind == WORD
    sure = not (text.strip().isalpha() or parts_names)
    diagnostic = syntax_errors.inserted(context.source, "E114", before, said, sure=sure)
    return outcome._replace(diagnostics=(diagnostic,))


def _lists_keyword(stuck: StuckError, context: Context) -> bool:
    """True if a comma would make a keyword the name before it or behind it."""
    around = stuck.lexemes[max(stuck.at - 1, 0) : stuck.at + 1]
    return any(one.kind == WORD and one.text in context.dialect.spellings for one in around)


def _one_of(stuck: StuckError, read_so: list[tuple[str, Outcome]], context: Context) -> Outcome:
    """Several words would do, so the choice is the writer's."""
    place = stuck.lexemes[-1].end
    shown = (sign if sign[0].isalpha() else f"`{sign}`" for sign, _ in read_so[:MAX_EXPECTED])
    signs = Terms(tuple(shown))
    diagnostic = syntax_errors.unexpected(
        context.source, found_at(stuck), Span(place, place), signs
    )
    if {sign for sign, _ in read_so} <= {context.dialect.written[unit] for unit in UNITS}:
        diagnostic = structs.replace(diagnostic, variant=f"{diagnostic.code}.unit")
    elif diagnostic.code == "E102":
        diagnostic = structs.replace(diagnostic, variant="E102.before")
    else:
        # What goes on behind some of the words is as good as what ends with the line.
        values = {"expected": syntax_errors.listed(stuck.expected, context.dialect)}
        diagnostic = structs.replace(diagnostic, values=values)
    return Outcome((), stuck.tokens, (diagnostic,))


def lacking(stuck: StuckError, context: Context) -> Outcome | None:
    """What follows the first word, or the name just read, needs another keyword before it."""
    places = dict.fromkeys((1, stuck.at - 1))
    return next(
        (found for at in places if at > 0 and (found := _lacking(stuck, at, context))), None
    )


def _lacking(stuck: StuckError, at: int, context: Context) -> Outcome | None:
    earlier = stuck_at(stuck, at, context) if stuck.at > at else None
    possible = frozenset() if earlier is None else earlier.expected - LITERALS
    lexeme = stuck.lexemes[at] if at < len(stuck.lexemes) else stuck.lexemes[-1]
    found = Found(lexeme.text, Span(lexeme.start, lexeme.end))
    words = [
        sign
        for sign in insertable(possible, context.dialect)[:MAX_TRIES]
        if attempted(with_sign(stuck.lexemes, sign, (at, lexeme.start)), context).values
    ]
    if not words:
        return None
    if len(words) == 1:
        read_so = attempted(with_sign(stuck.lexemes, words[0], (at, lexeme.start)), context)
        said = (f"{words[0]} ", lexeme.text)
        lost = syntax_errors.inserted(context.source, "E114", lexeme.start, said)
        return read_so._replace(diagnostics=(lost,))
    wrong = syntax_errors.unexpected(context.source, found, found.span, Terms(tuple(words)))
    return Outcome((), stuck.tokens, (structs.replace(wrong, variant="E102.before"),))
