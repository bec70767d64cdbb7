"""The heat map: how late items are, by item and by the post of the person concerned."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.content import Content
from typing_extensions import override

from engine.desk.measured import Heat, HeatMap, HeatRow
from tui.office import Desk
from tui.screens.listing import ListScreen
from tui.shell import Shell
from tui.texts import Cell, joined, shown
from tui.widgets.columns import Column
from tui.widgets.table import Line

LEVEL_TONES = ("quiet", "", "notice", "notice", "bad")
"""Per level of lateness."""
CELL = 14


class LatenessScreen(ListScreen[HeatRow]):
    """See the module's docstring."""

    NAME = "lateness"
    KEYS: ClassVar[tuple[tuple[str, str], ...]] = (
        ("/", "filter"),
        ("esc", "back"),
        (":", "commands"),
    )

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.posts: tuple[str, ...] = ()

    @override
    def ask(self, desk: Desk) -> Sequence[HeatRow]:
        """The map, the worst items first."""
        found: HeatMap = desk.lateness(self.shell.language)
        self.posts = found.posts
        return found.rows

    @override
    def columns(self) -> list[Column]:
        """The items, all posts together, then each post; the worst posts stay longest."""
        say = self.shell.say
        posts = [Column(post, CELL, rank=at) for at, post in enumerate(self.posts, start=1)]
        return [
            Column(say("column.case.about"), 18),
            Column(say("lateness.all_posts"), CELL),
            *posts,
        ]

    @override
    def line(self, at: int, row: HeatRow) -> Line:
        """One item."""
        cells = map(self._cell, (row.all, *row.cells))
        return Line(f"{at} {row.item}", (Cell(row.item), *cells))

    def _cell(self, heat: Heat | None) -> Cell:
        if heat is None:
            return Cell("")
        shade = self.shell.glyphs.shades[heat.level] * 3
        text = f"{shade} {heat.late}/{heat.count}"
        days = self.shell.say("lateness.days", days=heat.days)
        return Cell(f"{text} {days}" if heat.days else text, LEVEL_TONES[heat.level])

    @override
    def told(self, row: HeatRow) -> Content:
        """The item in words, and what the signs mean."""
        say = self.shell.say
        values = {"late": row.all.late, "count": row.all.count, "days": row.all.days}
        first = joined([shown(row.item, "bold"), shown(say("lateness.row", **values))], " · ")
        return Content("\n").join([first, shown(say("lateness.about"))])
