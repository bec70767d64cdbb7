"""A screen whose rows are filtered by words that are typed over them."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import Input
from typing_extensions import override

from tui.screens.base import BatonScreen
from tui.widgets.searching import type_into
from tui.widgets.table import VirtualTable


class FilteredScreen(BatonScreen[None]):
    """See the module's docstring. A subclass has a field `#filter` above its table."""

    NAME: ClassVar[str]
    """The stem of its texts: `NAME.heading`, `NAME.none`, `NAME.filter_hint`."""
    BINDINGS: ClassVar[list[BindingType]] = [Binding("slash", "filter", show=False)]

    @property
    @abstractmethod
    def table(self) -> VirtualTable:
        """The table of rows."""

    @abstractmethod
    def show_rows(self) -> None:
        """Those of its rows that have the words."""

    @override
    def on_mount(self) -> None:
        """The table has the focus."""
        self.table.focus()

    @property
    def words(self) -> str:
        """What is typed to filter by."""
        return self.widget(Input, "filter").value

    def action_filter(self) -> None:
        """Type words that the rows must have."""
        type_into(self.widget(Input, "filter"), self.shell.say(f"{self.NAME}.filter_hint"))

    @on(Input.Changed, "#filter")
    def _filtered(self) -> None:
        self.show_rows()

    @on(Input.Submitted, "#filter")
    def _filter_done(self) -> None:
        self.table.focus()

    @override
    def action_back(self) -> None:
        """Close the filter, then leave."""
        field = self.widget(Input, "filter")
        if field.has_class("-hidden"):
            super().action_back()
            return
        field.value = ""
        field.add_class("-hidden")
        self.table.focus()
