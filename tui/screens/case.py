"""One case: its graph, its checklist, what has happened, and why it stands where it stands.

One selection is shared by all panes. Where there is room they stand side by side; on a narrow
terminal they are tabs.
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static
from typing_extensions import override

from engine.commands import GATE
from engine.desk.pictures import Drawing
from engine.graph.layout import Box
from engine.views.cases import CaseView
from engine.views.gantt import Gantt
from engine.views.gantt_picture import HEAD, gantt_legend, gantt_sheet
from engine.views.gates import GateView
from engine.views.progress import progress
from engine.views.responsible import HandOverRecord
from engine.views.tasks import TaskView
from engine.views.timeline import Entry
from tui.office import Desk
from tui.screens.acting import act_on
from tui.screens.base import WIDE, BatonScreen
from tui.screens.bulk import act_on_all, targets_in
from tui.shell import Shell
from tui.texts import Cell, joined, shown
from tui.themes import TONES
from tui.widgets.columns import Column
from tui.widgets.details import case_lines, gate_lines, task_lines
from tui.widgets.drawing import DrawingPane, GanttPane, Row
from tui.widgets.holders import HoldersPane
from tui.widgets.pieces import Pieces
from tui.widgets.scrolling import Scrolled
from tui.widgets.table import Line, VirtualTable
from tui.widgets.timeline import TimelinePane

Known = tuple[
    CaseView | None,
    tuple[Entry, ...],
    Gantt | None,
    tuple[HandOverRecord, ...],
]
PANES = ("checklist", "graph", "timeline", "details", "gantt", "holders")


class CaseScreen(BatonScreen[None]):
    """See the module's docstring.

    Args:
        case: its id.
        about: the task that is selected at first.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(at), f"pane({at - 1})", show=False) for at in range(1, len(PANES) + 1)),
        Binding("tab", "next_pane(1)", show=False),
        Binding("shift+tab", "next_pane(-1)", show=False),
        Binding("a", "act", show=False),
        Binding("slash", "filter", show=False),
    ]
    KEYS: ClassVar = (
        ("↵ a", "act"),
        ("1-6 ⇥", "pane"),
        ("/", "filter"),
        ("esc", "back"),
        (":", "commands"),
    )

    def __init__(self, shell: Shell, case: str, about: str = "") -> None:
        super().__init__(shell)
        self.case = case
        self.about = about
        self.view: CaseView | None = None
        self.entries: tuple[Entry, ...] = ()
        self.drawing: Drawing | None = None
        self.gantt: Gantt | None = None
        self.records: tuple[HandOverRecord, ...] = ()

    @override
    def body(self) -> ComposeResult:
        """Who, how far, and the panes."""
        yield Static(id="case-head")
        yield Pieces(id="tabs")
        yield GanttPane(id="gantt")
        with Horizontal(id="panes"):
            with Vertical(id="left", classes="pane-graph"):
                yield DrawingPane(id="graph")
            yield HoldersPane(self.shell, id="holding")
            with Vertical(id="right"):
                yield VirtualTable(id="checklist", can_mark=True)
                with Scrolled(id="details"):
                    yield Static(id="detail-text")
                yield TimelinePane(self.shell, id="events")

    @override
    def on_mount(self) -> None:
        """The checklist has the focus."""
        self.action_pane(0)

    @override
    def heading(self) -> str:
        """The case's id."""
        return self.case

    @override
    async def show_all(self) -> None:
        """All panes, with the selection where it was."""
        shell, case = self.shell, self.case
        language = shell.language

        def question(desk: Desk) -> Known:
            return (
                desk.case(case, language),
                desk.timeline(case, language),
                desk.gantt(case, language),
                desk.hand_overs(case, language),
            )

        known = await shell.ask(question)
        self.view, self.entries, self.gantt, self.records = known
        if self.view is None:
            self.app.notify(shown(shell.say("case.gone", case=case)).plain, markup=False)
            self.dismiss()
            return
        self._show_head(self.view)
        self._show_checklist(self.view)
        self.timeline.show(self.entries)
        self._show_gantt()
        self.holders.show(self.records, self.about)
        self._show_details()
        self.known.set()
        # The first drawing of a process takes a while: nothing else waits for it.
        drawing_view = shell.drawing_view(self._drawing_width)
        self.drawing = await shell.ask(lambda desk: desk.drawing(case, drawing_view))
        self._show_drawing()

    @property
    def timeline(self) -> TimelinePane:
        """What has happened."""
        return self.widget(TimelinePane, "events")

    @property
    def holders(self) -> HoldersPane:
        """Who holds what."""
        return self.widget(HoldersPane, "holding")

    @property
    def _drawing_width(self) -> int:
        """The cells that a drawing may take: the whole width, or half of it beside the rest."""
        share = self.size.width // 2 if self.size.width >= WIDE else self.size.width
        return max(20, share - 2)

    def on_resize(self) -> None:
        """A drawing fits its pane."""
        self.look_again()

    def _show_head(self, view: CaseView) -> None:
        shell = self.shell
        cell = shell.status(view.status, "light")
        first = [
            shown(f"{view.id}  {view.subject} ({view.post})", "bold"),
            shown(cell.text, TONES.get(cell.tone, "")),
            shown(view.rulebook),
            shown(view.process),
        ]
        second = [shown(progress(view, shell.language))]
        if view.stage:
            second.insert(0, shown(shell.say("case.stage_is", stage=view.stage)))
        if view.next_due and self.gantt:
            second.insert(0, self._due(view, view.next_due, self.gantt.now))
        times = (("opened", view.opened_at), ("closed", view.closed_at))
        second += [
            shown(shell.say(f"case.{name}_at", at=shell.local(at))) for name, at in times if at
        ]
        links = (("reopens", view.reopens), ("reopened_as", view.reopened_as))
        second += [shown(shell.say(f"case.link.{name}", case=case)) for name, case in links if case]
        head = Content("\n").join([joined(first, " · "), joined(second, " · ")])
        self.widget(Static, "case-head").update(head)

    def _due(self, view: CaseView, due: datetime, now: datetime) -> Content:
        shell = self.shell
        at = shell.due(due, provisional=view.provisional)
        told = f"{shell.say('case.next_at', at=at)} ({shell.left(due, now)})"
        return shown(told, TONES["bad"] if due < now else "")

    def _show_checklist(self, view: CaseView) -> None:
        shell, table = self.shell, self.widget(VirtualTable, "checklist")
        table.begin(
            [
                Column(shell.say("column.board.status"), 8),
                Column(shell.say("column.case.about"), 14),
                Column(shell.say("column.board.due"), 16),
                Column(shell.say("column.board.for"), 12),
            ]
        )
        table.empty = shell.say("case.no_tasks")
        lines = [self._task_line(task) for task in view.tasks]
        lines += [self._gate_line(gate) for gate in view.gates]
        keys = [line.key for line in lines]
        place = keys.index(self.about) if self.about in keys else self._first_open(view)
        table.fill(0, lines, len(lines), cursor=place)
        self.about = table.key or ""

    def _first_open(self, view: CaseView) -> int:
        """What waits for the person, else what waits for anybody."""
        acts = (at for at, task in enumerate(view.tasks) if task.acts)
        opened = (at for at, task in enumerate(view.tasks) if task.ended_at is None)
        return next(acts, next(opened, 0))

    def _task_line(self, task: TaskView) -> Line:
        shell = self.shell
        # The details say in words what the mark means.
        mark = "~" if task.provisional else ""
        cells = (
            shell.status(task.status),
            Cell(task.title, "" if task.ended_at is None else "quiet"),
            Cell(mark + shell.column(task.due), "bad" if task.status == "overdue" else ""),
            Cell(shell.listed(task.waits_for)),
        )
        return Line(task.id, cells)

    def _gate_line(self, gate: GateView) -> Line:
        shell = self.shell
        status = "gate_open" if gate.open else "gate_shut"
        word = shell.say(f"case.{status}")
        tone = "good" if gate.open else "notice"
        holds = "" if gate.open else shell.listed(gate.holds)
        cells = (
            Cell(f"{shell.sign(status)} {word}", tone),
            Cell(gate.title),
            Cell(""),
            Cell(holds),
        )
        return Line(f"{GATE}{gate.id}", cells)

    def _show_drawing(self) -> None:
        pane = self.widget(DrawingPane, "graph")
        if self.drawing is None:
            return
        picture = self.drawing.picture
        if picture is None:
            pane.show(self.drawing.outline, ())
        else:
            pane.show(picture.rows, picture.layout.boxes)
        pane.pick(self._node_of(self.about))

    def _show_gantt(self) -> None:
        if self.gantt is None:
            return
        sheet = gantt_sheet(self.gantt, self.shell.drawing_view(max(40, self.size.width - 2)))
        boxes = [
            Box(bar.key, "bar", 0, at, sheet.titles, 1)
            for at, bar in enumerate(self.gantt.bars, start=HEAD)
        ]
        pane = self.widget(GanttPane, "gantt")
        pane.show([*sheet.rows, (), *self._gantt_legend()], boxes, head=HEAD)
        pane.pick(self.about)

    def _gantt_legend(self) -> list[Row]:
        view = self.shell.drawing_view(None)
        return [
            ((f"  {entry.sample}", entry.style), (f"  {view.texts(entry.message)}", "head"))
            for entry in gantt_legend(view.glyphs)
        ]

    def _show_details(self) -> None:
        view = self.view
        assert view is not None
        lines = case_lines(self.shell, view)
        for task in view.tasks:
            if task.id == self.about:
                lines = [*task_lines(self.shell, task), shown(""), *lines]
        for gate in view.gates:
            if f"{GATE}{gate.id}" == self.about:
                lines = [*gate_lines(self.shell, gate), shown(""), *lines]
        self.widget(Static, "detail-text").update(Content("\n").join(lines))

    def _node_of(self, about: str) -> str | None:
        """The node of the drawing that a task or gate stands at."""
        if self.drawing is None or self.view is None:
            return None
        refs = {task.id: task.ref for task in self.view.tasks}
        ref = about.removeprefix(GATE) if about.startswith(GATE) else refs.get(about)
        return next((node for node, one in self.drawing.refs.items() if one == ref), None)

    def select(self, about: str) -> None:
        """Select a task or a gate in every pane."""
        if about == self.about or self.view is None:
            return
        self.about = about
        table = self.widget(VirtualTable, "checklist")
        keys = [*(task.id for task in self.view.tasks), *(f"{GATE}{g.id}" for g in self.view.gates)]
        if about in keys:
            table.cursor = keys.index(about)
        self.widget(DrawingPane, "graph").pick(self._node_of(about))
        self.widget(GanttPane, "gantt").pick(about)
        self.holders.pick(about)
        self._show_details()

    @on(VirtualTable.Moved, "#checklist")
    @on(VirtualTable.Moved, "#holders")
    def _checked(self, message: VirtualTable.Moved) -> None:
        if message.key and message.table.has_focus:
            self.select(message.key)

    @on(VirtualTable.Moved, "#timeline")
    def _told(self, message: VirtualTable.Moved) -> None:
        about = (message.key or "").partition(" ")[2]
        if about and self.timeline.table.has_focus:
            self.select(about)

    @on(DrawingPane.Picked, "#gantt")
    def _bar_picked(self, message: DrawingPane.Picked) -> None:
        self.select(message.node)
        self.widget(GanttPane, "gantt").pick(message.node)

    @on(DrawingPane.Picked, "#graph")
    def _drawn(self, message: DrawingPane.Picked) -> None:
        assert self.drawing is not None
        assert self.view is not None
        ref = self.drawing.refs.get(message.node, "")
        found = [task.id for task in self.view.tasks if task.ref == ref]
        found += [f"{GATE}{gate.id}" for gate in self.view.gates if gate.id == ref]
        if found:
            self.select(found[-1])
        self.widget(DrawingPane, "graph").pick(message.node)

    @on(VirtualTable.Picked)
    def action_act(self) -> None:
        """What the person can do about what is marked, else selected."""
        marks = self.widget(VirtualTable, "checklist").marks
        if self.view is None:
            return
        if marks:
            act_on_all(self, self.shell, targets_in(self.view, marks))
        else:
            act_on(self, self.shell, self.view, self.about)

    def action_pane(self, number: int) -> None:
        """Show a pane, and give it the focus."""
        for at, name in enumerate(PANES):
            self.set_class(at == number, f"-{name}")
        target = self.widget(Widget, PANES[number])
        target.focus()
        self._show_tabs(number)
        if PANES[number] == "graph":
            self.look_again()

    def action_next_pane(self, by: int) -> None:
        """The pane after, or before, the one that is shown."""
        number = next(at for at, name in enumerate(PANES) if self.has_class(f"-{name}"))
        self.action_pane((number + by) % len(PANES))

    def _show_tabs(self, number: int) -> None:
        parts = [
            shown(f"{at + 1} {self.shell.say(f'pane.{name}')}", "reverse bold" * (at == number))
            for at, name in enumerate(PANES)
        ]
        self.widget(Pieces, "tabs").say(parts)

    @on(Pieces.Pressed, "#tabs")
    def _pressed(self, message: Pieces.Pressed) -> None:
        self.action_pane(message.number)

    def action_filter(self) -> None:
        """Search the timeline."""
        self.action_pane(PANES.index("timeline"))
        self.timeline.search()

    @on(Input.Submitted, "#filter")
    def _filter_done(self) -> None:
        self.action_pane(PANES.index("timeline"))

    @override
    def action_back(self) -> None:
        """Close the search, then leave."""
        if self.timeline.end_search():
            self.action_pane(PANES.index("timeline"))
        else:
            self.dismiss()
