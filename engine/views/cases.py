"""A case as a viewer sees it, and the board of cases."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct

from engine.scope import Scope
from engine.views.access import may_see_fact
from engine.views.gates import GateView, gate_view
from engine.views.reader import Reader
from engine.views.tasks import TaskView, task_view
from engine.waiting import people_awaited

Light = Literal["stuck", "overdue", "running", "closed", "rejected", "withdrawn"]


class FactView(Struct, frozen=True):
    """One fact; `shown` is a dash where there is no value."""

    id: str
    title: str
    shown: str
    private: bool


class CaseView(Struct, frozen=True):
    """One case, for one viewer in one language. Facts that the viewer may not see are left out."""

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


class BoardRow(Struct, frozen=True):
    """One case on the board: who, where it stands, what it waits for and for whom, by when."""

    id: str
    subject: str
    post: str
    status: Light
    stage: str | None
    items_done: int
    items: int
    waits_for: str
    next_due: datetime | None


def light(scope: Scope) -> Light:
    """The one word for a case: stuck is when something open has nobody who could act on it."""
    state = scope.state
    if state.status != "open":
        return state.status
    active = [state.tasks[task] for task in state.active]
    waiting = (task for task in active if task.status in ("open", "handed_over"))
    if any(not people_awaited(scope.program, task) for task in waiting):
        return "stuck"
    return "overdue" if any(task.overdue for task in active) else "running"


def case_view(reader: Reader, viewer: str) -> CaseView:
    """The whole case: header, facts, every task in order, gates."""
    scope = reader.scope
    state, program = scope.state, scope.program
    row = board_row(reader)
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
    )


def board_row(reader: Reader) -> BoardRow:
    """One line about a case; what it waits for is the task that is due first."""
    state = reader.scope.state
    person = reader.scope.context.directory.person(state.subject)
    waiting = [state.tasks[task] for task in state.active if state.tasks[task].status != "waiting"]
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
        status=light(reader.scope),
        stage=reader.stage(state.stage) if state.stage else None,
        items_done=total - state.undone_items,
        items=total,
        waits_for=waits_for,
        next_due=state.next_due,
    )
