"""The board's own views: kept under a name, chosen, forgotten; and which columns it shows."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, OptionList, SelectionList, Static
from textual.widgets.option_list import Option
from textual.widgets.selection_list import Selection
from typing_extensions import override

from engine.desk.board import COLUMNS, BoardQuery
from engine.desk.kept import Views
from tui.screens.dialog import Dialog
from tui.shell import Shell
from tui.texts import shown
from tui.themes import TONES


class Chosen(NamedTuple):
    """What was chosen: a view to show, and a name to keep it under or to forget."""

    query: BoardQuery | None = None
    keep: str = ""
    forget: str = ""


class ViewsScreen(Dialog[Chosen | None]):
    """The person's own views; what is typed is the name for the board as it stands.

    Args:
        shell: what every screen has at hand.
        views: those that are kept.
        now: the board as it stands.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", show=False),
        Binding("delete", "forget", show=False),
    ]

    def __init__(self, shell: Shell, views: Views, now: BoardQuery) -> None:
        super().__init__()
        self.shell = shell
        self._views = views
        self._now = now

    @override
    def compose(self) -> ComposeResult:
        """The views, a field for a new name, the keys."""
        say = self.shell.say
        with Vertical(classes="dialog menu"):
            yield Static(shown(say("views.title"), "bold"))
            yield OptionList(*(Option(shown(name)) for name in self._views), markup=False)
            yield Input(placeholder=say("views.name"))
            yield Static(shown(say("views.keys"), TONES["quiet"]))

    def on_mount(self) -> None:
        """Where there is nothing to choose, the name is typed at once."""
        options = self.query_one(OptionList)
        if self._views:
            options.highlighted = 0
            options.focus()
        else:
            self.query_one(Input).focus()

    @on(OptionList.OptionSelected)
    def _chosen(self, message: OptionList.OptionSelected) -> None:
        self.dismiss(Chosen(self._views[list(self._views)[message.option_index]]))

    @on(Input.Submitted)
    def _kept(self, message: Input.Submitted) -> None:
        name = message.value.strip()
        if name:
            self.dismiss(Chosen(self._now, keep=name))

    def action_forget(self) -> None:
        """Forget the view at the cursor."""
        at = self.query_one(OptionList).highlighted
        if self.query_one(OptionList).has_focus and at is not None:
            self.dismiss(Chosen(forget=list(self._views)[at]))


class ColumnsScreen(Dialog[BoardQuery | None]):
    """Which columns the board shows. One at least stays."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "done", show=False)]

    def __init__(self, shell: Shell, now: BoardQuery) -> None:
        super().__init__()
        self.shell = shell
        self._now = now

    @override
    def compose(self) -> ComposeResult:
        """A line a column."""
        say, now = self.shell.say, self._now.columns or COLUMNS
        with Vertical(classes="dialog menu"):
            yield Static(shown(say("columns.title"), "bold"))
            yield SelectionList[str](
                *(
                    Selection(shown(say(f"column.board.{name}")), name, name in now)
                    for name in COLUMNS
                )
            )
            yield Static(shown(say("columns.keys"), TONES["quiet"]))

    def action_done(self) -> None:
        """Show what is chosen."""
        chosen = self.query_one(SelectionList[str]).selected
        columns = tuple(name for name in COLUMNS if name in chosen)
        every = columns == COLUMNS or not columns
        self.dismiss(replace(self._now, columns=() if every else columns))
