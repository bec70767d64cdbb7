"""A menu: a few lines of which one is chosen, by its letter, with Enter or with the mouse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Generic, NamedTuple, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option
from typing_extensions import override

from tui.screens.dialog import Dialog
from tui.texts import shown
from tui.themes import TONES

T = TypeVar("T")


class Choice(NamedTuple, Generic[T]):
    """One line of a menu: its letter, its text with a tone, and what it stands for."""

    key: str
    text: str
    value: T
    tone: str = ""


class Menu(Dialog[T | None], Generic[T]):
    """See the module's docstring. Leaving it chooses None.

    Args:
        title: what it is about.
        choices: in order.
        about: more words under the title.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", show=False)]

    def __init__(self, title: str, choices: Sequence[Choice[T]], about: str = "") -> None:
        super().__init__()
        self.menu_title = title
        self.choices = tuple(choices)
        self.about = about

    @override
    def compose(self) -> ComposeResult:
        """The title and one line a choice."""
        with Vertical(classes="dialog menu"):
            yield Static(shown(self.menu_title, "bold"))
            if self.about:
                yield Static(shown(self.about))
            yield OptionList(*(Option(_line(one)) for one in self.choices), markup=False)

    def on_mount(self) -> None:
        """The first line is the one that Enter chooses."""
        self.query_one(OptionList).highlighted = 0

    def on_key(self, event: Key) -> None:
        """A letter of the menu."""
        for choice in self.choices:
            if choice.key in (event.key, event.character):
                event.stop()
                self.dismiss(choice.value)
                return

    @on(OptionList.OptionSelected)
    def _chosen(self, message: OptionList.OptionSelected) -> None:
        self.dismiss(self.choices[message.option_index].value)


def _line(choice: Choice[T]) -> Content:
    word = shown(choice.text, TONES.get(choice.tone, ""))
    return Content.assemble(shown(f"{choice.key}  ", "bold"), word)
