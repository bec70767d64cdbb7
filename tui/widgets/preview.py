"""The case at the cursor beside a list of cases: what is still to do in it, and what holds it up."""

from __future__ import annotations

from datetime import datetime

from textual import work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static
from typing_extensions import override

from engine.views.cases import CaseView
from engine.views.gates import GateView
from engine.views.progress import progress
from engine.views.tasks import TaskView
from tui.office import Desk
from tui.shell import Shell
from tui.texts import joined, shown
from tui.themes import TONES
from tui.widgets.scrolling import Scrolled


class CasePreview(Scrolled):
    """See the module's docstring.

    Args:
        shell: what every screen has at hand.
    """

    DEFAULT_CSS = """
    CasePreview { padding: 0 1; }
    CasePreview Static { height: auto; }
    """

    def __init__(self, shell: Shell) -> None:
        super().__init__(id="preview")
        self._shell = shell
        self._wanted: str | None = None

    @override
    def compose(self) -> ComposeResult:
        """Its lines."""
        yield Static()

    @work
    async def show(self, case: str | None) -> None:
        """Tell of a case, where there is room for it; of None nothing."""
        self._wanted = case
        if not self.display:
            return
        language = self._shell.language

        def question(desk: Desk) -> tuple[CaseView | None, datetime]:
            return desk.case(case, language) if case else None, desk.now()

        view, now = await self._shell.ask(question)
        if case != self._wanted:
            return
        lines = preview_lines(self._shell, view, now) if view else []
        self.query_one(Static).update(Content("\n").join(lines))
        self.scroll_home(animate=False)


def preview_lines(shell: Shell, case: CaseView, now: datetime) -> list[Content]:
    """How far a case is, then what is to do in it, what is due first before the rest, and gates that are shut."""
    lines = [shown(progress(case, shell.language), "bold")]
    to_do = (one for one in case.tasks if one.ended_at is None and one.status != "not_applicable")
    ordered = sorted(to_do, key=lambda one: (one.due is None, one.due or now))
    lines += [_task_line(shell, one, now) for one in ordered]
    lines += [_gate_line(shell, one) for one in case.gates if not one.open]
    return lines


def _task_line(shell: Shell, task: TaskView, now: datetime) -> Content:
    cell = shell.status(task.status)
    bad = TONES["bad"] if task.due is not None and task.due < now else ""
    parts = [
        Content.assemble(shown(cell.text, TONES.get(cell.tone, "")), " ", shown(task.title)),
        shown(shell.left(task.due, now), bad),
        shown(shell.listed(task.waits_for)),
    ]
    return joined([one for one in parts if one.plain], " · ")


def _gate_line(shell: Shell, gate: GateView) -> Content:
    word = f"{shell.sign('gate_shut')} {shell.say('case.gate_shut')}"
    parts = [Content.assemble(shown(word, TONES["notice"]), " ", shown(gate.title))]
    if gate.holds:
        parts.append(shown(shell.say("detail.holds", value=shell.listed(gate.holds))))
    return joined(parts, " · ")
