"""Another system's answer to a call."""

from __future__ import annotations

from engine.commands import Answer
from engine.events import ActionCompleted, SystemFailed
from engine.rejection import Refusal
from engine.run import Run
from engine.state import ActionTask


def answer(run: Run, command: Answer) -> Refusal | None:
    """A good answer completes the open call; a bad one leaves it to its person."""
    system = f"system:{command.system}"
    if run.actor != system:
        return Refusal(
            "R101", "authority", {"what": command.operation, "person": run.actor, "who": system}
        )
    call = f"{command.system}.{command.operation}"
    active = (run.state.tasks[task] for task in run.state.active)
    task = next((one for one in active if isinstance(one, ActionTask) and one.call == call), None)
    if task is None:
        return Refusal("R104", "invalid", {"task": call, "case": run.state.id})
    if command.ok:
        run.emit(ActionCompleted(task.id, system, command.note))
    else:
        run.emit(SystemFailed(task.id, command.system, command.note))
    return None
