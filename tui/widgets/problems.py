"""The problems of the text that is designed: where each is, how grave, and whether one key mends it."""

from __future__ import annotations

from textual.content import Content

from engine.drafting.draft import Draft
from engine.drafting.problems import Problem
from tui.shell import Shell
from tui.texts import Cell, shown
from tui.themes import TONES
from tui.widgets.columns import Column
from tui.widgets.table import Line, VirtualTable


class ProblemTable(VirtualTable):
    """See the module's docstring.

    Args:
        shell: what every screen has at hand.
    """

    def __init__(self, shell: Shell, *, id: str | None = None) -> None:  # noqa: A002 - textual's name
        # Until the first check is back, nothing is known to be right.
        super().__init__(shell.say("design.checking"), id=id)
        self._shell = shell
        self._problems: tuple[Problem, ...] = ()

    def show(self, draft: Draft) -> None:
        """Take in what came of the text."""
        say, self._problems = self._shell.say, draft.problems
        warnings = len(draft.problems) - draft.errors
        count = say("design.count", errors=draft.errors, warnings=warnings)
        self.begin([Column(say("design.place"), 6), Column("", 8), Column(count, 20)])
        self.empty = say("design.no_problems")
        lines = [Line(str(at), self._cells(one)) for at, one in enumerate(draft.problems)]
        self.fill(0, lines, len(lines))

    @property
    def chosen(self) -> Problem | None:
        """The problem at the cursor of the list, while it has the focus."""
        key = self.key if self.has_focus else None
        return None if key is None else self._problems[int(key)]

    def _cells(self, problem: Problem) -> tuple[Cell, ...]:
        tone = "bad" if problem.severity == "error" else "notice"
        sign = self._shell.sign("overdue" if problem.severity == "error" else "stuck")
        fix = f"  [{self._shell.say('design.fixable')}]" if problem.edits else ""
        return (
            Cell(f"{problem.line}:{problem.column}"),
            Cell(f"{sign} {problem.code}", tone),
            Cell(f"{problem.title} · {problem.text}{fix}"),
        )


def problem_lines(shell: Shell, problem: Problem) -> Content:
    """What is wrong to its end, and what mends it."""
    tone = TONES["bad" if problem.severity == "error" else "notice"]
    says = shell.sentences((problem.text, problem.hint))
    parts = [shown(f"{problem.code} {problem.title}", tone), shown(says)]
    if problem.edits:
        parts.append(shown(shell.say("design.fix", fix=problem.fix), TONES["good"]))
    return Content("\n").join(parts)
