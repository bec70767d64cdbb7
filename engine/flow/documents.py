"""Documents: they come up when the flow arrives, unless a gate holds them, and wait for signatures."""

from __future__ import annotations

from engine.events import DocumentOpened
from engine.flow.gates import all_open
from engine.flow.namings import ask_for_names
from engine.flow.tokens import leave, leave_if_there
from engine.plan import PlanNode
from engine.run import Run


def arrive_document(run: Run, node: PlanNode) -> None:
    """Bring the document up; one that all have signed lets the flow go on."""
    task = f"{run.state.id}/{node.ref}#1"
    known = run.state.tasks.get(task)
    if known is not None:
        if known.ended:
            leave(run, node)
        return
    gates = run.program.gates_of_document(node.ref)
    if run.state.unapproved("document", node.ref) or not all_open(run, gates):
        return
    listed = (role for turn in run.program.documents[node.ref].signers for role in turn)
    roles = {role: run.roles.fill(role) for role in listed}
    run.emit(DocumentOpened(task, node.ref, roles))
    ask_for_names(run, roles)


def document_done(run: Run, document: str) -> None:
    """The flow goes on if it waits for the document."""
    leave_if_there(run, f"document:{document}")
