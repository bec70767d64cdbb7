"""Finding the task that somebody means: by its full id, or by the part behind the case."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from difflib import get_close_matches

from cli.failures import StopError, wrong_use
from cli.workplace import PROPOSED, Workplace
from engine.people.directory import name_key
from engine.rejection import Refusal
from engine.state import Task
from engine.views.reader import Reader

_CASE = re.compile(r"[0-9]{4}-[0-9]{4,}")
_DASHES = str.maketrans("‐‑‒–—−", "------")


def case_number(text: str) -> str:
    """The number of a case as it is kept: digits and dashes of whatever keyboard."""
    return unicodedata.normalize("NFKC", text).strip().translate(_DASHES)


def find_task(place: Workplace, text: str, viewer: str) -> tuple[Reader, Task]:
    """The case, for its reader, and the task; the command ends where it is none or several."""
    first, *rest = re.split("[/／]", text, maxsplit=1)
    case = case_number(first)
    if rest and _CASE.fullmatch(case):
        reader = place.reader(case, viewer)
        task = _named(reader, f"{case}/{rest[0]}")
        if task is None:
            raise _unknown(place, reader, text)
        return reader, task
    return _by_part(place, text, viewer)


def _named(reader: Reader, text: str) -> Task | None:
    """The task of that id; without a round, the last of its rounds."""
    tasks = reader.scope.state.tasks
    rounds = _meant(text, {one: one for one in tasks})
    return tasks.get(text) or (tasks[rounds[-1]] if rounds else None)


def _meant(text: str, ids: Mapping[str, str]) -> list[str]:
    """Those of the keys whose id is the text, with or without its round; else those of whatever keyboard."""
    exact = [one for one, id_ in ids.items() if text in (id_, id_.rpartition("#")[0])]
    return exact or [
        one
        for one, id_ in ids.items()
        if name_key(text) in (name_key(id_), name_key(id_.rpartition("#")[0]))
    ]


def _unknown(place: Workplace, reader: Reader, text: str) -> StopError:
    """A stop for what is no task of a case, with those that are like it."""
    case, tasks = reader.scope.state.id, reader.scope.state.tasks
    begun = [one for one in tasks if one.startswith(f"{text}[")]
    near = begun[:PROPOSED] or get_close_matches(text, tasks, PROPOSED)
    return place.refused(Refusal("R104", "invalid", {"task": text, "case": case}), reader, near)


def _by_part(place: Workplace, text: str, viewer: str) -> tuple[Reader, Task]:
    """Among open tasks: those that wait for the viewer come first."""
    for where in ({"people": viewer}, None):
        rows = place.store.rows("tasks", where)
        cases = {row["id"]: row["case"] for row in rows}
        meant = _meant(text, {one: one.partition("/")[2] for one in cases})
        found = [(cases[one], one) for one in meant if place.seen(cases[one], viewer)]
        if len(found) > 1:
            known = place.output.listed(one for _, one in found)
            raise wrong_use(place.language, "C120", task=text, known=known)
        if found:
            case, one = found[0]
            reader = place.reader(case, viewer)
            return reader, reader.scope.state.tasks[one]
    stop = wrong_use(place.language, "C121", task=text)
    case = case_number(text)
    if place.seen(case, viewer) is None:
        raise stop
    hint = place.output.say("refused.case_given", case=case)
    raise StopError(stop.explained._replace(hint=hint), stop.status)
