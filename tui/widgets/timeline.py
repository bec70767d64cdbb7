"""What has happened in a case: one line an event, words to search by, and the event at the cursor in full."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static
from typing_extensions import override

from engine.views.timeline import Entry
from tui.shell import Shell
from tui.texts import Cell, shown
from tui.widgets.columns import Column
from tui.widgets.searching import type_into
from tui.widgets.table import Line, VirtualTable


class TimelinePane(Vertical):
    """See the module's docstring. Its table has the id `timeline`, its field `filter`.

    Args:
        shell: what every screen has at hand.
    """

    def __init__(self, shell: Shell, *, id: str | None = None) -> None:  # noqa: A002 - textual's name
        super().__init__(id=id)
        self._shell = shell
        self._entries: Sequence[Entry] = ()

    @override
    def compose(self) -> ComposeResult:
        """The field, the events, the one at the cursor."""
        yield Input(id="filter", classes="-hidden")
        yield VirtualTable(id="timeline")
        yield Static(id="sentence")

    @property
    def table(self) -> VirtualTable:
        """The table of events."""
        return self.query_one("#timeline", VirtualTable)

    @property
    def _field(self) -> Input:
        return self.query_one("#filter", Input)

    def show(self, entries: Sequence[Entry]) -> None:
        """Take in the events; the newest is followed, except by somebody who is reading."""
        self._entries = entries
        say, table = self._shell.say, self.table
        words = self._field.value.casefold()
        table.begin(
            [
                Column(say("column.case.at"), 16),
                Column(say("column.case.who"), 8, rank=1),
                Column(say("column.case.what"), 20),
            ]
        )
        table.empty = say("case.no_events")
        lines = [
            Line(f"{number} {entry.task or ''}", self._cells(entry))
            for number, entry in enumerate(entries)
            if words in f"{entry.actor} {entry.text}".casefold()
        ]
        follows = not table.total or (table.cursor >= table.total - 1 and not table.has_focus)
        table.fill(0, lines, len(lines), cursor=len(lines) - 1 if follows else None)
        self._tell(table.key)

    def _cells(self, entry: Entry) -> tuple[Cell, ...]:
        who = f"{entry.actor} → {entry.on_behalf_of}" if entry.on_behalf_of else entry.actor
        return Cell(self._shell.column(entry.at), "quiet"), Cell(who), Cell(entry.text)

    def _tell(self, key: str | None) -> None:
        """The event at the cursor in full; its line in the table may be cut."""
        entry = self._entries[int(key.partition(" ")[0])] if key else None
        self.query_one("#sentence", Static).update(shown(entry.text if entry else ""))

    @on(VirtualTable.Moved)
    def _moved(self, message: VirtualTable.Moved) -> None:
        self._tell(message.key)

    @on(Input.Changed)
    def _searched(self) -> None:
        self.show(self._entries)

    def search(self) -> None:
        """Type words that the events must have."""
        type_into(self._field, self._shell.say("case.filter_hint"))

    def end_search(self) -> bool:
        """Show all events again; True if any were left out."""
        if self._field.has_class("-hidden"):
            return False
        self._field.value = ""
        self._field.add_class("-hidden")
        return True
