"""The settle loop: each event's consequences, until nothing follows any more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.events import (
    ActionCompleted,
    ApprovalEnded,
    ApprovalRequired,
    BecameOverdue,
    CalledBack,
    CaseCancelled,
    CaseClosed,
    CaseOpened,
    CaseWithdrawn,
    ContentProvided,
    DocumentDone,
    DueChanged,
    Event,
    EvidenceAttached,
    FactChanged,
    GateOpened,
    HandedOver,
    ItemApplies,
    ItemDone,
    ItemReady,
    ItemRefused,
    ItemsListed,
    ItemWaived,
    Moved,
    Named,
    RecordChanged,
    RoleFilled,
    Signed,
)
from engine.flow.actions import action_done, arm_revocations, arrive_action, look_again
from engine.flow.approvals import (
    arrive_approval,
    arrive_revise,
    arrive_step,
    conclude,
    escalate_to_named,
)
from engine.flow.causes import ask_why, drop_cause
from engine.flow.copies import give_copies
from engine.flow.documents import arrive_document, document_done
from engine.flow.facts import recompute
from engine.flow.gates import arrive_gate, arrive_stage, watch_gates
from engine.flow.items import arrive_item, item_settled, open_again
from engine.flow.namings import spread_name
from engine.flow.pausing import look_at_pauses
from engine.flow.people import BRINGING, keep_apart, welcome
from engine.flow.rules import act, hear
from engine.flow.tokens import leave
from engine.flow.waits import arm_follow_ups, arrive_wait, await_next_day
from engine.plan import NodeKind, PlanNode
from engine.run import Run
from engine.state import StepTask

HELD_BY_GATES: frozenset[NodeKind] = frozenset({"stage", "gate", "document"})


def settle(run: Run) -> None:
    """Work off everything that follows from the events so far, then look at the gates and the end."""
    state, events, heard = run.state, run.events, run.program.triggers.heard
    while True:
        while run.settled < len(events):
            event = events[run.settled]
            run.settled += 1
            _react(run, event)
            if type(event) in heard:
                hear(run, event)
        if run.waiting:
            act(run)
            continue
        if state.status == "open":
            _look_around(run)
        if run.settled == len(events):
            return


def _react(run: Run, event: Event) -> None:
    """What follows from one event by itself."""
    if run.state.status != "open" and type(event) not in AFTER_CLOSE:
        return
    reaction = REACTIONS.get(type(event))
    if reaction is not None:
        reaction(run, event)
    if run.program.pauses and type(event) in MAY_PAUSE:
        look_at_pauses(run, event)


def _look_around(run: Run) -> None:
    """Gates follow their conditions; a case that nothing is left of ends."""
    watch_gates(run)
    if run.settled == len(run.events) and _is_over(run):
        run.emit(CaseClosed("closed"))


def _is_over(run: Run) -> bool:
    state = run.state
    return not (state.tokens or state.undone_items or state.open_causes)


def _opened(run: Run, event: CaseOpened) -> None:
    del event
    arm_revocations(run)
    await_next_day(run)
    leave(run, run.program.node(run.program.plan.start))


def _moved(run: Run, event: Moved) -> None:
    for item in event.skipped:
        item_settled(run, item)
    state, nodes = run.state, run.program.plan.nodes
    for target in event.to:
        if state.tokens[target] and state.status == "open":
            arrive(run, nodes[target])


def arrive(run: Run, node: PlanNode) -> None:
    """A token has come to a node, or what it waits for there may have come about."""
    ARRIVALS[node.kind](run, node)


def _choose(run: Run, node: PlanNode) -> None:
    way = 0 if run.holds(node.condition) else 1
    skipped = run.program.skipped_by[node.id][1 - way]
    run.emit(Moved(node.id, (node.next[way],), skipped))
    arm_revocations(run)


def _join(run: Run, node: PlanNode) -> None:
    if run.state.tokens[node.id] >= node.need:
        leave(run, node)


def _end(run: Run, node: PlanNode) -> None:
    if node.id == "end:rejected":
        run.emit(CaseClosed("rejected"))
    else:
        leave(run, node)


def _gate_opened(run: Run, event: GateOpened) -> None:
    del event
    _look_at_held(run)


def _look_at_held(run: Run) -> None:
    for node in [run.program.node(one) for one, count in run.state.tokens.items() if count]:
        if node.kind in HELD_BY_GATES:
            arrive(run, node)
    look_again(run)


def _required(run: Run, event: ApprovalRequired) -> None:
    if event.begins:
        arrive(run, run.program.node(f"approval:{event.approval}"))


def _approved(run: Run, event: ApprovalEnded) -> None:
    """What waited for an approval goes on."""
    if event.outcome == "approved" and run.program.triggers.requires:
        _look_at_held(run)


def _named(run: Run, event: Named) -> None:
    spread_name(run, event)
    keep_apart(run, event)
    escalate_to_named(run)


def _role_filled(run: Run, event: RoleFilled) -> None:
    """Of those whom a step now asks, all may have answered."""
    welcome(run, event)
    for task in [run.state.tasks[one] for one in event.tasks]:
        if isinstance(task, StepTask) and not task.ended:
            conclude(run, task)


def _item_ended(run: Run, event: ItemDone | ItemWaived | ItemApplies) -> None:
    if isinstance(event, ItemDone):
        give_copies(run, event)
    else:
        drop_cause(run, event)
    item_settled(run, run.state.tasks[event.task].ref)


def _item_applies(run: Run, event: ItemApplies) -> None:
    _item_ended(run, event)
    welcome(run, event)


def _action_completed(run: Run, event: ActionCompleted) -> None:
    action_done(run, run.state.tasks[event.task].ref)


def _document_done(run: Run, event: DocumentDone) -> None:
    document_done(run, run.state.tasks[event.task].ref)


def _fact_changed(run: Run, event: FactChanged) -> None:
    del event
    recompute(run)


def _withdrawn(run: Run, event: CaseWithdrawn) -> None:
    del event
    run.emit(CaseClosed("withdrawn"))


def _cancelled(run: Run, event: CaseCancelled) -> None:
    del event
    run.emit(CaseClosed("cancelled"))


ARRIVALS: dict[NodeKind, Callable[[Run, PlanNode], None]] = {
    "stage": arrive_stage,
    "fork": leave,
    "join": _join,
    "choice": _choose,
    "merge": leave,
    "approval": arrive_approval,
    "step": arrive_step,
    "revise": arrive_revise,
    "item": arrive_item,
    "gate": arrive_gate,
    "action": arrive_action,
    "access": arrive_action,
    "document": arrive_document,
    "process": leave,
    "wait": arrive_wait,
    "end": _end,
}

AFTER_CLOSE: frozenset[type[Event]] = frozenset({CaseClosed, Named, *BRINGING})
"""What has consequences in a case that is closed."""

MAY_PAUSE: frozenset[type[Event]] = frozenset(
    {
        ItemsListed, ItemReady, ItemApplies, ItemRefused, CalledBack, ContentProvided,
        EvidenceAttached, HandedOver, Signed, RecordChanged,
    }
)  # fmt: skip
"""What may make an item's budget stand, or go on."""

REACTIONS: dict[type[Event], Callable[[Run, Any], None]] = {
    **dict.fromkeys(BRINGING, welcome),
    CaseOpened: _opened,
    Moved: _moved,
    Named: _named,
    ItemDone: _item_ended,
    ItemWaived: _item_ended,
    ItemApplies: _item_applies,
    RoleFilled: _role_filled,
    ItemRefused: open_again,
    CalledBack: open_again,
    ActionCompleted: _action_completed,
    DocumentDone: _document_done,
    GateOpened: _gate_opened,
    FactChanged: _fact_changed,
    BecameOverdue: ask_why,
    DueChanged: drop_cause,
    ApprovalRequired: _required,
    ApprovalEnded: _approved,
    CaseWithdrawn: _withdrawn,
    CaseCancelled: _cancelled,
    CaseClosed: arm_follow_ups,
}
