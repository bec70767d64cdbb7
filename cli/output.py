"""What a command prints: lines and tables for people, JSON for programs.

Whatever a person typed passes here as data: characters that do not show themselves are spelt out.
"""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from collections.abc import Iterable
from importlib import import_module
from typing import NamedTuple

from cli.failures import WRONG_USE, Explained, StopError, wrong_use_line
from cli.options import Format
from cli.texts import MESSAGES
from dsl.catalogue import Language, sentences
from dsl.visible import visible

_COLOURS = {"bad": "31", "good": "32", "notice": "33", "quiet": "2", "strong": "1"}


class Word(NamedTuple):
    """A piece of text with a style of `_COLOURS`, or none."""

    text: str
    style: str = ""


class Output:
    """Prints in one format and one language.

    Args:
        form: for people, or one of those for programs.
        language: of the reader.

    Attributes:
        is_json: it is a JSON document of this command.
        for_programs: no line is meant for people.
    """

    def __init__(self, form: Format, language: Language) -> None:
        self.is_json = form == "json"
        self.for_programs = form != "text"
        self.language = language

    def say(self, message: str, /, **values: object) -> str:
        """A text of the command line's catalogue."""
        return MESSAGES.say(self.language, message, **values)

    def listed(self, parts: Iterable[str]) -> str:
        """Names one behind the other, as the reader's language lists them."""
        return self.say("list.joint").join(parts)

    def clauses(self, parts: Iterable[str]) -> str:
        """Phrases one behind the other."""
        return self.say("clauses.joint").join(parts)

    def sentences(self, parts: Iterable[str]) -> str:
        """Sentences one behind the other; Chinese has no blank between them."""
        return sentences(self.language, parts)

    def line(self, text: str = "", style: str = "") -> None:
        """One line for people."""
        print(painted(Word(visible(text), style)))

    def block(self, text: str) -> None:
        """Several lines, or none, as they stand; a line break at the end is not doubled."""
        for line in text.removesuffix("\n").split("\n") if text else ():
            self.line(line)

    def json(self, value: object) -> None:
        """One JSON document for programs, hidden characters escaped."""
        # By name: nobody who only asks for help waits for it.
        plain = import_module("msgspec").to_builtins(value, str_keys=True)
        text = json.dumps(plain, ensure_ascii=False, indent=2)
        print("".join(_escaped(char) for char in text))

    def stop(self, stop: StopError) -> None:
        """Why a command ended: one document for programs, else one line, or three for a refusal."""
        if self.is_json:
            others = [one._asdict() for one in stop.others]
            more = {"others": others} if others else {}
            self.json({"error": stop.explained._asdict(), **more})
            return
        for found in (*stop.others, stop.explained):
            self._explain(found, brief=stop.status == WRONG_USE)

    def _explain(self, found: Explained, *, brief: bool) -> None:
        """A code in words, on the error stream."""
        place = f"{found.place}: " if found.place else ""
        lines = [f"{place}{found.code} {found.title}", f"  {found.text}", f"  {found.hint}"]
        if brief:
            lines = [wrong_use_line(self.language, found, place)]
        for line in lines:
            print(visible(line), file=sys.stderr)

    def note(self, text: str) -> None:
        """Something besides the result, on the error stream, for people only."""
        if not self.is_json:
            print(visible(text), file=sys.stderr)


def painted(word: Word) -> str:
    """The word in its colour, where the output is a terminal that wants colours."""
    plain = not word.style or not sys.stdout.isatty()
    if plain or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return word.text
    return f"\033[{_COLOURS[word.style]}m{word.text}\033[0m"


def _escaped(char: str) -> str:
    if char == "\n" or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}:
        return char
    units = char.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
