"""What came of an act, or would come of it, as lines on a screen."""

from __future__ import annotations

from textual.content import Content

from engine.desk.outcome import Outcome
from engine.views.refusals import RefusalView
from tui.advice import on_screens
from tui.shell import Shell
from tui.texts import shown
from tui.themes import TONES


def refusal_lines(shell: Shell, refusal: RefusalView) -> list[Content]:
    """What is refused, why, and what to do about it."""
    title = shown(f"{refusal.code} {refusal.title}", TONES["bad"])
    return [title, shown(refusal.text), shown(on_screens(shell, refusal.hint))]


def happening_lines(shell: Shell, outcome: Outcome) -> list[Content]:
    """What nobody may have meant, what happens, and every deadline that moves, old and new."""
    lines = [shown(f"! {text}", TONES["notice"]) for text in outcome.cautions]
    lines += [shown(f"· {text}") for text in outcome.sentences]
    lines += [shown(f"→ {one.text}") for one in outcome.moved]
    return lines or [shown(shell.say("told.nothing_else"))]
