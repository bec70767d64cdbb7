"""How many days each stage takes, drawn to one scale, and what stands in it now."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from typing_extensions import override

from engine.desk.measured import StageTime
from tui.office import Desk
from tui.screens.listing import ListScreen
from tui.texts import Cell, joined, shown
from tui.widgets.columns import Column
from tui.widgets.table import Line

BAR = 40
"""Cells of the longest stage."""


class DurationsScreen(ListScreen[StageTime]):
    """See the module's docstring."""

    NAME = "durations"

    @override
    def ask(self, desk: Desk) -> Sequence[StageTime]:
        """The stages in the order in which cases come through them."""
        return desk.durations(self.shell.language)

    @override
    def columns(self) -> list[Column]:
        """The stage, its cases, its days as a bar, and what stands in it."""
        say = self.shell.say
        return [
            Column(say("column.board.stage"), 14),
            Column(say("column.durations.count"), 6, rank=1),
            Column(say("column.durations.median"), 7),
            Column(say("column.durations.longest"), 7, rank=1),
            Column(say("column.durations.bar"), 10),
            Column(say("column.durations.standing"), 22),
        ]

    @override
    def line(self, at: int, row: StageTime) -> Line:
        """One stage: its bar is solid to the median, thin to the longest."""
        spans = self.shell.glyphs.spans
        scale = min(BAR, max(10, self.size.width - 74))
        longest = max((one.longest or 0.0 for one in self.rows), default=0.0) or 1.0
        solid, thin = (round((days or 0.0) / longest * scale) for days in (row.median, row.longest))
        bar = spans["worked"] * solid + spans["planned"] * (thin - solid)
        stands = ""
        if row.standing:
            values = {"count": row.standing, "days": f"{row.oldest_days:.1f}"}
            stands = self.shell.say("durations.stands", **values)
        beyond = row.longest is not None and row.oldest_days > row.longest
        return Line(
            f"{at} {row.stage}",
            (
                Cell(row.stage),
                Cell(str(row.count)),
                Cell(_days(row.median)),
                Cell(_days(row.longest), "quiet"),
                Cell(bar, "good"),
                Cell(stands, "bad" if beyond else "notice" if row.standing else ""),
            ),
        )

    @override
    def told(self, row: StageTime) -> Content:
        """The case that has stood longest, and what the bar means."""
        say = self.shell.say
        parts = [shown(row.stage, "bold")]
        if row.oldest is not None:
            days = f"{row.oldest_days:.1f}"
            parts.append(shown(say("durations.oldest", case=row.oldest, days=days)))
        return Content("\n").join([joined(parts, " · "), shown(say("durations.about"))])

    @override
    def case_of(self, row: StageTime) -> tuple[str, str] | None:
        """The case that has stood in it longest."""
        return None if row.oldest is None else (row.oldest, "")


def _days(days: float | None) -> str:
    return "—" if days is None else f"{days:.1f}"
