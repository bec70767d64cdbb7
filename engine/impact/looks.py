"""What people see of a case at one moment, and the same in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Literal, NamedTuple, get_args

from dsl.catalogue import Language
from engine.impact.replica import Replica
from engine.scope import Scope
from engine.views.reader import Reader
from engine.waiting import people_awaited

Kind = Literal["act", "task", "people", "due", "gate", "status", "notice"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Key = tuple[Kind, str]
Look = dict[Key, Any]
"""What is seen, by its kind and the id of what it is about."""
NOTHING = "—"


class Difference(NamedTuple):
    """One thing that is not the same under both versions, in words; a dash stands for nothing."""

    kind: Kind
    what: str
    old: str
    new: str


def look(side: Replica) -> Look:
    """What waits for whom until when, which gates are open, and who has just been told."""
    state = side.state
    if not state.version:
        return {}
    found: Look = {("status", ""): (state.status, state.stage)}
    for id_ in state.active:
        task = state.tasks[id_]
        found["task", id_] = task.status
        found["people", id_] = people_awaited(side.program, task)
        found["due", id_] = task.due
    for gate in side.program.gates:
        found["gate", gate] = state.is_open(gate)
    for notice in side.notices:
        key: Key = ("notice", f"{notice.channel} {notice.task or ''}")
        found[key] = (*found.get(key, ()), *(one.person for one in notice.to))
    return found


def differences(sides: tuple[Replica, Replica], language: Language) -> tuple[Difference, ...]:
    """What is not the same under both versions; of what only one of them has, that it has it."""
    looks = (look(sides[0]), look(sides[1]))
    keys = [key for key in {**looks[0], **looks[1]} if looks[0].get(key) != looks[1].get(key)]
    if not keys:
        return ()
    if all(key[0] == "gate" and not all(key in one for one in looks) for key in keys):
        return ()  # a gate that only one version has tells something once it holds something back
    alone = {key[1] for key in keys if key[0] == "task" and not all(key in one for one in looks)}
    told = [key for key in keys if key[0] in {"task", "notice"} or key[1] not in alone]
    told.sort(key=lambda key: (KINDS.index(key[0]), key[1]))
    old, new = (_Words(side, seen, language) for side, seen in zip(sides, looks, strict=True))
    return tuple(
        Difference(key[0], (old if key in looks[0] else new).what(key), old.say(key), new.say(key))
        for key in told
    )


class _Words:
    """A look in the reader's language."""

    def __init__(self, side: Replica, seen: Look, language: Language) -> None:
        self._side = side
        self._seen = seen
        self._reader = Reader(Scope(*side.scene), language)

    def what(self, key: Key) -> str:
        """What something is about: the title of a task or gate, the case."""
        kind, id_ = key
        if kind == "gate":
            return self._reader.declared(id_)
        if kind == "notice":
            channel, _, task = id_.partition(" ")
            about = self._reader.task_named(task or None)
            return f"{about} · {self._reader.say(f'channel.{channel}')}"
        return self._reader.task_named(id_ or None)

    def say(self, key: Key) -> str:
        """What is seen of it; a dash where there is nothing."""
        kind, _ = key
        value = self._seen.get(key)
        if value is None:
            return NOTHING
        match kind:
            case "people" | "notice":
                return self._reader.people(value)
            case "due":
                return self._due(value)
            case "gate":
                return self._reader.say("impact.open" if value else "impact.shut")
            case "task":
                return self._reader.say(f"status.{value}")
            case _:
                return " · ".join(self._case(*value))

    def _due(self, due: datetime) -> str:
        return self._reader.due(due)

    def _case(self, status: str, stage: str | None) -> Iterator[str]:
        yield self._reader.say(f"light.{'running' if status == 'open' else status}")
        titles = self._side.program.stages
        if stage is not None:
            yield self._reader.title(titles[stage]) if stage in titles else stage
