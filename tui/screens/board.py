"""The board: every case that the person may see, what it waits for, and what is stuck."""

from __future__ import annotations

from typing import ClassVar, TypeVar, get_args

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widgets import Input, Static
from typing_extensions import override

from dsl.os_reasons import os_reason
from engine.desk.board import BoardPage, BoardQuery, Group, Order, View
from engine.texts import MESSAGES as ENGINE
from engine.views.board import BoardRow
from engine.views.cases import CaseView
from engine.views.refusals import RefusalView
from tui.advice import on_screens
from tui.office import Desk
from tui.screens.base import BatonScreen
from tui.screens.board_rows import board_columns, board_line
from tui.screens.bulk import Target, act_on_all
from tui.screens.case import CaseScreen
from tui.screens.durations import DurationsScreen
from tui.screens.holdings import HoldingsScreen
from tui.screens.inbox import InboxScreen
from tui.screens.lateness import LatenessScreen
from tui.screens.notices import NoticesScreen
from tui.screens.opening import OpeningScreen
from tui.screens.opening_text import design
from tui.screens.standing_in import StandInsScreen
from tui.screens.views import Chosen, ColumnsScreen, ViewsScreen
from tui.texts import joined, shown
from tui.themes import TONES
from tui.widgets.pieces import Pieces
from tui.widgets.preview import CasePreview
from tui.widgets.searching import type_into
from tui.widgets.table import PAGE, VirtualTable

T = TypeVar("T")
TABS: tuple[View, ...] = get_args(View)
ORDERS: tuple[Order, ...] = get_args(Order)
GROUPED: tuple[Group, ...] = get_args(Group)
BROAD = 190
"""Columns from which the case at the cursor stands beside the list: no row takes two lines for it."""
TALL = 36
"""Lines from which it stands below the list."""
COUNTDOWN_SECONDS = 20
"""Countdowns are told to the minute."""


class BoardScreen(BatonScreen[None]):
    """See the module's docstring."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(number), f"view({number - 1})", show=False)
            for number in range(1, len(TABS) + 1)
        ),
        Binding("slash", "filter", show=False),
        Binding("s", "order", show=False),
        Binding("S", "turn", show=False),
        Binding("b", "group", show=False),
        Binding("c", "columns", show=False),
        Binding("v", "own_views", show=False),
        Binding("i", "inbox", show=False),
        Binding("o", "open", show=False),
        Binding("n", "notices", show=False),
        Binding("w", "holdings", show=False),
        Binding("p", "stand_ins", show=False),
        Binding("t", "lateness", show=False),
        Binding("T", "durations", show=False),
        Binding("a", "act", show=False),
        Binding("d", "design_rulebook", show=False),
        Binding("escape", "clear", show=False),
    ]
    KEYS: ClassVar = (
        ("↵", "show"),
        ("a", "act"),
        ("i", "inbox"),
        ("/", "filter"),
        ("1-9", "view"),
        ("␣", "mark"),
        ("o", "open"),
        (":", "commands"),
        ("s", "order"),
        ("b", "group"),
        ("n w p t T", "reports"),
    )

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (BROAD, "-broad")]  # noqa: RUF012 - as textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-low"), (TALL, "-tall")]  # noqa: RUF012 - as textual declares it
    AUTO_FOCUS: ClassVar[str | None] = "#board"
    """Not the filter: what is typed before all is there must not land in it unseen."""

    @override
    def body(self) -> ComposeResult:
        """Views, the filter, the table, why the case at the cursor is where it is, and what is to do in it."""
        yield Pieces(2, id="tabs")
        yield Input(id="filter", classes="-hidden")
        with Container(id="board-panes"):
            with Vertical(id="board-list"):
                yield VirtualTable(id="board", can_mark=True)
                yield Static(id="reason")
            yield CasePreview(self.shell)

    @override
    def on_mount(self) -> None:
        """The table has the focus."""
        self.asked = BoardQuery()
        self.page: BoardPage | None = None
        self._rows: dict[str, BoardRow] = {}
        self.table.focus()
        self.set_interval(COUNTDOWN_SECONDS, self._tick)

    @property
    def table(self) -> VirtualTable:
        """The table of cases."""
        return self.widget(VirtualTable, "board")

    @override
    def heading(self) -> str:
        """The clock, so that countdowns can be understood."""
        return self.shell.local(self.page.now) if self.page else ""

    @override
    async def show_all(self) -> None:
        """The page that is on the screen, with the selection where it was.

        Cases that have ended are counted once the first page is there.
        """
        self.table.forget()
        query = replace(self.asked, keep=self.table.key)
        first = self.page is None
        await self._fetch(query, self.table.visible_page, counted=not first)
        if first:
            await self._fetch(query, self.table.visible_page)

    async def _fetch(self, query: BoardQuery, offset: int, *, counted: bool = True) -> None:
        language = self.shell.language

        def question(desk: Desk) -> BoardPage | RefusalView:
            return desk.board(query, language, offset, PAGE, counted=counted)

        found = await self.shell.ask(question)
        if isinstance(found, RefusalView):
            self._say_reason(
                Content.assemble(
                    shown(found.text, TONES["bad"]), " ", shown(on_screens(self.shell, found.hint))
                )
            )
            return
        self.page = found
        if query.keep is None:
            self._rows.clear()
        self._rows.update((row.id, row) for row in found.rows if isinstance(row, BoardRow))
        table = self.table
        table.empty = self._says_empty(query)
        table.begin(board_columns(self.shell, query.columns))
        lines = [board_line(self.shell, row, found.now, query.columns) for row in found.rows]
        table.fill(found.offset, lines, found.total, cursor=found.place)
        self._show_tabs()
        self._show_reason(table.key)

    def _says_empty(self, query: BoardQuery) -> str:
        if query.view == "stuck" and not query.words:
            return ENGINE.say(self.shell.language, "stuck.none")
        every = query.view == "live" and not query.words
        return self.shell.say("board.none" if every else "board.none_here")

    def _tick(self) -> None:
        """Countdowns go on by themselves; the clock of the workspace is asked, not guessed."""
        if self.app.screen is self and self.page is not None:
            self.look_again()

    def _show_tabs(self) -> None:
        assert self.page is not None
        shell, parts = self.shell, []
        for number, view in enumerate(TABS, start=1):
            text = f"{number} {shell.say(f'view.{view}')} {self.page.counts.get(view, '…')}"
            parts.append(shown(text, "reverse bold" if view == self.asked.view else ""))
        order = shell.say("board.order", order=shell.say(f"order.{self.asked.order}"))
        if self.asked.group != "none":
            by = shell.say(f"column.board.{self.asked.group}")
            order = f"{order} · {shell.say('board.grouped', by=by)}"
        words = shell.say("board.filter", words=self.asked.words) if self.asked.words else ""
        tail = [shown(text, TONES["quiet"]) for text in (order, words) if text]
        self.widget(Pieces, "tabs").say([*parts, *tail])

    def on_resize(self) -> None:
        """There may be room for the case at the cursor now."""
        self.call_after_refresh(lambda: self._show_reason(self.table.key))

    def _show_reason(self, case: str | None) -> None:
        self.query_one(CasePreview).show(case)
        row = self._rows.get(case or "")
        if row is None:
            self._say_reason(shown(""))
            return
        shell = self.shell
        cell = shell.status(row.status, "light")
        parts = [
            shown(row.subject, "bold"),
            *(shown(text) for text in (row.post, row.department, row.stage) if text),
            shown(cell.text, TONES.get(cell.tone, "")),
            shown(row.waits_for or shell.say("board.waits_for_nothing")),
        ]
        if row.held_by:
            parts.append(shown(shell.say("board.held_by", gate=row.held_by), TONES["notice"]))
        if row.next_due and self.page:
            at = shell.due(row.next_due, provisional=row.provisional)
            due = f"{at} ({shell.left(row.next_due, self.page.now)})"
            parts.append(shown(due, TONES["bad"] if row.late else ""))
        self._say_reason(joined(parts, " · "))

    def _say_reason(self, text: Content) -> None:
        self.widget(Static, "reason").update(text)

    @on(Pieces.Pressed, "#tabs")
    def _pressed(self, message: Pieces.Pressed) -> None:
        if message.number < len(TABS):
            self.action_view(message.number)
        elif message.number == len(TABS):
            self.action_order()
        else:
            self.action_filter()

    @on(VirtualTable.Wanted)
    def _wanted(self, message: VirtualTable.Wanted) -> None:
        query = replace(self.asked, keep=self.table.key)
        self.run_worker(self._fetch(query, message.offset), group=f"page {message.offset}")

    @on(VirtualTable.Moved)
    def _moved(self, message: VirtualTable.Moved) -> None:
        self._show_reason(message.key)

    @on(VirtualTable.Picked)
    def _picked(self, message: VirtualTable.Picked) -> None:
        self.app.push_screen(CaseScreen(self.shell, message.key))

    def _ask_anew(self, query: BoardQuery) -> None:
        self.asked = query
        self.look_again()

    def action_view(self, number: int) -> None:
        """One of the saved views."""
        self._ask_anew(replace(self.asked, view=TABS[number]))

    def action_order(self) -> None:
        """The next order."""
        self._ask_anew(replace(self.asked, order=_after(ORDERS, self.asked.order)))

    def action_turn(self) -> None:
        """The other way round."""
        self._ask_anew(replace(self.asked, descending=not self.asked.descending))

    def action_group(self) -> None:
        """Group by the next of what can be grouped by, or not at all."""
        self._ask_anew(replace(self.asked, group=_after(GROUPED, self.asked.group)))

    def action_columns(self) -> None:
        """Choose the columns."""

        def chosen(query: BoardQuery | None) -> None:
            if query is not None:
                self._ask_anew(query)

        self.app.push_screen(ColumnsScreen(self.shell, self.asked), chosen)

    async def action_own_views(self) -> None:
        """Show, keep or forget a view of one's own."""
        views = await self.shell.ask(lambda desk: desk.views())
        self.app.push_screen(ViewsScreen(self.shell, views, self.asked), self._view_chosen)

    def _view_chosen(self, chosen: Chosen | None) -> None:
        if chosen is None:
            return
        if chosen.query is not None:
            self.widget(Input, "filter").value = chosen.query.words
            self._ask_anew(chosen.query)
        if chosen.keep or chosen.forget:
            self.run_worker(self._keep(chosen))

    async def _keep(self, chosen: Chosen) -> None:
        name, query = chosen.keep or chosen.forget, chosen.query
        problem = await self.shell.ask(lambda desk: desk.keep_view(name, query))
        say = self.shell.say
        text = say("views.kept" if chosen.keep else "views.forgotten", name=name)
        if problem is not None:
            text = say("views.not_kept", reason=os_reason(self.shell.language, problem))
        self.app.notify(shown(text).plain, markup=False)

    def action_filter(self) -> None:
        """Type a filter; it holds while it is typed."""
        type_into(self.widget(Input, "filter"), self.shell.say("board.filter_hint"))

    def action_clear(self) -> None:
        """Close the filter field, then take the filter away."""
        field = self.widget(Input, "filter")
        if field.has_class("-hidden"):
            self._ask_anew(replace(self.asked, words=""))
            return
        self._close_filter()

    @on(Input.Changed, "#filter")
    def _filter_changed(self, message: Input.Changed) -> None:
        self._ask_anew(replace(self.asked, words=message.value))

    @on(Input.Submitted, "#filter")
    def _close_filter(self) -> None:
        self.widget(Input, "filter").add_class("-hidden")
        self.table.focus()

    async def action_act(self) -> None:
        """Act on all cases that are marked, else on the one at the cursor."""
        chosen = sorted(self.table.marks) or [key for key in (self.table.key,) if key]
        language = self.shell.language

        def question(desk: Desk) -> list[CaseView | None]:
            return [desk.case(one, language) for one in chosen]

        views = [one for one in await self.shell.ask(question) if one is not None]
        act_on_all(self, self.shell, [Target(one.id, one.subject, one.acts) for one in views])

    def action_design_rulebook(self) -> None:
        """Design a rulebook."""
        design(self, self.shell)

    def action_inbox(self) -> None:
        """What waits for the person."""
        self.app.push_screen(InboxScreen(self.shell))

    def action_notices(self) -> None:
        """Who was told what, who was not, and warnings."""
        self.app.push_screen(NoticesScreen(self.shell))

    def action_holdings(self) -> None:
        """Who holds what."""
        self.app.push_screen(HoldingsScreen(self.shell))

    def action_stand_ins(self) -> None:
        """Who stands in for whom."""
        self.app.push_screen(StandInsScreen(self.shell))

    def action_lateness(self) -> None:
        """How late items are."""
        self.app.push_screen(LatenessScreen(self.shell))

    def action_durations(self) -> None:
        """How long stages take."""
        self.app.push_screen(DurationsScreen(self.shell))

    def action_open(self) -> None:
        """Open a case."""
        self.app.push_screen(OpeningScreen(self.shell))


def _after(several: tuple[T, ...], one: T) -> T:
    """The next one, and after the last the first."""
    return several[(several.index(one) + 1) % len(several)]
