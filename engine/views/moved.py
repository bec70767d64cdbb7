"""Deadlines and moments that an act moves, old and new: foreseen before it, listed after it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from engine.events import TimerKind
from engine.scope import Scope
from engine.views.reader import Reader

_MOMENTS: frozenset[TimerKind] = frozenset({"moment", "wait", "follow_up"})
"""Timers of what is to come up at a moment; those of tasks hang on the deadline."""


Deadlines = Mapping[str, datetime | None]
"""When everything in a case has its time: open tasks by id, armed moments by their owner."""


class Moved(Struct, frozen=True):
    """A deadline that moves; without `old` there was none, without `due` there is none any more.

    Attributes:
        id: of the task, or of what comes up at a moment.
        text: all of it in words, with the times as the reader is told them.
        provisional: the holidays of the year of `due` are not announced yet.
    """

    id: str
    title: str
    old: datetime | None
    due: datetime | None
    text: str
    provisional: bool = False


def deadlines(scope: Scope) -> Deadlines:
    """Everything that has its time in a case that is open."""
    state = scope.state
    if state.status != "open":
        return {}
    found: dict[str, datetime | None] = {one: state.tasks[one].due for one in state.active}
    armed = (state.resting | state.timers).items()
    moments = ((owner, one) for owner, timers in armed for one in timers)
    return found | {owner: one.at for owner, one in moments if one.kind in _MOMENTS}


def moved_deadlines(reader: Reader, before: Deadlines) -> tuple[Moved, ...]:
    """What has another time than `before`, the earliest first; the reader sees the case after it.

    What has only come up, or has ended, is told by its own sentence.
    """
    after = deadlines(reader.scope)
    if not before or not after:
        return ()
    changed = [
        _moved(reader, one, before.get(one), after.get(one))
        for one in {**before, **after}
        if before.get(one) != after.get(one) and not _told_otherwise(reader, one, before, after)
    ]
    return tuple(sorted(changed, key=lambda one: (one.due is None, one.due or one.old)))


def _moved(reader: Reader, owner: str, old: datetime | None, due: datetime | None) -> Moved:
    title = _title(reader, owner)
    how = "comes" if old is None else "gone" if due is None else "changed"
    shown = {"old": reader.due(old), "due": reader.due(due)}
    text = reader.say(f"moved.{how}", title=title, **shown)
    return Moved(owner, title, old, due, text, reader.provisional(due))


def _told_otherwise(reader: Reader, owner: str, before: Deadlines, after: Deadlines) -> bool:
    state = reader.scope.state
    if owner in state.tasks:
        return owner not in before or owner not in after
    return owner not in after and f"{state.id}/{owner}#1" in state.tasks


def _title(reader: Reader, owner: str) -> str:
    if owner in reader.scope.state.tasks:
        return reader.task_named(owner)
    if owner in reader.scope.program.plan.nodes and owner.startswith("wait:"):
        return reader.say("moved.wait")
    ref, _, operation = owner.rpartition(".")
    if ref in reader.scope.program.accesses:
        return reader.say(f"moved.{operation}", access=reader.declared(ref))
    return reader.declared(owner)
