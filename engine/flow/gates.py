"""Gates: watched from the start of the case; what they hold waits for them."""

from __future__ import annotations

from collections.abc import Iterable

from engine.events import GateOpened, GateShut, StageEntered
from engine.flow.tokens import leave
from engine.plan import PlanNode
from engine.run import Run


def all_open(run: Run, gates: Iterable[str]) -> bool:
    """True if none of the gates is shut."""
    return all(run.state.is_open(gate) for gate in gates)


def watch_gates(run: Run) -> None:
    """Open the gates whose conditions hold, shut those whose conditions hold no longer."""
    for gate in run.program.rulebook.gates:
        state = run.state.gates.get(gate.id)
        if state is not None and state.waived_by is not None:
            continue
        holds = all(run.holds(condition) for condition in gate.until)
        if holds != run.state.is_open(gate.id):
            run.emit(GateOpened(gate.id) if holds else GateShut(gate.id))


def arrive_gate(run: Run, node: PlanNode) -> None:
    """The flow waits at a gate until it is open."""
    if run.state.is_open(node.ref):
        leave(run, node)


def arrive_stage(run: Run, node: PlanNode) -> None:
    """A stage begins, unless a gate holds it."""
    held = run.state.unapproved("stage", node.ref)
    if not held and all_open(run, run.program.gates_of_stage(node.ref)):
        run.emit(StageEntered(node.ref))
        leave(run, node)
