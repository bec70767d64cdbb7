"""Cuts a text into declarations by the first words of its lines, before anything is parsed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct, structs

from dsl.dialects import NAMES, Dialect, dialect, other
from dsl.parser.attempts import Context, attempted
from dsl.parser.chains import has_arrow
from dsl.parser.grammar import first_terminals, is_type
from dsl.parser.lexemes import TEXT, WORD, Lexeme, Row
from dsl.parser.repairs import leads
from dsl.source import Span
from dsl.syntax_errors import foreign, misspelt

KINDS = {
    "RULEBOOK": "header", "FACT": "fact", "RECORD": "record", "FEED": "feed", "ROLE": "role",
    "TABLE": "table", "ITEM": "item", "APPROVAL": "approval", "SLA": "sla",
    "CALENDAR": "calendar", "GATE": "gate",
    "ACTION": "action", "ACCESS": "access", "DOCUMENT": "document", "PROCESS": "process",
    "RULE": "rule", "AUDIENCE": "audience", "SCENARIO": "scenario",
}  # fmt: skip
"""Kind of declaration per terminal that begins one."""
TAILORING = {"ADJUST": "adjust", "REPLACE": "replace", "REMOVE": "remove"}
"""What a layer does with a declaration of its base, per terminal. The kind of such a statement is that
and the kind of the declaration, `adjust item`; without one where that cannot be read."""

MAX_HEAD = 40
"""A line of more words is the head of nothing."""
_SENTENCE = frozenset(
    ("BECOMES", "ANSWERS", "APPROVES", "REJECTS", "RETURNS", "NAMES", "HANDS_OVER", "SIGNS",
     "REFUSES", "WAIVES", "COMPLETES", "WITHDRAWS", "SUSPENDS", "RESUMES", "CANCELS", "RESUBMITS", "AMONG",
     "COUNTS", "CALLS_BACK", "STATES_CAUSE", "CONFIRMS_CAUSE", "REFUSES_CAUSE", "REPORTS", "REOPENS", "CLAIMS",
     "GIVES_BACK", "DELEGATES", "REASSIGNS", "ADDS", "TAKES_OFF", "LETS", "TOWARDS", "LEAVES")
)  # fmt: skip


class Placed(NamedTuple):
    """A row, and where its line, which it is relative to, begins in the text."""

    row: Row
    start: int
    line: str

    @property
    def words(self) -> tuple[Lexeme, ...]:
        """Its words, relative to its line."""
        return self.row.words


class Cut(Struct, frozen=True):
    """The rows of one declaration.

    `kind` is None for rows before the first declaration. `meant` is the keyword that should begin
    it, where another word does: one of the other dialect, or a misspelt one.
    """

    kind: str | None
    rows: tuple[Placed, ...]
    meant: str | None = None

    @property
    def place(self) -> Span:
        """Where its first word stands in the text."""
        first = next(placed for placed in self.rows if placed.words)
        return Span(first.words[0].start, first.words[0].end).shift(first.start)

    @property
    def start(self) -> int:
        """Where it begins in the text."""
        return self.place.start

    @property
    def end(self) -> int:
        """Where its last row ends in the text, comments included."""
        last = self.rows[-1]
        return last.start + (last.row.comments or last.words)[-1].end


def speaks(placed: Sequence[Placed]) -> Dialect:
    """The dialect of a text: by its first word, else by the words that begin its lines."""
    first = next((one.words[0].text for one in placed if one.words), "")
    for name in NAMES:
        if "RULEBOOK" in dialect(name).terminals(first):
            return dialect(name)
    counts = {name: sum(1 for one in placed if _begins(one, dialect(name))) for name in NAMES}
    return dialect("zh" if counts["zh"] > counts["en"] else "en")


class Verb(NamedTuple):
    """What a kind of statement does, if it tailors, and the kind of declaration that it is about."""

    verb: str | None
    kind: str


def verb_of(kind: str) -> Verb:
    """The parts of a kind: `adjust item` is about an item, `item` is one."""
    verb, _, about = kind.partition(" ")
    return Verb(verb, about) if verb in TAILORING.values() else Verb(None, kind)


class Begin(NamedTuple):
    """That a line begins a declaration: its kind, and the keyword that was meant, if another."""

    kind: str
    meant: str | None = None


def cut(
    placed: Iterable[Placed], begins: Callable[[Placed, str | None], Begin | None]
) -> Iterator[Cut]:
    """The declarations of a text in order; the comments behind one belong to it.

    Args:
        placed: the rows of the text.
        begins: what a row begins behind a declaration of a kind; `beginning` in the text's dialect.
    """
    kind: str | None = None
    meant: str | None = None
    body: list[Placed] = []
    for one in placed:
        found = begins(one, kind) if one.words else None
        if found is not None:
            yield Cut(kind, tuple(body), meant)
            kind, meant = found
            body = []
        body.append(one)
    yield Cut(kind, tuple(body), meant)


def _begins(one: Placed, known: Dialect) -> bool:
    begins = KINDS | TAILORING
    return bool(one.words) and any(kind in begins for kind in known.terminals(one.words[0].text))


def beginning(words: Sequence[Lexeme], known: Dialect, current: str | None) -> Begin | None:
    """What the words of a row begin behind a declaration of a kind; None if that goes on."""
    first = words[0]
    verb, about = verb_of(current or "")
    if first.kind != WORD or _goes_on(words, known, about, verb):
        return None
    tailors = next(
        (TAILORING[one] for one in known.terminals(first.text) if one in TAILORING), None
    )
    if tailors is not None:
        return Begin(_tailored(tailors, words, known))
    terminal = _declares(first.text, known)
    if terminal is not None:
        return Begin(KINDS[terminal])
    changes = _tailors(words, known)
    if changes is not None:
        return Begin(_tailored(TAILORING[changes], words, known), known.written[changes])
    return _meant(words, known, about) if is_titled(words) else None


def _tailored(verb: str, words: Sequence[Lexeme], known: Dialect) -> str:
    """The kind of a statement that tailors: with that of the declaration that its second word names."""
    terminal = _declares(words[1].text, known) if len(words) > 1 else None
    kind = KINDS.get(terminal or "", "header")
    return verb if kind == "header" else f"{verb} {kind}"


def _tailors(words: Sequence[Lexeme], known: Dialect) -> str | None:
    """The verb that was meant by another word, `change item badge` at the margin."""
    word = words[0].text
    named = len(words) > 2 and words[2].kind != TEXT and _declares(words[1].text, known)  # noqa: PLR2004
    if words[0].start or not named:
        return None
    said = next(
        (one for words_, one in known.instead if words_ == (word,) and one in TAILORING), None
    )
    if said is not None or word in known.spellings:
        return said
    return foreign(word, TAILORING, known) or misspelt(word, TAILORING, known)


def _meant(words: Sequence[Lexeme], known: Dialect, current: str | None) -> Begin | None:
    word = words[0].text
    if word in known.spellings:
        return None
    abroad = _declares(word, other(known))
    if abroad is not None:
        return Begin(KINDS[abroad], known.written[abroad])
    lines = first_terminals(f"{current}_line") if current in KINDS.values() else frozenset()
    close = misspelt(word, lines.union(KINDS), known)
    return Begin(KINDS[close], known.written[close]) if close in KINDS else None


def _declares(word: str, known: Dialect) -> str | None:
    return next((kind for kind in known.terminals(word) if kind in KINDS), None)


def is_named(words: Sequence[Lexeme]) -> bool:
    """True if a line looks like a head, with its keyword or without: a name, a title."""
    return is_titled(words) or (len(words) > 1 and words[0].kind != TEXT and words[1].kind == TEXT)


def is_titled(words: Sequence[Lexeme]) -> bool:
    """True if a line looks like the head of a declaration: a word, a name, a title."""
    return len(words) > 2 and words[1].kind != TEXT and words[2].kind == TEXT  # noqa: PLR2004


def _goes_on(words: Sequence[Lexeme], known: Dialect, current: str, verb: str | None) -> bool:
    """True if the line belongs to the present declaration though its first word could declare."""
    if verb == "adjust" and "REMOVE" in known.terminals(words[0].text):
        return _removes_inside(words, known, current)
    if not current or verb == "remove" or is_titled(words):
        return False
    first = _declares(words[0].text, known)
    if len(words) == 1:
        return first is not None and _is_beheaded(words, known, (KINDS[first], current))
    second = words[1]
    goes_on = {
        "item": first == "SLA" and len(words) == 2,  # noqa: PLR2004
        "record": second.kind == TEXT or _is_type(second.text, known),
        "scenario": _is_sentence(words, known),
        "process": has_arrow(words),
    }
    return goes_on.get(current, False) or (
        first is not None
        and second.kind != TEXT
        and _is_beheaded(words, known, (KINDS[first], current))
    )


def _is_beheaded(words: Sequence[Lexeme], known: Dialect, kinds: tuple[str, str]) -> bool:
    """True if the line is one of the present declaration that has lost its first keyword.

    What may be the head of a declaration as well, as `item done` of a rule without its `whenever`,
    is that if it is not indented.
    """
    begun, current = kinds
    if len(words) > MAX_HEAD:
        return False
    context = Context("", known, f"{begun}_head")
    if words[0].start == 0 and (len(words) == 1 or attempted(list(words), context).values):
        return False
    return bool(leads(list(words), structs.replace(context, start=f"{current}_line")))


def _removes_inside(words: Sequence[Lexeme], known: Dialect, current: str) -> bool:
    """True if `remove` takes away a part of what is adjusted, no whole declaration.

    Of a process things are taken away that are named as declarations are; only the removal of a
    declaration says why. What no process does, as a rule, is a declaration all the same.
    """
    terminal = _declares(words[1].text, known) if len(words) > 1 else None
    if terminal is None:
        return True
    if terminal == "SLA":
        return len(words) == 2  # noqa: PLR2004
    says_why = any("BECAUSE" in known.terminals(word.text) for word in words)
    return current == "process" and terminal in first_terminals("removal_line") and not says_why


def _is_sentence(words: Sequence[Lexeme], known: Dialect) -> bool:
    """An act or a change."""
    return any(_SENTENCE.intersection(known.terminals(word.text)) for word in words[1:3])


def _is_type(word: str, known: Dialect) -> bool:
    return any(
        is_type(terminal)
        for spelling in known.spellings.get(word, ())
        for terminal in spelling.terminals
    )
