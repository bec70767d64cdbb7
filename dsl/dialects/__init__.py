"""The dialects: keyword tables as data, one per language, for one grammar."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from msgspec import Struct

if TYPE_CHECKING:
    from dsl.nodes import Word  # noqa: TC004 - no dialect is ever decoded

DialectName = Literal["en", "zh"]
NAMES: tuple[DialectName, ...] = ("en", "zh")
_LEXEME = re.compile(r"\w+|[^\w\s]")


class Spelling(Struct, frozen=True):
    """One spelling of keywords: its words and the terminals that it may be, first choice first."""

    words: tuple[str, ...]
    terminals: tuple[str, ...]


class Phrase(Struct, frozen=True):
    """How people phrase something, and how the language does, word by word."""

    said: tuple[str, ...]
    meant: tuple[str, ...]


class Dialect(Struct, frozen=True):
    """The words of one dialect.

    Attributes:
        spellings: by first word, the longest first.
        written: per terminal the spelling that the formatter writes.
        also: per terminal its second spelling, where it has one.
        words: what a name stands for where nothing of that name is declared.
        instead: words that people write for something else, the longest first, and its terminal.
        phrases: how people phrase a part of a line, and how the language does; `<…>` stands for what is kept.
        misread: the same for what could be read, but as something that nobody means.
        fillers: words that change nothing of what a line says.
        denials: words that deny what stands behind them, or the word that they begin.
        unless: words before a condition that must not hold.
        numbers: the words for numbers, which the language writes in digits.
        lengths: units of time that have no fixed length, and how many days are usual.
        spans: words that are a number and a unit of time, and both of them apart.
        within: ends of a length of time that is the most that something may take, the longest first.
        ranges: words before the ends of a range.
        between: words around a range that a value lies in.
        currencies: names of currencies, and their codes.
        forms: how lines are written, by their kind, those that are wanted most first.
    """

    name: DialectName
    spellings: dict[str, tuple[Spelling, ...]]
    written: dict[str, str]
    also: dict[str, str]
    words: dict[str, Word]
    instead: tuple[tuple[tuple[str, ...], str], ...]
    phrases: tuple[Phrase, ...]
    misread: tuple[Phrase, ...]
    fillers: frozenset[str]
    denials: tuple[str, ...]
    unless: frozenset[str]
    numbers: dict[str, int]
    lengths: dict[str, int]
    spans: dict[str, str]
    within: tuple[str, ...]
    ranges: frozenset[str]
    between: frozenset[str]
    currencies: dict[str, str]
    forms: dict[str, tuple[str, ...]]

    def denied(self, text: str) -> str | None:
        """What the words deny; nothing if they deny what follows, None if they deny nothing."""
        for denial in self.denials:
            if text == denial or (text.startswith(denial) and not (text + denial).isascii()):
                return text[len(denial) :]
            if text.startswith(f"{denial} "):
                return text[len(denial) + 1 :]
        return None

    def parted(self, word: str) -> str | None:
        """A keyword of several words, or what people write for one, that has lost its spaces."""
        said = {"".join(words): kind for words, kind in self.instead if len(words) > 1}
        said |= {
            "".join(one.words): one.terminals[0]
            for some in self.spellings.values()
            for one in some
            if len(one.words) > 1
        }
        # A sign is no keyword: `atleast` is no way to say `>=`.
        return self.written.get(said.get(word, ""))

    def either(self, word: str) -> bool:
        """True if the word, put between names, may say that one of them is enough."""
        return word in ("/", self.written["OR"]) or ((word,), "OR") in self.instead

    def terminals(self, word: str) -> tuple[str, ...]:
        """The terminals that a single word may be."""
        for spelling in self.spellings.get(word, ()):
            if spelling.words == (word,):
                return spelling.terminals
        return ()


@cache
def dialect(name: DialectName) -> Dialect:
    """The dialect of a name, read from its table."""
    table = tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text("utf-8"))
    keywords: dict[str, list[str]] = table["keywords"]
    return Dialect(
        name,
        _spellings(keywords),
        {terminal: spellings[0] for terminal, spellings in keywords.items()},
        {terminal: spellings[1] for terminal, spellings in keywords.items() if spellings[1:]},
        {text: cast("Word", word) for word, texts in table["words"].items() for text in texts},
        _instead(table["instead"]),
        _phrases(table["phrases"]),
        _phrases(table["misread"]),
        frozenset(table["fillers"]["words"]),
        tuple(table["denials"]["words"]),
        frozenset(table["unless"]["words"]),
        table["numbers"],
        table["lengths"],
        table["spans"],
        tuple(table["limits"]["behind"]),
        frozenset(table["limits"]["ranges"]),
        frozenset(table["limits"]["between"]),
        table["currencies"],
        {kind: tuple(forms) for kind, forms in table["forms"].items()},
    )


def _instead(table: dict[str, list[str]]) -> tuple[tuple[tuple[str, ...], str], ...]:
    found = [(tuple(one.split()), terminal) for terminal, some in table.items() for one in some]
    return tuple(sorted(found, key=lambda entry: -len(entry[0])))


def _phrases(table: dict[str, str]) -> tuple[Phrase, ...]:
    return tuple(
        Phrase(tuple(said.split()), tuple(meant.split(" "))) for said, meant in table.items()
    )


def other(known: Dialect) -> Dialect:
    """The other dialect."""
    return dialect("zh" if known.name == "en" else "en")


def _spellings(keywords: dict[str, list[str]]) -> dict[str, tuple[Spelling, ...]]:
    terminals: dict[tuple[str, ...], list[str]] = {}
    for terminal, spellings in keywords.items():
        for spelling in spellings:
            terminals.setdefault(tuple(_LEXEME.findall(spelling)), []).append(terminal)
    by_word: dict[str, list[Spelling]] = {}
    for words, choices in sorted(terminals.items(), key=lambda entry: -len(entry[0])):
        by_word.setdefault(words[0], []).append(Spelling(words, tuple(choices)))
    return {word: tuple(spellings) for word, spellings in by_word.items()}
