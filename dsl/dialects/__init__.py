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


class Dialect(Struct, frozen=True):
    """The words of one dialect.

    Attributes:
        spellings: by first word, the longest first.
        written: per terminal the spelling that the formatter writes.
        also: per terminal its second spelling, where it has one.
        words: what a name stands for where nothing of that name is declared.
        instead: words that people write for something else, the longest first, and its terminal.
        fillers: words that change nothing of what a line says.
        numbers: the words for numbers, which the language writes in digits.
        lengths: units of time that have no fixed length, and how many days are usual.
        currencies: names of currencies, and their codes.
    """

    name: DialectName
    spellings: dict[str, tuple[Spelling, ...]]
    written: dict[str, str]
    also: dict[str, str]
    words: dict[str, Word]
    instead: tuple[tuple[tuple[str, ...], str], ...]
    fillers: frozenset[str]
    numbers: dict[str, int]
    lengths: dict[str, int]
    currencies: dict[str, str]

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
        frozenset(table["fillers"]["words"]),
        table["numbers"],
        table["lengths"],
        table["currencies"],
    )


def _instead(table: dict[str, list[str]]) -> tuple[tuple[tuple[str, ...], str], ...]:
    found = [(tuple(one.split()), terminal) for terminal, some in table.items() for one in some]
    return tuple(sorted(found, key=lambda entry: -len(entry[0])))


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
