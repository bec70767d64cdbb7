"""Trying a rulebook: a case in virtual time, acted in by any role, kept as a scenario if it is worth it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static
from typing_extensions import override

from engine.desk.fields import FieldView
from engine.drafting.sketch import Wish
from engine.drafting.trying import Offer, Trial, Tried, sentence_of
from tui.screens.base import WIDE, BatonScreen
from tui.screens.form_text import Answers, TextForm
from tui.screens.trying_form import TryForm
from tui.shell import Shell
from tui.texts import Cell, joined, shown
from tui.themes import TONES
from tui.widgets.columns import Column
from tui.widgets.details import gate_lines
from tui.widgets.drawing import DrawingPane
from tui.widgets.lines import Lines
from tui.widgets.table import Line, VirtualTable

PANES = ("offers", "graph", "told")


class TryScreen(BatonScreen[tuple[str, int] | None]):
    """See the module's docstring. It ends with the text that holds the new scenario, and where that stands.

    Args:
        shell: what every screen has at hand.
        trial: the case.
        first: the lines that it begins with.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "next_due", show=False),
        Binding("t", "wait", show=False),
        Binding("u", "take_back", show=False),
        Binding("ctrl+s", "keep", show=False),
        Binding("tab,f6", "next_pane(1)", show=False, priority=True),
        Binding("shift+tab,shift+f6", "next_pane(-1)", show=False, priority=True),
    ]
    KEYS: ClassVar = (
        ("↵", "act"),
        ("w", "next_due"),
        ("t", "wait"),
        ("u", "take_back"),
        ("^s", "keep"),
        ("⇥", "pane"),
        ("esc", "back"),
    )

    def __init__(self, shell: Shell, trial: Trial, first: tuple[str, ...]) -> None:
        super().__init__(shell)
        self.tried: Tried | None = None
        self._trial = trial
        self._first = first

    @override
    def body(self) -> ComposeResult:
        """Where the case stands, what can be done, why gates are shut, what has happened."""
        yield Static(id="now")
        yield Lines(id="tabs")
        with Horizontal(id="panes"):
            with Vertical(id="left"):
                yield DrawingPane(id="graph")
            with Vertical(id="right"):
                yield VirtualTable(id="offers")
                with VerticalScroll(id="gates"):
                    yield Static(id="gate-text")
                yield VirtualTable(id="told")
                yield Static(id="whole")

    @override
    def on_mount(self) -> None:
        """Begin."""
        self.action_pane(0)

    @override
    def heading(self) -> str:
        """That nothing here is real."""
        return self.shell.say("try.heading")

    @override
    async def show_all(self) -> None:
        """Play it anew, for the present reader and width."""
        first, self._first = self._first, ()
        await self._do(lambda wish: self._trial.play(wish, *first))

    async def _do(self, step: Callable[[Wish], Tried]) -> None:
        wide = self.size.width >= WIDE
        width = self.size.width // 2 if wide else self.size.width
        wish = Wish(self.shell.drawing_view(max(20, width - 3)), outline=not wide)
        self._show(await asyncio.to_thread(step, wish))

    @work(exclusive=True, group="step")
    async def play(self, *lines: str) -> None:
        """Add lines to what was tried."""
        await self._do(lambda wish: self._trial.play(wish, *lines))

    def _show(self, tried: Tried) -> None:
        self.tried = tried
        self._show_now(tried)
        if tried.sketch is not None:
            self.widget(DrawingPane, "graph").show(tried.sketch.rows, tried.sketch.boxes)
        self._show_offers(tried)
        self._show_told(tried)
        lines = [line for gate in tried.gates for line in gate_lines(self.shell, gate)]
        self.widget(Static, "gate-text").update(Content("\n").join(lines))
        self.widget(Widget, "gates").set_class(not lines, "-hidden")

    def _show_now(self, tried: Tried) -> None:
        shell = self.shell
        parts = [shown(shell.say("try.now", at=tried.now or "—"), "bold")]
        if tried.is_over and tried.now is not None:
            parts.append(shown(shell.say("try.over"), TONES["good"]))
        if tried.next_at is not None:
            parts.append(shown(shell.say("try.next", at=tried.next_at), TONES["quiet"]))
        lines = [joined(parts, "  ")]
        if tried.problem is not None:
            lines.append(shown(f"{shell.sign('overdue')} {tried.problem}", TONES["bad"]))
        self.widget(Static, "now").update(Content("\n").join(lines))

    def _show_offers(self, tried: Tried) -> None:
        shell, table = self.shell, self.widget(VirtualTable, "offers")
        table.begin(
            [
                Column(shell.say("try.who"), 14),
                Column(shell.say("try.does"), 14),
                Column(shell.say("column.case.about"), 16),
            ]
        )
        table.empty = shell.say("try.nothing")
        lines = [
            Line(str(at), (Cell(one.who), Cell(shell.act(one.act)), Cell(one.about)))
            for at, one in enumerate(tried.offers)
        ]
        table.fill(0, lines, len(lines))

    def _show_told(self, tried: Tried) -> None:
        shell, table = self.shell, self.widget(VirtualTable, "told")
        table.begin([Column(shell.say("column.case.at"), 16), Column("", 20)])
        notice = shell.say("try.notice")
        lines = [
            Line(
                str(at),
                (
                    Cell(one.at, "quiet"),
                    Cell(
                        f"{notice} {one.text}" if one.is_notice else one.text,
                        "notice" * one.is_notice,
                    ),
                ),
            )
            for at, one in enumerate(tried.told)
        ]
        table.fill(0, lines, len(lines), cursor=len(lines) - 1)
        self._show_whole()

    @on(VirtualTable.Moved, "#told")
    def _show_whole(self) -> None:
        """The line at the cursor to its end, for notices are long."""
        key = self.widget(VirtualTable, "told").key
        told = self.tried.told[int(key)] if self.tried and key is not None else None
        self.widget(Static, "whole").update(shown(told.text if told else ""))

    @on(VirtualTable.Picked, "#offers")
    def _offered(self, message: VirtualTable.Picked) -> None:
        assert self.tried is not None
        offer = self.tried.offers[int(message.key)]
        if not offer.fields:
            self.play(sentence_of(offer, {}))
            return
        self._ask(offer)

    def _ask(self, offer: Offer) -> None:
        def answered(answers: Answers | None) -> None:
            if answers is not None:
                self.play(sentence_of(offer, answers))

        title = f"{offer.who} · {self.shell.act(offer.act)} · {offer.about}"

        def problem(answers: Answers) -> str | None:
            return self._trial.problem(sentence_of(offer, answers))

        self.app.push_screen(TryForm(self.shell, title, offer.fields, problem), answered)

    def action_next_due(self) -> None:
        """Let the time pass until the next thing happens by itself."""
        at = self.tried.next_at if self.tried else None
        if at is None:
            self.app.notify(self.shell.say("try.no_timer"), markup=False)
        else:
            self.play(f"wait until {at}")

    def action_wait(self) -> None:
        """Let the time pass until an instant that is typed."""
        now = (self.tried.now if self.tried else None) or ""
        shell = self.shell

        def answered(answers: Answers | None) -> None:
            if answers is not None:
                self.play(waiting(answers))

        fields = (FieldView("at", shell.say("try.until"), required=True, value=now),)
        form = TryForm(
            shell, shell.say("try.wait"), fields, lambda one: self._trial.problem(waiting(one))
        )
        self.app.push_screen(form, answered)

    @work(exclusive=True, group="step")
    async def action_take_back(self) -> None:
        """Take the last step back."""
        if self._trial.lines:
            await self._do(self._trial.take_back)

    def action_keep(self) -> None:
        """Write what was tried into the text, as a scenario."""
        if not self._trial.lines:
            return
        shell = self.shell

        def answered(answers: Answers | None) -> None:
            if answers is not None:
                self.dismiss(self._trial.saved(answers["title"]))

        fields = (FieldView("title", shell.say("try.title"), required=True),)
        form = TextForm(shell, shell.say("try.keep"), lambda _: fields, lambda _: None)
        self.app.push_screen(form, answered)

    def on_resize(self) -> None:
        """The drawing fits its pane."""
        if self.tried is not None:
            self.look_again()

    def action_pane(self, number: int) -> None:
        """Show a pane, and give it the focus."""
        for at, name in enumerate(PANES):
            self.set_class(at == number, f"-{name}")
        self.widget(Widget, PANES[number]).focus()
        parts = [
            shown(f" {self.shell.say(f'pane.{name}')} ", "reverse bold" * (at == number))
            for at, name in enumerate(PANES)
        ]
        self.widget(Lines, "tabs").show(joined(parts))

    def action_next_pane(self, by: int) -> None:
        """The pane after, or before, the one that is shown."""
        number = next(at for at, name in enumerate(PANES) if self.has_class(f"-{name}"))
        self.action_pane((number + by) % len(PANES))


def waiting(answers: Answers) -> str:
    """How a scenario says that time passes until an instant that was typed."""
    return f"wait until {' '.join(answers['at'].split())}"
