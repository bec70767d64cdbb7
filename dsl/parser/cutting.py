"""Cuts a text into declarations by the first words of its lines, before anything is parsed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from dsl.dialects import NAMES, Dialect, dialect, other
from dsl.parser.grammar import first_terminals
from dsl.parser.lexemes import COMMENT, TEXT, WORD, Lexeme
from dsl.syntax_errors import misspelt

KINDS = {
    "RULEBOOK": "header", "FACT": "fact", "RECORD": "record", "FEED": "feed", "ROLE": "role",
    "ITEM": "item", "APPROVAL": "approval", "SLA": "sla", "GATE": "gate", "ACTION": "action",
    "ACCESS": "access", "PROCESS": "process", "SCENARIO": "scenario",
}  # fmt: skip
"""Kind of declaration per terminal that begins one."""

UNREAD = "unread"
_TYPES = frozenset(("CHOICE", "LIST_OF"))
_DONE_IN_PROCESS = frozenset(("APPROVAL", "ITEM", "GATE", "ACTION", "ACCESS"))
_SENTENCE = frozenset(
    ("BECOMES", "ANSWERS", "APPROVES", "REJECTS", "RETURNS", "NAMES", "HANDS_OVER", "SIGNS",
     "REFUSES", "WAIVES", "COMPLETES", "WITHDRAWS", "RESUBMITS", "AMONG")
)  # fmt: skip


class Cut(Struct, frozen=True):
    """The lines of one declaration.

    `kind` is None for lines before the first declaration. `meant` is the keyword that should begin
    it, where another word does: one of the other dialect, or a misspelt one.
    """

    kind: str | None
    lines: tuple[tuple[Lexeme, ...], ...]
    comments: tuple[Lexeme, ...]
    meant: str | None = None


def speaks(lines: Sequence[Sequence[Lexeme]]) -> Dialect:
    """The dialect of a text: by its first word, else by the words that begin its lines."""
    first = next((words[0].text for line in lines if (words := _words(line))), "")
    for name in NAMES:
        if "RULEBOOK" in dialect(name).terminals(first):
            return dialect(name)
    counts = {name: sum(1 for line in lines if _begins(line, dialect(name))) for name in NAMES}
    return dialect("zh" if counts["zh"] > counts["en"] else "en")


def cut(lines: Iterable[list[Lexeme]], known: Dialect) -> Iterator[Cut]:
    """The declarations of a text in order; the comments behind one belong to it."""
    kind: str | None = None
    meant: str | None = None
    body: list[tuple[Lexeme, ...]] = []
    comments: list[Lexeme] = []
    for line in lines:
        words = _words(line)
        begins = _kind(words, known, kind) if words else None
        if begins is not None:
            yield Cut(kind, tuple(body), tuple(comments), meant)
            kind, meant = begins
            body, comments = [], []
        if words:
            body.append(tuple(words))
        comments.extend(line[len(words) :])
    yield Cut(kind, tuple(body), tuple(comments), meant)


def _words(line: Sequence[Lexeme]) -> Sequence[Lexeme]:
    """A line without its comment, which can only be the last lexeme."""
    return line[:-1] if line and line[-1].kind == COMMENT else line


def _begins(line: Sequence[Lexeme], known: Dialect) -> bool:
    words = _words(line)
    return bool(words) and any(kind in KINDS for kind in known.terminals(words[0].text))


def _kind(
    words: Sequence[Lexeme], known: Dialect, current: str | None
) -> tuple[str, str | None] | None:
    """Kind and meant keyword of the declaration that a line begins; None if it goes on."""
    first = words[0]
    if first.kind != WORD or _goes_on(words, known, current):
        return None
    terminal = _declares(first.text, known)
    if terminal is not None:
        return KINDS[terminal], None
    if first.text in known.unread_declarations:
        return UNREAD, None
    return _meant(words, known, current) if is_titled(words) else None


def _meant(
    words: Sequence[Lexeme], known: Dialect, current: str | None
) -> tuple[str, str | None] | None:
    word = words[0].text
    if word in known.spellings:
        return None
    foreign = _declares(word, other(known))
    if foreign is not None:
        return KINDS[foreign], known.written[foreign]
    if word in other(known).unread_declarations:
        return UNREAD, None
    lines = first_terminals(f"{current}_line") if current in KINDS.values() else frozenset()
    close = misspelt(word, lines.union(KINDS), known)
    return (KINDS[close], known.written[close]) if close in KINDS else None


def _declares(word: str, known: Dialect) -> str | None:
    return next((kind for kind in known.terminals(word) if kind in KINDS), None)


def is_named(words: Sequence[Lexeme]) -> bool:
    """True if a line looks like a head, with its keyword or without: a name, a title."""
    return is_titled(words) or (len(words) > 1 and words[0].kind != TEXT and words[1].kind == TEXT)


def is_titled(words: Sequence[Lexeme]) -> bool:
    """True if a line looks like the head of a declaration: a word, a name, a title."""
    return len(words) > 2 and words[1].kind != TEXT and words[2].kind == TEXT  # noqa: PLR2004


def _goes_on(words: Sequence[Lexeme], known: Dialect, current: str | None) -> bool:
    """True if the line belongs to the present declaration though its first word could declare."""
    if is_titled(words) or len(words) == 1:
        return False
    first = _declares(words[0].text, known)
    second = words[1]
    goes_on = {
        "item": first == "SLA" and len(words) == 2,  # noqa: PLR2004
        "record": second.kind == TEXT or _is_type(second.text, known),
        "process": first in _DONE_IN_PROCESS,
        # `until item X done` that has lost its `until`.
        "gate": first in ("ITEM", "APPROVAL") and len(words) > 2,  # noqa: PLR2004
        "scenario": _is_sentence(words, known),
        # `remove visible to …` inside an adjustment, not `remove item …`.
        UNREAD: first is None and _declares(second.text, known) is None,
    }
    return goes_on.get(current or "", False)


def _is_sentence(words: Sequence[Lexeme], known: Dialect) -> bool:
    """An act or a change, or an expectation that has lost its `expect`."""
    expects = _declares(words[0].text, known) in _DONE_IN_PROCESS and len(words) > 2  # noqa: PLR2004
    verbs = (_SENTENCE.intersection(known.terminals(word.text)) for word in words[1:3])
    return expects or any(verbs)


def _is_type(word: str, known: Dialect) -> bool:
    return any(
        terminal.endswith("_TYPE") or terminal in _TYPES
        for spelling in known.spellings.get(word, ())
        for terminal in spelling.terminals
    )
