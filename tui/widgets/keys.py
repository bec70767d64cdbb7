"""The line of keys at the foot of a screen, and what keys are called."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import on
from textual.content import Content

from tui.texts import shown
from tui.widgets.pieces import Pieces

NAMES = {
    "question_mark": "?",
    "colon": ":",
    "slash": "/",
    "space": "␣",
    "enter": "↵",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "escape": "esc",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "tab": "⇥",
    "shift+tab": "⇤",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
}
"""Textual's names of keys, and how they are told where `told_as` knows no rule."""
_NAMED = {told: key for key, told in NAMES.items()}
HELP = "f1"


def told_as(key: str) -> str:
    """How a key of textual's name is told."""
    told = NAMES.get(key, key.replace("ctrl+", "^"))
    return told.upper() if told[1:].isdigit() else told


def key_of(told: str) -> str:
    """Textual's name of the key that is told so; of several keys, the one that tells more of them."""
    key = _NAMED.get(told, told.replace("^", "ctrl+"))
    key = key.lower() if key[1:].isdigit() else key
    return key if told_as(key) == told and " " not in told and "-" not in told[1:] else HELP


class KeyLine(Pieces):
    """Keys and what they do, the most important first: those that fit whole; the others are in the help.

    A key that is pressed with the mouse does what it does.
    """

    DEFAULT_CSS = """
    KeyLine { dock: bottom; height: 1; background: $panel; }
    """
    _keys: Sequence[str] = ()

    def show(self, keys: Sequence[tuple[str, str]], tell: Callable[[str], str]) -> None:
        """Take in keys with what they do; `tell` says how this terminal tells a key."""
        self._keys = [key for key, _ in keys]
        self.say(
            [Content.assemble(shown(tell(key), "bold"), " ", shown(text)) for key, text in keys]
        )

    @on(Pieces.Pressed)
    def _pressed(self, message: Pieces.Pressed) -> None:
        message.stop()
        self.app.simulate_key(key_of(self._keys[message.number]))
