"""Doing without an item or a gate."""

from __future__ import annotations

from engine.authority import refuse_own, refuse_unless, waivers
from engine.commands import GATE, Waive
from engine.events import GateOpened, ItemWaived
from engine.finding import open_task, refuse_blank
from engine.rejection import Refusal
from engine.run import Run
from engine.state import ItemTask


def waive(run: Run, command: Waive) -> Refusal | None:
    """Whoever the declaration names, else whoever manages the process, with the reason."""
    if command.task.startswith(GATE):
        return _waive_gate(run, command, command.task.removeprefix(GATE))
    task = open_task(run, command.task, ItemTask, ("item",))
    if isinstance(task, Refusal):
        return task
    refusal = _refuse(run, command, run.program.items[task.ref].waiver)
    if refusal is None:
        run.emit(ItemWaived(task.id, run.authority, command.reason))
    return refusal


def _waive_gate(run: Run, command: Waive, gate: str) -> Refusal | None:
    if gate not in run.program.gates:
        return Refusal("R104", "invalid", {"task": command.task, "case": run.state.id})
    if run.state.is_open(gate):
        return Refusal("R106", "closed", {"task": command.task, "status": "open"})
    refusal = _refuse(run, command, run.program.gates[gate].waiver)
    if refusal is None:
        run.emit(GateOpened(gate, run.authority, command.reason))
    return refusal


def _refuse(run: Run, command: Waive, waiver: str | None) -> Refusal | None:
    return (
        refuse_unless(run, waivers(run, waiver), command.task)
        or refuse_own(run, waiver or run.program.process.managed_by[0])
        or refuse_blank(command.reason, "reason")
    )
