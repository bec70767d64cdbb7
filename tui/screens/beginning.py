"""How a tried case begins: a form of the rulebook's facts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from textual.screen import Screen

from engine.clock import SystemClock
from engine.drafting.beginning import beginning_fields, beginning_lines
from engine.drafting.draft import Draft
from engine.drafting.trying import Trial
from tui.screens.form_text import Answers
from tui.screens.trying import TryScreen
from tui.screens.trying_form import TryForm
from tui.shell import Shell

T = TypeVar("T")
SCENARIO = "tried"


def begin_trial(
    screen: Screen[T], shell: Shell, draft: Draft, then: Callable[[str, int], None]
) -> None:
    """Ask for the facts, and show the case; what is kept of it goes on as a text with its place."""
    checked = draft.checked
    if checked is None:
        screen.app.notify(shell.say("try.wrong"), markup=False)
        return

    def kept(found: tuple[str, int] | None) -> None:
        if found is not None:
            then(*found)

    trial = Trial(draft, shell.language, _free(draft), shell.shelf)

    def problem(answers: Answers) -> str | None:
        return trial.problem(*beginning_lines(checked, answers))

    def answered(answers: Answers | None) -> None:
        if answers is not None:
            screen.app.push_screen(TryScreen(shell, trial, beginning_lines(checked, answers)), kept)

    fields = beginning_fields(checked, shell.language, SystemClock().now().date())
    screen.app.push_screen(TryForm(shell, shell.say("try.begin"), fields, problem), answered)


def _free(draft: Draft) -> str:
    """An id that no scenario has yet."""
    taken = {part.id for part in draft.parts}
    number = 1
    while f"{SCENARIO}_{number}" in taken:
        number += 1
    return f"{SCENARIO}_{number}"
