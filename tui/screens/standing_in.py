"""Who stands in for whom: who is away and by whom that is done meanwhile, and who may act for whom."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from typing_extensions import override

from engine.desk.standing_in import StandIn
from tui.office import Desk
from tui.screens.listing import ListScreen
from tui.texts import Cell, shown
from tui.widgets.columns import Column
from tui.widgets.table import Line

SIGNS = {"now": ("open", "good"), "to_come": ("waiting", ""), "over": ("done", "quiet")}
"""The sign and the tone of a state."""


class StandInsScreen(ListScreen[StandIn]):
    """See the module's docstring."""

    NAME = "stand_ins"
    VIEWS = ("all", "now", "substitute", "grant")

    @override
    def ask(self, desk: Desk) -> Sequence[StandIn]:
        """What holds today first."""
        return desk.stand_ins()

    @override
    def is_in(self, row: StandIn, view: str) -> bool:
        """By whether it holds today, or by its kind."""
        return view in {"all", row.state, row.kind}

    @override
    def columns(self) -> list[Column]:
        """Whether it holds, for whom, what, by whom, and how long."""
        names = ("state", "person", "what", "by", "first", "last")
        ranks = {"first": 1}
        return [
            Column(self.shell.say(f"column.stand_ins.{name}"), 10, ranks.get(name, 0))
            for name in names
        ]

    @override
    def line(self, at: int, row: StandIn) -> Line:
        """One arrangement."""
        shell = self.shell
        sign, tone = SIGNS[row.state]
        cells = (
            Cell(f"{shell.sign(sign)} {shell.say(f'stand_ins.is_{row.state}')}", tone),
            Cell(row.person),
            Cell(shell.say(f"stand_ins.{row.kind}")),
            Cell(row.by),
            Cell(f"{row.first or '—'}"),
            Cell(f"{row.last or '—'}"),
        )
        return Line(f"{at} {row.kind} {row.person} {row.by} {row.first}", cells)

    @override
    def told(self, row: StandIn) -> Content:
        """What it means."""
        values = {"person": row.person, "by": row.by, "first": row.first, "last": row.last}
        told = "stand_ins.told_open" if row.last is None else f"stand_ins.told_{row.kind}"
        return shown(self.shell.say(told, **values))
