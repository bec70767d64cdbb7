"""What came of an act, or would come of it, as lines on a screen."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content

from dsl.visible import visible
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


def told_shortly(shell: Shell, outcome: Outcome, room: int) -> str:
    """What came of an act in so many cells: the act, what to mind, how it is taken back, and what else has room."""
    first, *others = outcome.sentences or (shell.say("act.carried_out"),)
    told = [first, *outcome.cautions]
    if shell.undo is not None:
        told.append(shell.say("undo.offered", act=shell.act(shell.undo.act)))
    for at, one in enumerate(others):
        more = [shell.say("told.more", count=len(others) - at)]
        rest = more if len(others) - at > 1 else []
        if cell_len(visible(shell.sentences([*told, one, *rest]))) > room:
            return shell.sentences([*told, *more])
        told.append(one)
    return shell.sentences(told)


def happening_lines(shell: Shell, outcome: Outcome) -> list[Content]:
    """What nobody may have meant, what happens, and every deadline that moves, old and new."""
    lines = [shown(f"! {text}", TONES["notice"]) for text in outcome.cautions]
    lines += [shown(f"· {text}") for text in outcome.sentences]
    lines += [shown(f"→ {one.text}") for one in outcome.moved]
    return lines or [shown(shell.say("told.nothing_else"))]
