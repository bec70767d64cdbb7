"""What the signs of the screens mean: of cases, tasks and gates, and of drawings."""

from __future__ import annotations

from collections.abc import Iterator

from engine.texts import MESSAGES as ENGINE
from engine.views.signs import SIGNS
from tui.shell import Shell
from tui.texts import MESSAGES


def legend(shell: Shell) -> Iterator[tuple[str, str]]:
    """Each sign as this terminal shows it, with everything that it stands for."""
    meant: dict[str, list[str]] = {}
    for status in SIGNS:
        meant.setdefault(shell.sign(status), []).extend(_words(shell, status))
    yield from ((sign, shell.listed(dict.fromkeys(words))) for sign, words in meant.items())
    yield "2+1/6", shell.say("help.items")
    for kind, signs in (("", shell.glyphs.signs), ("mark.", shell.glyphs.marks)):
        for name, sign in signs.items():
            message = f"graph.legend.{kind}{name}"
            if sign.strip() and ENGINE.has(shell.language, message):
                word = ENGINE.say(shell.language, message)
                yield sign, shell.say("help.drawn", what=word)


def _words(shell: Shell, status: str) -> Iterator[str]:
    for message in (f"status.{status}", f"light.{status}"):
        if ENGINE.has(shell.language, message):
            yield ENGINE.say(shell.language, message)
    if MESSAGES.has(shell.language, f"case.{status}"):
        yield shell.say("help.gate", word=shell.say(f"case.{status}"))
