"""What a scenario could expect where it does not hold: the nearest line of the language that does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, get_args

from msgspec import Struct
from msgspec.structs import replace

from dsl.model import (
    Act,
    ApprovalEnd,
    Channel,
    ExpectApproval,
    ExpectCase,
    ExpectDue,
    ExpectFact,
    ExpectGate,
    ExpectItem,
    ExpectNobodyNotified,
    ExpectNotified,
    ExpectReached,
    ExpectRefused,
    ExpectRule,
    ExpectStep,
    ExpectTask,
    ExpectWaiting,
    ExpectWarning,
    FactBecomes,
    ItemState,
    ScenarioLine,
    StepWord,
    Target,
    TaskState,
    Who,
)
from engine.explaining import gate_obstacles
from engine.rejection import Refusal
from engine.scenarios.expectations import (
    CHECKS,
    REFUSALS,
    dues,
    notices_fitting,
    tasks_about,
)
from engine.scenarios.stage import Stage
from engine.waiting import people_awaited


class Instead(Struct, frozen=True):
    """What would hold at a place of a scenario.

    Attributes:
        line: what is expected.
        behind: it stands behind the line that did not hold, which stays.
    """

    line: ScenarioLine
    behind: bool = False


_ITEM_STATES: tuple[ItemState, ...] = (
    "overdue", "refused", "waived", "not_applicable", "waiting", "open", "handed_over", "done",
)  # fmt: skip
_TASK_STATES: tuple[TaskState, ...] = ("granted", "revoked", "overdue", "open", "done")
"""What says more comes first: what is overdue is open too, what is waived is done too."""
_CASES = ("suspended", "open", "closed", "rejected", "withdrawn", "cancelled")


def instead_of(
    stage: Stage, line: ScenarioLine, done: ScenarioLine | None, refused: Refusal | None
) -> Instead | None:
    """What would hold where an expectation does not; None if the language cannot say it.

    Args:
        stage: the case as it is at that line.
        line: what is expected there.
        done: what was done last.
        refused: the refusal that it met.
    """
    if isinstance(line, ExpectRefused):
        if refused is not None:
            return Instead(refusal_expected(refused))
        candidates = _come_of(stage, done)
    else:
        candidates = _CANDIDATES[type(line)](stage, line)
    for one in candidates:
        if CHECKS[type(one)](stage, one) is None:
            return Instead(one)
    return None


def refusal_expected(refusal: Refusal) -> ExpectRefused:
    """A refusal as a scenario expects it: with what is missing, by its reason, or by its code."""
    reason = next((word for word, kind in REFUSALS.items() if kind == refusal.kind), None)
    if reason is None or (reason == "missing" and not refusal.ids):
        return ExpectRefused("code", None, refusal.code)
    return ExpectRefused(reason, refusal.ids[0] if reason == "missing" else None)


def _come_of(stage: Stage, done: ScenarioLine | None) -> Iterator[ScenarioLine]:
    """What was done, and not refused, has come to something: a scenario that said no less says that."""
    match done:
        case FactBecomes(fact, value):
            yield ExpectFact(fact, value)
        case Act(target=Target("approval") as target):
            yield from _waiting(stage, ExpectWaiting(target, Who()))
        case Act(target=Target("item" | "document") as target):
            yield from _item(stage, ExpectItem(target, "done"))
        case Act(target=Target("action" | "access") as target):
            yield from _task(stage, ExpectTask(target, "done"))
        case Act(target=Target("gate", gate)):
            yield from _gate(stage, ExpectGate(gate, open=True))
        case _:
            pass
    yield from _case(stage, ExpectCase("open"))


def _item(stage: Stage, line: ExpectItem) -> Iterator[ScenarioLine]:
    yield from (replace(line, state=state) for state in _ITEM_STATES)
    yield from _never(stage, line.target)


def _task(stage: Stage, line: ExpectTask) -> Iterator[ScenarioLine]:
    yield from (replace(line, state=state) for state in _TASK_STATES)
    yield from _never(stage, line.target)


def _never(stage: Stage, target: Target) -> Iterator[ScenarioLine]:
    """Only what there is nothing of has never come up: of what is in several states each one is."""
    if not tasks_about(stage, target):
        yield ExpectReached(target, reached=False)


def _reached(_stage: Stage, line: ExpectReached) -> Iterator[ScenarioLine]:
    yield replace(line, reached=not line.reached)


def _step(_stage: Stage, line: ExpectStep) -> Iterator[ScenarioLine]:
    yield from (replace(line, state=state) for state in reversed(get_args(StepWord)))


def _due(stage: Stage, line: ExpectDue) -> Iterator[ScenarioLine]:
    """As exactly as was said before."""
    yield from (replace(line, at=due[: len(line.at)]) for due in dues(stage, line.target)[:1])


def _waiting(stage: Stage, line: ExpectWaiting) -> Iterator[ScenarioLine]:
    target = line.target
    awaited = [
        person
        for task in tasks_about(stage, target)
        for person in people_awaited(stage.program, task)
    ]
    yield from (ExpectWaiting(target, who) for who in _called(stage, awaited))
    if target.kind == "approval":
        yield from (ExpectApproval(target.id, state) for state in get_args(ApprovalEnd))
    elif target.kind in ("item", "document"):
        yield from (ExpectItem(target, state) for state in _ITEM_STATES)
    else:
        yield from (ExpectTask(target, state) for state in _TASK_STATES)
    yield from _never(stage, target)


def _approval(stage: Stage, line: ExpectApproval) -> Iterator[ScenarioLine]:
    yield from _waiting(stage, ExpectWaiting(Target("approval", line.approval), Who()))


def _gate(stage: Stage, line: ExpectGate) -> Iterator[ScenarioLine]:
    """Why it is closed is said where it was said before."""
    yield ExpectGate(line.gate, open=True)
    if line.because is not None:
        obstacles = gate_obstacles(stage.scope, line.gate)
        yield from (replace(line, open=False, because=one) for one in obstacles)
    yield ExpectGate(line.gate, open=False)


def _notified(stage: Stage, line: ExpectNotified) -> Iterator[ScenarioLine]:
    """By another channel, or to somebody else; at last the contrary."""
    if line.told:
        yield from (replace(line, channel=one) for one in get_args(Channel) if line.channel)
        if line.about is not None:
            to = [one.person for notice in notices_fitting(stage, line) for one in notice.to]
            yield from (replace(line, who=who) for who in _called(stage, to))
    yield replace(line, told=not line.told)


def _nobody(stage: Stage, line: ExpectNobodyNotified) -> Iterator[ScenarioLine]:
    members = stage.cast.directory().members(line.group)
    yield from (ExpectNotified(who) for who in _called(stage, members))


def _rule(_stage: Stage, line: ExpectRule) -> Iterator[ScenarioLine]:
    yield replace(line, acted=not line.acted)


def _warning(_stage: Stage, line: ExpectWarning) -> Iterator[ScenarioLine]:
    yield replace(line, stands=not line.stands)


def _fact(stage: Stage, line: ExpectFact) -> Iterator[ScenarioLine]:
    wire = stage.scope.fact_wire(line.fact)
    if wire is not None:
        yield replace(line, value=wire)


def _case(_stage: Stage, line: ExpectCase) -> Iterator[ScenarioLine]:
    yield from (replace(line, state=state) for state in _CASES)


def _called(stage: Stage, people: Iterable[str]) -> Iterator[Who]:
    """Ways to say who: a role that is just these people, else one that is among them, else each by name."""
    found = set(people)
    if not found:
        return
    roles = {one.id: set(stage.scope.roles.people(one.id)) for one in stage.program.rulebook.roles}
    yield from (Who(role=role) for role, filled in roles.items() if filled == found)
    yield from (Who(role=role) for role, filled in roles.items() if filled and filled < found)
    known = stage.cast.directory().persons
    yield from (Who(name=known[one].name) for one in sorted(found) if one in known)


_CANDIDATES: dict[type[ScenarioLine], Callable[[Stage, Any], Iterator[ScenarioLine]]] = {
    ExpectItem: _item,
    ExpectTask: _task,
    ExpectReached: _reached,
    ExpectStep: _step,
    ExpectDue: _due,
    ExpectWaiting: _waiting,
    ExpectApproval: _approval,
    ExpectGate: _gate,
    ExpectNotified: _notified,
    ExpectNobodyNotified: _nobody,
    ExpectRule: _rule,
    ExpectWarning: _warning,
    ExpectFact: _fact,
    ExpectCase: _case,
}
"""By kind of expectation what may hold instead, the nearest first; the first that does is taken."""
