"""Saying something about a case."""

from __future__ import annotations

from engine.authority import overseers, refuse_unless
from engine.commands import Comment
from engine.events import Commented
from engine.finding import refuse_blank
from engine.rejection import Refusal
from engine.run import Run


def comment(run: Run, command: Comment) -> Refusal | None:
    """Whoever has a part in the case may speak."""
    part = (*sorted(run.state.people), *overseers(run))
    refusal = refuse_unless(run, part, run.state.id) or refuse_blank(command.text, "text")
    if refusal is None and command.task is not None and command.task not in run.state.tasks:
        refusal = Refusal("R104", "invalid", {"task": command.task, "case": run.state.id})
    if refusal is None:
        run.emit(Commented(run.authority, command.text, command.task))
    return refusal
