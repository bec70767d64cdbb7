"""A case as a viewer sees it, and the board of cases."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct

from dsl.model import External, Role
from engine.commands import CommandName
from engine.completeness import missing_parts
from engine.scope import Scope
from engine.state import ActionTask, ItemTask, Task
from engine.views.access import may_see_fact
from engine.views.acts import case_acts
from engine.views.gates import GateView, gate_view
from engine.views.reader import Reader
from engine.views.rest import suspension
from engine.views.tasks import TaskView, task_view
from engine.waiting import people_awaited

Light = Literal[
    "stuck", "overdue", "running", "suspended", "closed", "rejected", "withdrawn", "cancelled"
]  # fmt: skip


class FactView(Struct, frozen=True):
    """One fact; `shown` is a dash where there is no value."""

    id: str
    title: str
    shown: str
    private: bool


class CaseView(Struct, frozen=True):
    """One case, for one viewer in one language. Facts that the viewer may not see are left out.

    `acts` are the commands that the viewer may give about the case as a whole; `suspended` says since
    when it stands still, by whom and why.
    """

    id: str
    subject: str
    post: str
    rulebook: str
    process: str
    status: Light
    stage: str | None
    opened_at: datetime | None
    closed_at: datetime | None
    items_done: int
    items: int
    next_due: datetime | None
    facts: tuple[FactView, ...]
    tasks: tuple[TaskView, ...]
    gates: tuple[GateView, ...]
    acts: tuple[CommandName, ...]
    suspended: str | None


class BoardRow(Struct, frozen=True):
    """One case on the board: who, where it stands, what it waits for and for whom, by when.

    Attributes:
        mine: the case is the viewer's own, or something in it waits for them.
        late: how many tasks are overdue.
        held_by: the title of a shut gate that the flow waits at.
        outside: it waits for what comes from outside the company, or for another system.
    """

    id: str
    subject: str
    post: str
    department: str
    rulebook: str
    status: Light
    stage: str | None
    items_done: int
    items: int
    waits_for: str
    next_due: datetime | None
    mine: bool
    late: int
    held_by: str | None
    outside: bool


def light(scope: Scope) -> Light:
    """The one word for a case: stuck is when something open has nobody who could act on it."""
    state = scope.state
    if state.status != "open":
        return state.status
    if state.suspended is not None:
        return "suspended"
    active = [state.tasks[task] for task in state.active]
    waiting = (task for task in active if task.status in ("open", "handed_over"))
    if any(not people_awaited(scope.program, task) for task in waiting):
        return "stuck"
    return "overdue" if any(task.overdue for task in active) else "running"


def case_view(reader: Reader, viewer: str) -> CaseView:
    """The whole case: header, facts, every task in order, gates."""
    scope = reader.scope
    state, program = scope.state, scope.program
    row = board_row(reader, viewer)
    facts = [
        FactView(
            fact.id,
            reader.title(fact.title),
            reader.value(fact.type, scope.fact_wire(fact.id)),
            bool(fact.private_to),
        )
        for fact in program.rulebook.facts
        if may_see_fact(scope, viewer, fact.id)
    ]
    return CaseView(
        id=state.id,
        subject=state.subject_name,
        post=row.post,
        rulebook=reader.title(program.rulebook.title),
        process=reader.title(program.process.title),
        status=row.status,
        stage=row.stage,
        opened_at=state.opened_at,
        closed_at=state.closed_at,
        items_done=row.items_done,
        items=row.items,
        next_due=row.next_due,
        facts=tuple(facts),
        tasks=tuple(task_view(reader, task, viewer) for task in state.tasks.values()),
        gates=tuple(gate_view(reader, gate, viewer) for gate in program.gates),
        acts=case_acts(scope, viewer),
        suspended=suspension(reader),
    )


def board_row(reader: Reader, viewer: str) -> BoardRow:
    """One line about a case; what it waits for is the task that is due first."""
    scope = reader.scope
    state = scope.state
    person = scope.context.directory.person(state.subject)
    active = [state.tasks[task] for task in state.active]
    waiting = [task for task in active if task.status != "waiting"]
    waiting.sort(key=lambda task: (task.due is None, task.due or task.opened_at))
    waits_for = ""
    if waiting:
        first = task_view(reader, waiting[0], "")
        people = reader.listed(first.waits_for) or reader.say("reader.nobody")
        waits_for = reader.say("reader.waits", task=first.title, people=people)
    total = state.statuses.total()
    return BoardRow(
        id=state.id,
        subject=state.subject_name,
        post=(person.post if person else None) or "—",
        department=(person.department if person else None) or "—",
        rulebook=reader.title(scope.program.rulebook.title),
        status=light(scope),
        stage=reader.stage(state.stage) if state.stage else None,
        items_done=total - state.undone_items,
        items=total,
        waits_for=waits_for,
        next_due=state.next_due,
        mine=state.subject == viewer
        or any(viewer in people_awaited(scope.program, task) for task in active),
        late=state.overdue,
        held_by=_held_by(reader),
        outside=any(_outside(scope, task) for task in waiting),
    )


def _held_by(reader: Reader) -> str | None:
    """The gate that a token stands at, or that keeps the stage it stands before from beginning."""
    scope = reader.scope
    for node, count in scope.state.tokens.items():
        found = scope.program.plan.nodes.get(node)
        if not count or found is None or found.kind not in ("gate", "stage"):
            continue
        gates = (found.ref,) if found.kind == "gate" else scope.program.gates_of_stage(found.ref)
        shut = [gate for gate in gates if not scope.state.is_open(gate)]
        if shut:
            return reader.declared(shut[0])
    return None


def _outside(scope: Scope, task: Task) -> bool:
    if isinstance(task, ActionTask):
        return task.call is not None
    if not isinstance(task, ItemTask) or task.status != "open":
        return False
    roles = scope.program.roles
    lacking = {part.id for part in missing_parts(scope, task)}
    return any(
        one.id in lacking and one.source is not None and _is_external(roles[one.source])
        for one in scope.program.items[task.ref].evidence
    )


def _is_external(role: Role) -> bool:
    return any(isinstance(resolver, External) for resolver in role.resolvers)
