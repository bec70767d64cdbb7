"""Who holds what of a case: for each item who gives it, who takes it over, and whether that is done."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static
from typing_extensions import override

from engine.views.responsible import HandOverRecord, Proof
from tui.shell import Shell
from tui.texts import Cell, joined, shown
from tui.widgets.columns import Column
from tui.widgets.table import Line, VirtualTable


class HoldersPane(Vertical):
    """See the module's docstring. Its table has the id `holders`; its keys are tasks.

    Args:
        shell: what every screen has at hand.
    """

    def __init__(self, shell: Shell, *, id: str | None = None) -> None:  # noqa: A002 - textual's name
        super().__init__(id=id)
        self._shell = shell
        self._records: dict[str, HandOverRecord] = {}

    @override
    def compose(self) -> ComposeResult:
        """The items, and the proof of the one at the cursor."""
        yield VirtualTable(id="holders")
        yield Static(id="holder")

    @property
    def table(self) -> VirtualTable:
        """The table of items."""
        return self.query_one("#holders", VirtualTable)

    def show(self, records: Sequence[HandOverRecord], about: str) -> None:
        """Take in the items, with the selection of the case."""
        say, table = self._shell.say, self.table
        self._records = {one.task: one for one in records}
        table.begin(
            [
                Column(say("column.case.about"), 16),
                Column(say("column.holders.giver"), 8),
                Column(say("column.holders.receiver"), 8),
                Column(say("column.holdings.how"), 12, below=True),
                Column(say("column.holdings.since"), 16, below=True),
            ]
        )
        table.empty = say("holders.none")
        table.fill(0, [self._line(one) for one in records], len(records), cursor=self._place(about))
        self._tell()

    def pick(self, about: str) -> None:
        """Go to an item, if it is one that is handed over."""
        place = self._place(about)
        if place is not None:
            self.table.cursor = place

    def _place(self, about: str) -> int | None:
        return list(self._records).index(about) if about in self._records else None

    def _line(self, one: HandOverRecord) -> Line:
        shell = self._shell
        how = "giver" if one.done is None else "received"
        cells = (
            Cell(one.title),
            Cell(shell.listed(one.giver_names) or "—"),
            Cell(shell.listed(one.receiver_names) or "—"),
            how_held(shell, how, one.unsigned),
            Cell(shell.column(one.done or one.since)),
        )
        return Line(one.task, cells)

    @on(VirtualTable.Moved)
    def _tell(self) -> None:
        """Who answers for it now, and the act and the hash that prove it."""
        one = self._records.get(self.table.key or "")
        if one is None:
            self.query_one("#holder", Static).update(shown(""))
            return
        people = one.giver_names if one.done is None else one.receiver_names
        now = self._shell.say("holders.now", people=self._shell.listed(people) or "—")
        parts = [shown(one.title, "bold"), shown(now)]
        if one.proof is not None:
            parts.append(shown(proof_of(self._shell, one.proof)))
        self.query_one("#holder", Static).update(joined(parts, " · "))


def how_held(shell: Shell, how: str, unsigned: Sequence[str]) -> Cell:
    """Whether a thing was taken over, or whose signature that waits for."""
    if how == "received":
        return Cell(f"{shell.sign('done')} {shell.say('holdings.how.received')}", "good")
    if unsigned:
        told = shell.say("holdings.how.unsigned", people=shell.listed(unsigned))
        return Cell(f"{shell.sign('handed_over')} {told}", "notice")
    return Cell(f"{shell.sign('open')} {shell.say('holdings.how.giver')}")


def proof_of(shell: Shell, proof: Proof) -> str:
    """The act by which a thing was taken over, and the hash that seals what lies before it."""
    return shell.say(
        "holdings.proof", proof=f"{proof.case}#{proof.sequence} {proof.hash_before[:12]}"
    )
