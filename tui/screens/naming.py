"""Naming a file: one to open, or one that is still to be written."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static
from typing_extensions import override

from tui.screens.dialog import Dialog
from tui.shell import Shell
from tui.texts import shown
from tui.themes import TONES
from tui.widgets.files import FileField


class NameScreen(Dialog[str | None]):
    """A path, typed or chosen.

    Args:
        shell: what every screen has at hand.
        title: the message that says what for.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", show=False)]

    def __init__(self, shell: Shell, title: str) -> None:
        super().__init__()
        self.shell = shell
        self.message = title

    @override
    def compose(self) -> ComposeResult:
        """What for, the path, and the keys."""
        with Vertical(classes="dialog"):
            yield Static(shown(self.shell.say(self.message), "bold"))
            yield FileField(self.shell)
            yield Static(shown(self.shell.say("design.name_keys"), TONES["quiet"]))

    def on_mount(self) -> None:
        """The path has the focus."""
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def _named(self) -> None:
        path = self.query_one(FileField).value
        if path and not path.endswith("/"):
            self.dismiss(path)
