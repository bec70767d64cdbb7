"""Notices: who was told what, who was not told and why, and the early warnings that stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.content import Content
from typing_extensions import override

from engine.desk.notices import Warned
from engine.views.notices import NoticeView
from tui.office import Desk
from tui.screens.listing import ListScreen
from tui.texts import Cell, joined, shown
from tui.themes import TONES
from tui.widgets.columns import Column
from tui.widgets.table import Line

Told = NoticeView | Warned


class NoticesScreen(ListScreen[Told]):
    """See the module's docstring."""

    NAME = "notices"
    VIEWS: ClassVar = ("all", "sent", "failed", "warnings")

    @override
    def ask(self, desk: Desk) -> Sequence[Told]:
        """Warnings stand before notices: they are few, and wait for somebody to react."""
        return (*desk.warnings(), *desk.notices(self.shell.language))

    @override
    def is_in(self, row: Told, view: str) -> bool:
        """True if a view shows the row."""
        return view in ("all", self._sort(row))

    def _sort(self, row: Told) -> str:
        if isinstance(row, Warned):
            return "warnings"
        return "failed" if row.withheld else "sent"

    @override
    def columns(self) -> list[Column]:
        """When, what sort, which case, to whom, what."""
        say = self.shell.say
        return [
            Column(say("column.board.status"), 10),
            Column(say("column.case.at"), 16),
            Column(say("column.board.case"), 9, rank=1),
            Column(say("column.notices.to"), 16),
            Column(say("column.case.what"), 24),
        ]

    @override
    def line(self, at: int, row: Told) -> Line:
        """One notice or warning."""
        shell, sort = self.shell, self._sort(row)
        sign, tone = SIGNS[sort]
        state = Cell(f"{shell.sign(sign)} {shell.say(f'notices.sort.{sort}')}", tone)
        if isinstance(row, Warned):
            what = f"{row.rule}: {row.record}"
            cells = (shell.column(row.raised_at), "", shell.listed(row.told), what)
        else:
            to = shell.clauses(row.withheld) or shell.listed(row.to)
            cells = (shell.column(row.at), row.case, to, row.text)
        return Line(f"{at} {row.id}", (state, *map(Cell, cells)))

    @override
    def told(self, row: Told) -> Content:
        """All of it, and the channel."""
        shell = self.shell
        if isinstance(row, Warned):
            return joined([shown(row.record, "bold"), *map(shown, row.notes)], " · ")
        channel = shown(shell.say("notices.channel", channel=row.channel), TONES["quiet"])
        why = [shown(shell.clauses(row.withheld), TONES["bad"])] if row.withheld else []
        rule = [shown(shell.say("notices.rule", rule=row.rule))] if row.rule else []
        return joined([shown(row.text, "bold"), *why, *rule, channel], " · ")

    @override
    def case_of(self, row: Told) -> tuple[str, str] | None:
        """The case that a notice is about."""
        return None if isinstance(row, Warned) or not row.case else (row.case, "")


SIGNS = {"sent": ("done", "good"), "failed": ("overdue", "bad"), "warnings": ("stuck", "notice")}
"""Per sort the status whose sign it has, and its tone."""
