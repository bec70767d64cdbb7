"""A case as a viewer sees it."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from engine.commands import CommandName
from engine.projection import case_row, task_row
from engine.views.access import may_see_fact
from engine.views.acts import case_acts
from engine.views.board import Light, board_row
from engine.views.gates import GateView, gate_view
from engine.views.origins import Skipped, idle_gates, skipped
from engine.views.reader import Reader
from engine.views.rest import suspension
from engine.views.tasks import TaskView, task_view


class FactView(Struct, frozen=True):
    """One fact; `shown` is a dash where there is no value."""

    id: str
    title: str
    shown: str
    private: bool


class CaseView(Struct, frozen=True):
    """One case, for one viewer in one language. Facts that the viewer may not see are left out.

    `gates` are those that hold something of this case; `skipped` is what it has passed by, with the reason;
    `acts` are the commands that the viewer may give about the case as a whole; `suspended` says since when
    it stands still, by whom and why; `reopens` is the ended case that it takes up again, `reopened_as`
    the one that has taken it up.
    """

    id: str
    subject: str
    post: str
    rulebook: str
    version: str
    process: str
    status: Light
    stage: str | None
    opened_at: datetime | None
    closed_at: datetime | None
    items_done: int
    items_waived: int
    items: int
    next_due: datetime | None
    provisional: bool
    facts: tuple[FactView, ...]
    tasks: tuple[TaskView, ...]
    gates: tuple[GateView, ...]
    skipped: tuple[Skipped, ...]
    acts: tuple[CommandName, ...]
    suspended: str | None
    reopens: str | None
    reopened_as: str | None


def case_view(reader: Reader, viewer: str) -> CaseView:
    """The whole case: header, facts, every task in order, gates."""
    scope = reader.scope
    state, program = scope.state, scope.program
    idle = idle_gates(reader)
    open_tasks = (task_row(scope, state.tasks[task]) for task in state.active)
    row = board_row(reader, scope.context.calendar, case_row(scope), open_tasks, viewer)
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
        subject=row.subject,
        post=row.post,
        rulebook=row.rulebook,
        version=program.rulebook.version,
        process=reader.title(program.process.title),
        status=row.status,
        stage=row.stage,
        opened_at=state.opened_at,
        closed_at=state.closed_at,
        items_done=row.items_done,
        items_waived=row.items_waived,
        items=row.items,
        next_due=row.next_due,
        provisional=row.provisional,
        facts=tuple(facts),
        tasks=tuple(task_view(reader, task, viewer) for task in state.tasks.values()),
        gates=tuple(gate_view(reader, gate, viewer) for gate in program.gates if gate not in idle),
        skipped=skipped(reader),
        acts=case_acts(scope, viewer),
        suspended=suspension(reader),
        reopens=state.reopens,
        reopened_as=state.reopened_as,
    )
