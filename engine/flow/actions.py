"""Actions and access changes: they come up at their moment, unless a gate holds them."""

from __future__ import annotations

from typing import Literal

from dsl.expressions.tree import Expression
from dsl.model import Access, Action, Call
from engine.deadlines import budget_end, due_timer, moment_of
from engine.events import ActionOpened, Armed, TimerSet
from engine.filling import fill_action
from engine.flow.gates import all_open
from engine.flow.namings import ask_for_names
from engine.flow.tokens import ahead, leave, leave_if_there
from engine.plan import PlanNode
from engine.run import Run
from engine.state import ActionTask

Operation = Literal["action", "grant", "revoke"]


def arrive_action(run: Run, node: PlanNode) -> None:
    """Bring up what has not come up yet; if all is done, the flow goes on."""
    for operation in operations(run, node.ref):
        bring_up(run, node.ref, operation)
    access = run.program.accesses.get(node.ref)
    if access is not None and access.transfer_to is not None:
        _ask_for_heir(run, access.transfer_to)
    if _all_done(run, node.ref):
        leave(run, node)


def action_done(run: Run, ref: str) -> None:
    """The flow goes on if it waits for the action and nothing of it is left."""
    if _all_done(run, ref):
        for kind in ("action", "access"):
            leave_if_there(run, f"{kind}:{ref}")


def arm_revocations(run: Run) -> None:
    """Access is taken back when its moment comes, whatever the flow waits for.

    An access on a way that was not taken is none of this case's.
    """
    revocations = run.program.revocations
    still = ahead(run) if revocations else set()
    for node in revocations:
        owner = _owner(node.ref, "revoke")
        if node.id in still:
            bring_up(run, node.ref, "revoke")
        elif owner in run.state.timers:
            run.emit(Armed(owner, ()))


def look_again(run: Run) -> None:
    """After a fact has changed or a gate has opened: what may come up now, and when."""
    for owner, timers in list(run.state.timers.items()):
        if timers[0].kind == "moment":
            _rearm(run, owner, timers)
    arm_revocations(run)
    for node in [run.program.node(one) for one, count in run.state.tokens.items() if count]:
        if node.kind in ("action", "access"):
            arrive_action(run, node)


def operations(run: Run, ref: str) -> tuple[Operation, ...]:
    """What there is to do for an action or an access, in order."""
    if ref in run.program.actions:
        return ("action",)
    access = run.program.accesses[ref]
    if access.grant_to is None:
        return ("revoke",)
    return ("grant",) if access.revoke_from is None else ("grant", "revoke")


def bring_up(run: Run, ref: str, operation: Operation) -> None:
    """Open the task, or arm its moment, unless that has happened or a gate holds it."""
    owner = _owner(ref, operation)
    if _task_id(run, owner) in run.state.tasks or not all_open(run, run.program.gates_of(ref)):
        return
    kind = "action" if ref in run.program.actions else "access"
    if run.state.unapproved(kind, ref):
        return
    moment = _moment(run, ref, operation)
    at = run.now if moment is None else moment_of(run, moment)
    if at is None:
        return
    if at <= run.now:
        open_action(run, ref, operation)
    elif owner not in run.state.timers:
        run.emit(Armed(owner, (TimerSet(at, "moment"),)))


def parse_owner(run: Run, owner: str) -> tuple[str, Operation]:
    """The declaration and the operation of an armed moment."""
    if owner in run.program.actions:
        return owner, "action"
    ref, _, operation = owner.rpartition(".")
    return ref, "grant" if operation == "grant" else "revoke"


def _rearm(run: Run, owner: str, standing: tuple[TimerSet, ...]) -> None:
    moment = _moment(run, *parse_owner(run, owner))
    at = None if moment is None else moment_of(run, moment)
    timers = () if at is None else (TimerSet(at, "moment"),)
    if timers != standing:
        run.emit(Armed(owner, timers))


def open_action(run: Run, ref: str, operation: Operation) -> None:
    """The task falls to its person now."""
    declared: Action | Access = run.program.actions.get(ref) or run.program.accesses[ref]
    task = _task_id(run, _owner(ref, operation))
    due = budget_end(run, declared.within)
    call = declared.call if isinstance(declared, Action) else None
    filled = fill_action(run, ref, operation, declared.by)
    run.emit(
        ActionOpened(
            task=task,
            ref=ref,
            operation=operation,
            role=declared.by,
            filled=filled,
            due=due,
            timers=due_timer(due),
            call=f"{call.system}.{call.operation}" if call else None,
            arguments=_arguments(run, call) if call else (),
        )
    )
    ask_for_names(run, {declared.by: filled})
    if isinstance(declared, Access) and operation == "revoke" and declared.transfer_to is not None:
        _ask_for_heir(run, declared.transfer_to)


def _ask_for_heir(run: Run, role: str) -> None:
    """Access is not passed on to nobody: whoever gets it is named before it is taken back."""
    ask_for_names(run, {role: run.roles.fill(role)})


def _arguments(run: Run, call: Call) -> tuple[str, ...]:
    """What the system would be given; private facts stay out of the record."""
    return tuple(_argument(run, argument) for argument in call.arguments)


def _argument(run: Run, argument: Expression) -> str:
    if run.is_private(argument):
        return "***"
    try:
        return str(run.evaluate(argument))
    except LookupError:
        return "-"


def _moment(run: Run, ref: str, operation: Operation) -> Expression | None:
    if operation == "action":
        return run.program.actions[ref].on
    access = run.program.accesses[ref]
    return access.grant_on if operation == "grant" else access.revoke_on


def _owner(ref: str, operation: Operation) -> str:
    return ref if operation == "action" else f"{ref}.{operation}"


def _task_id(run: Run, owner: str) -> str:
    return f"{run.state.id}/{owner}#1"


def _all_done(run: Run, ref: str) -> bool:
    ids = [_task_id(run, _owner(ref, operation)) for operation in operations(run, ref)]
    tasks = [run.state.tasks.get(task) for task in ids]
    return all(isinstance(task, ActionTask) and task.status == "done" for task in tasks)
