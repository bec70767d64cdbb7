"""A gate and why it is shut."""

from __future__ import annotations

from msgspec import Struct

from dsl.model import HeldStage, Target
from engine.commands import CommandName
from engine.explaining import gate_obstacles
from engine.state import ItemTask, RevisionTask, StepTask, Task
from engine.views.acts import gate_acts
from engine.views.reader import Reader
from engine.views.tasks import task_view


class ObstacleView(Struct, frozen=True):
    """One thing that keeps a gate shut, with what it lacks itself."""

    title: str
    task: str | None
    waits_for: tuple[str, ...]
    why: tuple[str, ...]


class GateView(Struct, frozen=True):
    """One gate, for one reader.

    Attributes:
        origin: the text and line of the rulebook that declares it.
        holds: the titles of what it keeps from happening.
        acts: the commands that the viewer may give about it now.
    """

    id: str
    title: str
    open: bool
    waived: str | None
    holds: tuple[str, ...]
    say: str | None
    because: str | None
    origin: str | None
    obstacles: tuple[ObstacleView, ...]
    acts: tuple[CommandName, ...]


def gate_view(reader: Reader, gate: str, viewer: str) -> GateView:
    """A gate as it stands now."""
    scope = reader.scope
    declared = scope.program.gates[gate]
    state = scope.state.gates.get(gate)
    is_open = scope.state.is_open(gate)
    obstacles = [] if is_open else gate_obstacles(scope, gate)
    waived = None
    if state is not None and state.waived_by is not None:
        waived = reader.say(
            "gate.waived", person=reader.person(state.waived_by), reason=state.reason or "—"
        )
    return GateView(
        id=gate,
        title=reader.title(declared.title),
        open=is_open,
        waived=waived,
        holds=held_titles(reader, gate),
        say=declared.say,
        because=declared.because,
        origin=reader.place(f"gate.{gate}"),
        obstacles=tuple(_obstacle(reader, one, viewer) for one in obstacles),
        acts=gate_acts(scope, gate, viewer),
    )


def held_titles(reader: Reader, gate: str) -> tuple[str, ...]:
    """What a gate keeps from happening, by title."""
    found = []
    for held in reader.scope.program.gates[gate].holds:
        if isinstance(held, HeldStage):
            found.append(reader.stage(held.stage))
        elif held.thing in KNOWN_THINGS:
            found.append(reader.say(f"thing.{held.thing}"))
        else:
            found.append(held.thing)
    return tuple(found)


KNOWN_THINGS = frozenset({"severance", "wages", "certificate", "archive", "access"})


def _belongs(task: Task, approval: str) -> bool:
    return isinstance(task, StepTask | RevisionTask) and task.approval == approval


def _obstacle(reader: Reader, target: Target, viewer: str) -> ObstacleView:
    state = reader.scope.state
    title = reader.declared(target.id)
    if target.kind == "item":
        for task_id in state.items.get(target.id, ()):
            task = state.tasks[task_id]
            if isinstance(task, ItemTask) and task.key == target.key:
                view = task_view(reader, task, viewer)
                return ObstacleView(view.title, view.id, view.waits_for, view.why)
        return ObstacleView(title, None, (), (reader.say("why.not_reached"),))
    active = (state.tasks[task] for task in state.active)
    step = next((task for task in active if _belongs(task, target.id)), None)
    if step is None:
        return ObstacleView(title, None, (), (reader.say("why.not_begun"),))
    view = task_view(reader, step, viewer)
    return ObstacleView(title, view.id, view.waits_for, view.why)
