"""A screen of rows: views of them, words to filter by, and what is told of the one at the cursor."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static
from typing_extensions import override

from tui.office import Desk
from tui.screens.case import CaseScreen
from tui.screens.filtering import FilteredScreen
from tui.shell import Shell
from tui.texts import shown
from tui.widgets.columns import Column
from tui.widgets.pieces import Pieces
from tui.widgets.table import Line, VirtualTable

Row = TypeVar("Row")


class ListScreen(FilteredScreen, Generic[Row]):
    """See the module's docstring. A subclass says what its rows are and how they look."""

    VIEWS: ClassVar[tuple[str, ...]] = ("all",)
    """Their names: `NAME.VIEW`."""
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(at), f"view({at - 1})", show=False) for at in range(1, 10)),
    ]
    KEYS: ClassVar[tuple[tuple[str, str], ...]] = (
        ("↵", "show"),
        ("/", "filter"),
        ("esc", "back"),
        (":", "commands"),
    )

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.rows: tuple[Row, ...] = ()
        self.view = self.VIEWS[0]

    @abstractmethod
    def ask(self, desk: Desk) -> Sequence[Row]:
        """What the desk answers; called off the screen's own loop."""

    @abstractmethod
    def columns(self) -> list[Column]:
        """The head of the table."""

    @abstractmethod
    def line(self, at: int, row: Row) -> Line:
        """One row; `at` is its place among all."""

    def is_in(self, row: Row, view: str) -> bool:
        """True if a view shows the row."""
        del row, view
        return True

    def case_of(self, row: Row) -> tuple[str, str] | None:
        """The case and the task that Enter leads to."""
        del row
        return None

    def told(self, row: Row) -> Content:
        """What stands at the foot about the row at the cursor."""
        del row
        return shown(self.shell.say(f"{self.NAME}.about"))

    @override
    def body(self) -> ComposeResult:
        """The views, the filter, the table, what is told of one row."""
        yield Pieces(2, id="tabs")
        yield Input(id="filter", classes="-hidden")
        yield VirtualTable(id="list")
        yield Static(id="reason")

    @property
    @override
    def table(self) -> VirtualTable:
        """The table of rows."""
        return self.widget(VirtualTable, "list")

    @property
    def row(self) -> Row | None:
        """The row at the cursor."""
        key = self.table.key
        return None if key is None else self.rows[int(key.partition(" ")[0])]

    @override
    def heading(self) -> str:
        """What is listed."""
        return self.shell.say(f"{self.NAME}.heading")

    @override
    async def show_all(self) -> None:
        """The rows as they are now, with the selection where it was."""
        self.rows = tuple(await self.shell.ask(self.ask))
        self.show_rows()

    @override
    def show_rows(self) -> None:
        """Those of the view that have the words."""
        table, words = self.table, self.words.casefold()
        table.begin(self.columns())
        table.empty = self.shell.say(f"{self.NAME}.none")
        shown_rows = (
            self.line(at, row) for at, row in enumerate(self.rows) if self.is_in(row, self.view)
        )
        lines = [line for line in shown_rows if words in line.text.casefold()]
        tails = [(line.key or "").partition(" ")[2] for line in lines]
        tail = (table.key or "").partition(" ")[2]
        place = tails.index(tail) if tail and tail in tails else None
        table.fill(0, lines, len(lines), cursor=place)
        self._show_tabs()
        self._show_told()

    def _show_tabs(self) -> None:
        if len(self.VIEWS) == 1:
            self.widget(Pieces, "tabs").add_class("-hidden")
            return
        parts = []
        for number, view in enumerate(self.VIEWS, start=1):
            count = sum(self.is_in(row, view) for row in self.rows)
            text = f"{number} {self.shell.say(f'{self.NAME}.{view}')} {count}"
            parts.append(shown(text, "reverse bold" if view == self.view else ""))
        self.widget(Pieces, "tabs").say(parts)

    @on(Pieces.Pressed, "#tabs")
    def _pressed(self, message: Pieces.Pressed) -> None:
        self.action_view(message.number)

    @on(VirtualTable.Moved)
    def _show_told(self) -> None:
        row = self.row
        self.widget(Static, "reason").update(shown("") if row is None else self.told(row))

    @on(VirtualTable.Picked)
    def _picked(self) -> None:
        row = self.row
        found = None if row is None else self.case_of(row)
        if found is not None:
            self.app.push_screen(CaseScreen(self.shell, *found))

    def action_view(self, number: int) -> None:
        """One of the views."""
        if number < len(self.VIEWS):
            self.view = self.VIEWS[number]
            self.show_rows()
