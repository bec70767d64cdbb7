"""What must hold after every step of a case, whatever has happened."""

from __future__ import annotations

from collections import Counter

import msgspec
from msgspec import Struct

from engine.events import Event, ItemsListed, TimerFired
from engine.projection import case_row, stamp, task_row
from engine.replay import event_of, replay
from engine.scope import Scope
from engine.service import Service
from engine.state import ENDED, ItemTask, StepTask
from engine.store.port import Row, Store
from engine.views.board import board_row
from engine.views.cases import case_view
from engine.views.reader import Reader
from engine.votes import tally
from engine.waiting import people_awaited


class Seen(Struct, frozen=True):
    """All that a store says of a case, and how many attempts it has written down."""

    case: tuple[list[bytes], list[Row], list[Row], list[Row], list[Row]]
    attempts: int


class _Look:
    def __call__(self, service: Service, case: str) -> None:
        scope = service.scope(case)
        assert scope is not None
        stored = list(service.store.read(case))
        fresh = replay(stored)
        assert fresh == scope.state
        for one in stored:
            assert msgspec.json.encode(event_of(one)) == bytes(one.data)
        _rows(service, Scope(scope.program, fresh, scope.context))
        _timers(scope, [event_of(one) for one in stored])
        _tasks(scope)
        _counts(service, scope)

    def event(self, stored) -> Event:
        return event_of(stored)

    def everything(self, service: Service, case: str) -> Seen:
        store = service.store
        where = {"case": case}
        rows = (
            [bytes(one.data) for one in store.read(case)],
            rows_of_case(store, case),
            store.rows("tasks", where),
            store.rows("timers", where),
            store.rows("outbox", where),
        )
        return Seen(rows, store.version(f"{case}/attempts"))


OF_TASKS = {"due", "rung"}
look_at = _Look()


def rows_of_case(store: Store, case: str) -> list[Row]:
    return [*store.rows("cases", {"id": case}), *store.rows("closed", {"id": case})]


def _rows(service: Service, scope: Scope) -> None:
    """The rows in the store are what a replayed state gives."""
    store, state = service.store, scope.state
    where = {"case": state.id}
    assert rows_of_case(store, state.id) == [case_row(scope)]
    wanted = {task.id: task_row(scope, task) for task in state.tasks.values() if not task.ended}
    assert {row["id"]: row for row in store.rows("tasks", where)} == wanted
    first = min((timer.at for _, timer in state.standing), default=None)
    wakes = [] if first is None else [{"case": state.id, "at": stamp(first)}]
    assert store.rows("timers", where) == wakes


def _timers(scope: Scope, events: list[Event]) -> None:
    """A timer fires once each time it has been set, and none stands for what has ended."""
    standing = {}
    for event in events:
        if isinstance(event, TimerFired):
            set_to = standing.pop((event.owner, event.timer.kind, event.timer.rung))
            assert set_to == event.timer.at
        instances = event.instances if isinstance(event, ItemsListed) else ()
        restarted = getattr(event, "restarted", ())
        going_on = restarted if isinstance(restarted, tuple) else (restarted,)
        for one in (event, *instances, *going_on):
            for timer in getattr(one, "timers", ()):
                owner = getattr(one, "owner", None) or getattr(one, "task", None) or one.ref
                standing[owner, timer.kind, timer.rung] = timer.at
    state = scope.state
    for owner, timer in state.standing:
        assert timer.kind not in OF_TASKS or state.tasks[owner].status not in ENDED
        assert timer.at > scope.now or state.status == "open"
    if state.status == "closed":
        assert {timer.kind for _, timer in state.standing} <= {"due", "follow_up", "turn"}
    elif state.status != "open":
        assert not state.timers
        assert not state.active


def _tasks(scope: Scope) -> None:
    """Whoever waits, waits for somebody or can say why not; no step passes short."""
    state, program = scope.state, scope.program
    view = case_view(Reader(scope, "en"), state.subject)
    for shown in view.tasks:
        if shown.status in ("open", "handed_over", "overdue") and not shown.waits_for:
            assert shown.why, shown.id
    assert set(state.active) == {one.id for one in state.tasks.values() if not one.ended}
    for task in state.tasks.values():
        if isinstance(task, StepTask):
            repeat = program.approvals[task.approval].repeat
            voters = [vote.person for vote in task.votes]
            assert len(voters) == len(set(voters))
            if not task.ended:
                assert tally(task, distinct=repeat == "forbidden") is None
                assert not set(voters) & set(people_awaited(program, task))


def _counts(service: Service, scope: Scope) -> None:
    """Row, board and case view count alike, and as one counts by hand."""
    state = scope.state
    reader = Reader(scope, "zh")
    [row] = rows_of_case(service.store, state.id)
    open_tasks = service.store.rows("tasks", {"case": state.id})
    board = board_row(reader, reader.scope.context.calendar, row, open_tasks, state.subject)
    view = case_view(reader, state.subject)
    items = [task for task in state.tasks.values() if isinstance(task, ItemTask)]
    counts = Counter(task.status for task in items)
    applying = len(items) - counts["not_applicable"]
    count = (applying, counts["done"], counts["waived"])
    overdue = sum(task.overdue for task in state.tasks.values())
    assert (row["items"], row["items_done"], row["items_waived"]) == count
    assert row["overdue"] == overdue
    assert (board.items, board.items_done, board.items_waived) == count
    for name in board.__struct_fields__:
        assert getattr(view, name, getattr(board, name)) == getattr(board, name)
    assert row["next_due"] == (stamp(board.next_due) if board.next_due else None)
    assert (view.status, view.stage) == (board.status, board.stage)
