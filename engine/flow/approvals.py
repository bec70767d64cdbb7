"""Approvals: rounds begin, steps open or are passed over, answers move the token."""

from __future__ import annotations

from typing import Literal

from msgspec.structs import replace

from dsl.model import (
    Approval,
    BackOnReject,
    DecideOnTimeout,
    EndOnReject,
    EscalateOnTimeout,
    ReturnOnReject,
    Step,
)
from engine.deadlines import budget_end, due_timer
from engine.events import (
    ApprovalBegun,
    ApprovalEnded,
    Chosen,
    Escalated,
    Filled,
    Moved,
    People,
    RevisionOpened,
    Slot,
    StepEnded,
    StepOpened,
    StepSkipped,
)
from engine.filling import fill_step
from engine.flow.namings import ask_for_names
from engine.flow.notices import Notice, notify
from engine.flow.tokens import leave
from engine.plan import PlanNode
from engine.run import Run
from engine.scope import Scope
from engine.state import RevisionTask, StepTask
from engine.votes import tally
from engine.waiting import people_awaited

Answer = Literal["approved", "rejected"]
_ANSWERS: dict[Literal["approve", "reject"], Answer] = {"approve": "approved", "reject": "rejected"}


def arrive_approval(run: Run, node: PlanNode) -> None:
    """A round begins."""
    earlier = run.state.approvals.get(node.ref)
    run.emit(ApprovalBegun(node.ref, earlier.round + 1 if earlier else 1))
    leave(run, node)


def arrive_step(run: Run, node: PlanNode) -> None:
    """A step opens, unless its condition does not hold or its approver has approved before."""
    approval, step = run.program.steps[node.ref]
    if not run.holds(step.when):
        run.emit(StepSkipped(approval.id, step.id, "condition"))
        _pass(run, node, approval)
        return
    deciding, chosen = deciding_roles(run, step)
    if deciding is None:
        run.emit(StepSkipped(approval.id, step.id, "no_role"))
        _pass(run, node, approval)
        return
    roles = {role: fill_step(run, approval, role) for role in deciding}
    slots = _slots(run, step, roles)
    repeated = _same_approver(run, approval, roles, slots)
    if repeated is not None:
        run.emit(StepSkipped(approval.id, step.id, "same_approver", repeated))
        _pass(run, node, approval)
        return
    turn = run.state.approvals[approval.id].round
    task = f"{run.state.id}/{node.ref}#{turn}"
    due = budget_end(run, step.within)
    timers = due_timer(due)
    run.emit(StepOpened(task, approval.id, step.id, turn, roles, slots, due, timers, chosen))
    ask_for_names(run, roles)


def conclude(run: Run, task: StepTask) -> None:
    """End the step if its votes decide it."""
    outcome = tally(task, distinct=_repeat(run, task) == "forbidden")
    if outcome is not None:
        end_step(run, task, outcome)


def end_step(run: Run, task: StepTask, outcome: Answer, *, timeout: bool = False) -> None:
    """The step has its answer: the token goes on, back, or to the end."""
    approval, _ = run.program.steps[task.ref]
    node = run.program.node(f"step:{task.ref}")
    if outcome == "approved":
        run.emit(StepEnded(task.id, "approved", timeout))
        _pass(run, node, approval)
        return
    match approval.on_reject:
        case EndOnReject() | None:
            run.emit(StepEnded(task.id, "rejected", timeout))
            run.emit(ApprovalEnded(approval.id, "rejected"))
            _refuse(run, node, approval)
        case ReturnOnReject():
            run.emit(StepEnded(task.id, "returned", timeout))
            run.emit(ApprovalEnded(approval.id, "returned"))
            run.emit(Moved(node.id, (f"revise:{approval.id}",)))
        case BackOnReject(step):
            run.emit(StepEnded(task.id, "returned", timeout))
            _go_back(run, node, approval, step)


def arrive_revise(run: Run, node: PlanNode) -> None:
    """The application waits for whoever must revise it."""
    approval = run.program.approvals[node.ref]
    assert isinstance(approval.on_reject, ReturnOnReject)
    _ask_to_revise(run, approval, approval.on_reject.role)


def _refuse(run: Run, node: PlanNode, approval: Approval) -> None:
    """The case ends; of an approval that only holds something, that stays held, and may be asked again."""
    assert node.reject is not None
    if node.reject == "end:rejected":
        run.emit(Moved(node.id, (node.reject,)))
    else:
        run.emit(Moved(node.id, ()))
        _ask_to_revise(run, approval, run.program.process.started_by[0])


def _ask_to_revise(run: Run, approval: Approval, role: str) -> None:
    turn = run.state.approvals[approval.id].round
    task = f"{run.state.id}/{approval.id}.revise#{turn}"
    filled = run.roles.fill(role)
    run.emit(RevisionOpened(task, approval.id, role, filled))
    ask_for_names(run, {role: filled})


def go_on_revised(run: Run, task: RevisionTask) -> None:
    """The chain begins again, or goes on from the step that the rulebook names, if it had come so far."""
    node = run.program.node(f"revise:{task.approval}")
    approval = run.program.approvals[task.approval]
    back = approval.on_reject
    step = back.step if isinstance(back, ReturnOnReject) else None
    if step is None or node.reject is None or not _has_come_to(run, approval, step):
        leave(run, node)
        return
    turn = run.state.approvals[approval.id].round
    run.emit(ApprovalBegun(approval.id, turn + 1, _kept(run, approval, step)))
    run.emit(Moved(node.id, (node.reject,)))


def _has_come_to(run: Run, approval: Approval, step: str) -> bool:
    """True if this round has opened the step, or one behind it."""
    order = [one.id for one in approval.steps]
    turn = run.state.approvals[approval.id].round
    behind = (f"{run.state.id}/{approval.id}.{one}#{turn}" for one in order[order.index(step) :])
    return any(task in run.state.tasks for task in behind)


def time_out(run: Run, task: StepTask) -> None:
    """Nobody has answered in time: do what the rulebook says."""
    approval, _ = run.program.steps[task.ref]
    match approval.on_timeout:
        case EscalateOnTimeout(role):
            _escalate(run, task, role, _others(run, task, approval, role))
        case DecideOnTimeout(outcome):
            end_step(run, task, _ANSWERS[outcome], timeout=True)
        case None:
            pass
        case _:
            notify(run, Notice("timeout", "inbox", task), people_awaited(run.program, task))


def escalate_to_named(run: Run) -> None:
    """What could not be escalated, because nobody had been named yet, is escalated now."""
    for task in [run.state.tasks[one] for one in run.state.active]:
        if not isinstance(task, StepTask) or not task.late or task.added:
            continue
        approval, _ = run.program.steps[task.ref]
        if isinstance(approval.on_timeout, EscalateOnTimeout):
            role = approval.on_timeout.role
            filled = _others(run, task, approval, role)
            if filled.people:
                _escalate(run, task, role, filled)


def _escalate(run: Run, task: StepTask, role: str, filled: Filled) -> None:
    run.emit(Escalated(task.id, role, filled))
    ask_for_names(run, {role: filled})
    notify(run, Notice("timeout", "inbox", task), filled.people)


def _others(run: Run, task: StepTask, approval: Approval, role: str) -> Filled:
    """Who of a role has not answered yet: an answer to one's own place is none to another's."""
    answered = {vote.person for vote in task.votes}
    filled = fill_step(run, approval, role)
    return replace(filled, people=tuple(one for one in filled.people if one not in answered))


def _repeat(run: Run, task: StepTask) -> str:
    return run.program.approvals[task.approval].repeat


def _pass(run: Run, node: PlanNode, approval: Approval) -> None:
    if node.ref == f"{approval.id}.{approval.steps[-1].id}":
        run.emit(ApprovalEnded(approval.id, "approved"))
    leave(run, node)


def _go_back(run: Run, node: PlanNode, approval: Approval, target: str) -> None:
    """To the step named, which keeps the answers before it; from there or earlier to the start."""
    back = node.reject
    assert back is not None
    if back == f"step:{approval.id}.{target}":
        turn = run.state.approvals[approval.id].round
        run.emit(ApprovalBegun(approval.id, turn + 1, _kept(run, approval, target)))
    run.emit(Moved(node.id, (back,)))


def _kept(run: Run, approval: Approval, target: str) -> People:
    """Whoever has approved, in this round, a step before the target."""
    order = [step.id for step in approval.steps]
    before = set(order[: order.index(target)])
    approvers = run.state.approvals[approval.id].approvers
    last = {
        task.step: task
        for task in run.state.tasks.values()
        if isinstance(task, StepTask) and task.approval == approval.id and task.step in before
    }
    voters = (vote for task in last.values() for vote in task.votes if vote.approves)
    found = (one for vote in voters for one in vote.hands if one in approvers)
    return tuple(dict.fromkeys(found))


def deciding_roles(scope: Scope, step: Step) -> tuple[tuple[str, ...] | None, Chosen | None]:
    """The roles that decide a step, and the rows that chose them; no roles if none is collected.

    Where a table has no answer to the facts, the step opens and nobody can act.
    """
    if step.chosen is None:
        return step.roles, None
    table = scope.program.tables[step.chosen.table]
    rows = scope.rows_for(table.id)
    if rows is None:
        return (), Chosen(table.id, ())
    at = next(at for at, one in enumerate(table.outputs) if one.id == step.chosen.output)
    roles = tuple(dict.fromkeys(str(table.rows[row].gives[at]) for row in rows))
    return roles or None, Chosen(table.id, rows)


def _slots(run: Run, step: Step, roles: dict[str, Filled]) -> tuple[Slot, ...]:
    deciding = tuple(roles)
    if deciding and (step.need is None or len(deciding) == 1 == step.need):
        return tuple(Slot((role,), run.roles.need(role, roles[role])) for role in deciding)
    return (Slot(deciding, step.need or 1),)


def _same_approver(
    run: Run, approval: Approval, roles: dict[str, Filled], slots: tuple[Slot, ...]
) -> str | None:
    """The earlier approver whose yes fills every slot, where the rulebook lets it pass."""
    if approval.repeat != "passes":
        return None
    approvers = run.state.approvals[approval.id].approvers
    first: str | None = None
    for slot in slots:
        people = {person for role in slot.roles for person in roles[role].people}
        matching = sorted(people.intersection(approvers))
        if len(matching) < (max(len(people), 1) if slot.need is None else slot.need):
            return None
        first = first or matching[0]
    return first
