"""Who holds what: for each thing the people who are responsible for it today, and since when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.content import Content
from textual.widgets import Input
from typing_extensions import override

from engine.views.responsible import Answer
from tui.office import Desk
from tui.screens.listing import ListScreen
from tui.shell import Shell
from tui.texts import Cell, joined, shown
from tui.widgets.columns import Column
from tui.widgets.holders import how_held, proof_of
from tui.widgets.table import Line


class HoldingsScreen(ListScreen[Answer]):
    """See the module's docstring. Enter in the filter looks the words up in ended cases too."""

    NAME = "holdings"
    VIEWS: ClassVar = ("all", "received", "giver")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.sought: str | None = None

    @override
    def ask(self, desk: Desk) -> Sequence[Answer]:
        """What live cases hand over, or one thing in all cases."""
        language = self.shell.language
        found = desk.holdings(language)
        if self.sought:
            known = {answer.thing for answer in found}
            more = desk.holdings(language, self.sought)
            found = (*(one for one in more if one.thing not in known), *found)
        return sorted(found, key=lambda one: (one.people, one.title))

    @override
    def is_in(self, row: Answer, view: str) -> bool:
        """True if a view shows the row."""
        return view in ("all", row.how)

    @override
    def columns(self) -> list[Column]:
        """Who, what, how, since when, and where that is recorded."""
        say = self.shell.say
        return [
            Column(say("column.holdings.who"), 14),
            Column(say("column.case.about"), 20),
            Column(say("column.holdings.how"), 14),
            Column(say("column.holdings.since"), 16),
            Column(say("column.board.case"), 9, rank=1),
        ]

    @override
    def line(self, at: int, row: Answer) -> Line:
        """One thing and who has it."""
        shell = self.shell
        how = how_held(shell, row.how, row.unsigned)
        who, case = shell.listed(row.people) or "—", row.task.partition("/")[0]
        cells = (Cell(who), Cell(row.title), how, Cell(shell.column(row.since)), Cell(case))
        return Line(f"{at} {row.thing}", cells)

    @override
    def told(self, row: Answer) -> Content:
        """The proof: the act by which it was taken over, and the hash that seals what lies before."""
        parts = [shown(row.title, "bold"), shown(self.shell.listed(row.people))]
        if row.proof is not None:
            parts.append(shown(proof_of(self.shell, row.proof)))
        if row.until is not None:
            parts.append(shown(self.shell.say("holdings.until", at=self.shell.local(row.until))))
        return joined(parts, " · ")

    @override
    def case_of(self, row: Answer) -> tuple[str, str] | None:
        """The case in which it was handed over."""
        return row.task.partition("/")[0], row.task

    @on(Input.Submitted, "#filter")
    def _seek(self) -> None:
        self.sought = self.words.strip() or None
        self.look_again()
