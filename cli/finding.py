"""Finding the task that somebody means: by its full id, or by the part behind the case."""

from __future__ import annotations

import re

from cli.failures import wrong_use
from cli.workplace import Workplace
from engine.rejection import Refusal
from engine.state import Task
from engine.views.reader import Reader

_CASE = re.compile(r"[0-9]{4}-[0-9]{4,}")


def find_task(place: Workplace, text: str, viewer: str) -> tuple[Reader, Task]:
    """The case, for its reader, and the task; the command ends where it is none or several."""
    case, slash, _ = text.partition("/")
    if slash and _CASE.fullmatch(case):
        reader = place.reader(case, viewer)
        task = _named(reader, text)
        if task is None:
            raise place.refused(Refusal("R104", "invalid", {"task": text, "case": case}), reader)
        return reader, task
    return _by_part(place, text, viewer)


def _named(reader: Reader, text: str) -> Task | None:
    """The task of that id; without a round, the last of its rounds."""
    tasks = reader.scope.state.tasks
    rounds = [task for task in tasks.values() if task.id.rpartition("#")[0] == text]
    return tasks.get(text) or (rounds[-1] if rounds else None)


def _by_part(place: Workplace, text: str, viewer: str) -> tuple[Reader, Task]:
    """Among open tasks: those that wait for the viewer come first."""
    for where in ({"people": viewer}, None):
        rows = place.store.rows("tasks", where)
        ids = [(row["case"], row["id"]) for row in rows if _is_meant(row["id"], text)]
        found = [(case, one) for case, one in ids if place.seen(case, viewer)]
        if len(found) > 1:
            known = place.output.listed(one for _, one in found)
            raise wrong_use(place.language, "C120", task=text, known=known)
        if found:
            case, one = found[0]
            reader = place.reader(case, viewer)
            return reader, reader.scope.state.tasks[one]
    raise wrong_use(place.language, "C121", task=text)


def _is_meant(task: str, text: str) -> bool:
    part = task.partition("/")[2]
    return text in (part, part.rpartition("#")[0])
