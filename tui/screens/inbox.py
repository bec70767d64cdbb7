"""The inbox: what waits for the person, soonest first."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static
from typing_extensions import override

from engine.desk.desk import InboxRow
from engine.views.cases import CaseView
from tui.office import Desk
from tui.screens.acting import act_on
from tui.screens.bulk import Target, act_on_all
from tui.screens.case import CaseScreen
from tui.screens.filtering import FilteredScreen
from tui.texts import Cell
from tui.widgets.columns import Column
from tui.widgets.details import task_lines
from tui.widgets.table import Line, VirtualTable


class InboxScreen(FilteredScreen):
    """See the module's docstring."""

    NAME = "inbox"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("a", "act", show=False)]
    KEYS: ClassVar = (
        ("↵", "show"),
        ("a", "act"),
        ("/", "filter"),
        ("␣", "mark"),
        ("esc", "back"),
        (":", "commands"),
    )

    @override
    def body(self) -> ComposeResult:
        """The filter, the tasks, and what the one at the cursor asks for."""
        yield Input(id="filter", classes="-hidden")
        yield VirtualTable(id="inbox", can_mark=True)
        yield Static(id="task")

    @override
    def on_mount(self) -> None:
        """Nothing is known yet."""
        self.rows: tuple[InboxRow, ...] = ()
        self.now: datetime | None = None

    @property
    @override
    def table(self) -> VirtualTable:
        """The table of tasks."""
        return self.widget(VirtualTable, "inbox")

    @override
    def heading(self) -> str:
        """How much there is to do."""
        return self.shell.say("inbox.heading", count=len(self.rows))

    @override
    async def show_all(self) -> None:
        """The tasks, with the selection where it was."""
        language = self.shell.language
        self.rows, self.now = await self.shell.ask(lambda desk: (desk.inbox(language), desk.now()))
        self.show_rows()

    @override
    def show_rows(self) -> None:
        """Those that have the words."""
        shell, table = self.shell, self.table
        table.begin(
            [
                Column(shell.say("column.board.status"), 10),
                Column(shell.say("column.board.due"), 16),
                Column(shell.say("column.board.name"), 8),
                Column(shell.say("column.case.about"), 20),
                Column(shell.say("column.board.case"), 9, rank=1),
            ]
        )
        table.empty = shell.say("inbox.none_here" if self.rows else "inbox.none")
        every = (self._line(row, self.now) for row in self.rows if self.now)
        words = self.words.casefold()
        lines = [line for line in every if words in line.text.casefold()]
        keys = [line.key for line in lines]
        place = keys.index(table.key) if table.key in keys else None
        table.fill(0, lines, len(lines), cursor=place)
        self._show_task()

    def _line(self, row: InboxRow, now: datetime) -> Line:
        shell, task = self.shell, row.task
        late = "bad" if task.status == "overdue" else ""
        cells = (
            shell.status(task.status),
            Cell(shell.left(task.due, now), late),
            Cell(row.subject),
            Cell(task.title),
            Cell(task.case),
        )
        return Line(task.id, cells)

    @property
    def row(self) -> InboxRow | None:
        """The task at the cursor."""
        return next((row for row in self.rows if row.task.id == self.table.key), None)

    @on(VirtualTable.Moved)
    def _show_task(self) -> None:
        lines = task_lines(self.shell, self.row.task) if self.row else []
        self.widget(Static, "task").update(Content("\n").join(lines))

    @on(VirtualTable.Picked)
    def _picked(self) -> None:
        if self.row is not None:
            screen = CaseScreen(self.shell, self.row.task.case, self.row.task.id)
            self.app.push_screen(screen)

    async def action_act(self) -> None:
        """Act on all tasks that are marked, else on the one at the cursor."""
        marked = [row for row in self.rows if row.task.id in self.table.marks]
        if marked:
            targets = [
                Target(task.case, subject, task.acts, task.id, task.title)
                for subject, task in ((row.subject, row.task) for row in marked)
            ]
            act_on_all(self, self.shell, targets)
            return
        row, language = self.row, self.shell.language
        if row is None:
            return

        def question(desk: Desk) -> CaseView | None:
            return desk.case(row.task.case, language)

        view = await self.shell.ask(question)
        if view is not None:
            act_on(self, self.shell, view, row.task.id)
