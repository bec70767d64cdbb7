"""Approvals: rounds, steps, votes, revisions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from engine.events import (
    ApprovalBegun,
    ApprovalEnded,
    Approved,
    Escalated,
    Event,
    Rejected,
    Resubmitted,
    Returned,
    RevisionOpened,
    StepEnded,
    StepOpened,
    StepSkipped,
)
from engine.state import ApprovalState, CaseState, RevisionTask, StepTask, Vote, without


def approval_begun(state: CaseState, event: ApprovalBegun, at: datetime) -> None:
    """A new round knows nothing of the votes of the last."""
    del at
    state.approvals[event.approval] = ApprovalState(event.round, approvers=event.kept)


def step_opened(state: CaseState, event: StepOpened, at: datetime) -> None:
    """The step waits for its slots."""
    state.skipped = without(state.skipped, f"{event.approval}.{event.step}")
    task = StepTask(
        id=event.task,
        kind="step",
        ref=f"{event.approval}.{event.step}",
        opened_at=at,
        due=event.due,
        round=event.round,
        roles=event.roles,
        approval=event.approval,
        step=event.step,
        slots=event.slots,
        chosen=event.chosen,
    )
    state.add(task, event.timers)


def step_skipped(state: CaseState, event: StepSkipped, at: datetime) -> None:
    """Nothing waits; the event says why."""
    del at
    state.skipped = {**state.skipped, f"{event.approval}.{event.step}": event}


def voted(state: CaseState, event: Approved | Rejected, at: datetime) -> None:
    """The answer is kept with the step."""
    task = state.tasks[event.task]
    assert isinstance(task, StepTask)
    vote = Vote(
        person=event.person,
        approves=isinstance(event, Approved),
        opinion=event.opinion,
        at=at,
        by=event.by,
    )
    task.votes += (vote,)
    state.join(*vote.hands)
    if vote.approves:
        approval = state.approvals[task.approval]
        approval.approvers = tuple(dict.fromkeys((*approval.approvers, *vote.hands)))


def returned(state: CaseState, event: Returned, at: datetime) -> None:
    """The sender has a part in the case; `StepEnded` follows."""
    del at
    state.join(event.person)


def step_ended(state: CaseState, event: StepEnded, at: datetime) -> None:
    """The step is over, whatever the answer."""
    task = state.tasks[event.task]
    assert isinstance(task, StepTask)
    task.outcome = event.outcome
    state.change(task, "done", at)


def approval_ended(state: CaseState, event: ApprovalEnded, at: datetime) -> None:
    """The approval has its answer."""
    del at
    state.approvals[event.approval].status = event.outcome


def revision_opened(state: CaseState, event: RevisionOpened, at: datetime) -> None:
    """The application waits for its revision."""
    task = RevisionTask(
        id=event.task,
        kind="revision",
        ref=event.approval,
        opened_at=at,
        roles={event.role: event.filled},
        approval=event.approval,
    )
    state.add(task)


def resubmitted(state: CaseState, event: Resubmitted, at: datetime) -> None:
    """The revision is done."""
    state.change(state.tasks[event.task], "done", at)
    state.join(event.person)


def escalated(state: CaseState, event: Escalated, at: datetime) -> None:
    """The added people may fill any slot of the step; those who could before still can."""
    del at
    task = state.tasks[event.task]
    assert isinstance(task, StepTask)
    task.added = tuple(dict.fromkeys((*task.added, *event.filled.people)))
    state.join(*event.filled.people)


APPLIERS: dict[type[Event], Callable[[CaseState, Any, datetime], None]] = {
    ApprovalBegun: approval_begun,
    StepOpened: step_opened,
    StepSkipped: step_skipped,
    Approved: voted,
    Rejected: voted,
    Returned: returned,
    StepEnded: step_ended,
    ApprovalEnded: approval_ended,
    RevisionOpened: revision_opened,
    Resubmitted: resubmitted,
    Escalated: escalated,
}
