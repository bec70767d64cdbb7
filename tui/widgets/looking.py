"""A field that is typed in, and below it what can be meant by that."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option
from typing_extensions import override

from tui.shell import Shell
from tui.texts import shown
from tui.themes import TONES


class Found(NamedTuple):
    """What the field then holds, and what people read."""

    value: str
    text: str


class LookUp(Vertical):
    """See the module's docstring. A subclass says what can be meant.

    Args:
        shell: what every screen has at hand.
        text: what stands in it at first.
    """

    MOST: ClassVar[int] = 20
    """So many are listed at most; typing narrows them down."""
    BINDINGS: ClassVar[list[BindingType]] = [Binding("down", "to_list", show=False)]
    DEFAULT_CSS = """
    LookUp { height: auto; }
    LookUp OptionList { height: auto; max-height: 8; }
    LookUp.-none OptionList { display: none; }
    """

    def __init__(self, shell: Shell, text: str) -> None:
        super().__init__()
        self._shell = shell
        self.input = Input(text, select_on_focus=False, classes="entry")
        self._found: list[Found] = []

    @override
    def compose(self) -> ComposeResult:
        """What is typed, and what is found by it."""
        yield self.input
        yield OptionList(markup=False)

    @abstractmethod
    def find(self, text: str) -> list[Found]:
        """What can be meant."""

    @property
    def value(self) -> str:
        """What stands in it."""
        return self.input.value

    def on_mount(self) -> None:
        """List what is there at first."""
        self._list()

    @on(Input.Changed)
    def _list(self) -> None:
        self._found = self.find(self.value)
        self.set_class(not self._found, "-none")
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(Option(shown(one.text)) for one in self._found[: self.MOST])
        more = len(self._found) - self.MOST
        if more > 0:
            told = shown(self._shell.say("form.more", count=more), TONES["quiet"])
            options.add_option(Option(told, disabled=True))

    @on(OptionList.OptionSelected)
    def _chosen(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        self.input.value = self._found[message.option_index].value
        self.input.focus()
        self.input.cursor_position = len(self.value)

    def action_to_list(self) -> None:
        """Go from what is typed to what is found."""
        if self._found:
            self.query_one(OptionList).focus()
