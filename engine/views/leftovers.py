"""What is left after cases have closed, and who answers for it: a person and their department."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from msgspec import Struct

from engine.events import People
from engine.state import ItemTask, Task
from engine.views.reader import Reader
from engine.views.responsible import receivers, thing_of
from engine.waiting import people_awaited


class Leftover(Struct, frozen=True):
    """One matter that outlives the case in which it was handed over, or was to be done.

    Attributes:
        task: where it was handed over last, or what is still to be done.
        subject: whom the case was about, by name.
        what: `taken_over` in a closed case, or `to_do` after the close.
        people: who has it, by id; `names` by name.
        departments: theirs; of somebody who has left, the last one.
        answers: who answers for it now, by id: those of `people` who work here, else the heads of the
            departments. Empty if there is nobody.
        answer_names: the same by name.
        since: when it was taken over, or came up.
    """

    case: str
    task: str
    title: str
    subject: str
    what: Literal["taken_over", "to_do"]
    people: People
    names: tuple[str, ...]
    departments: tuple[str, ...]
    answers: People
    answer_names: tuple[str, ...]
    since: datetime
    due: datetime | None


def leftovers(readers: Iterable[Reader]) -> list[Leftover]:
    """What closed cases have left, by case; a thing that was handed on later is with its last receiver."""
    last: dict[str, Leftover] = {}
    outlived: set[str] = set()
    to_do: list[Leftover] = []
    for reader in readers:
        state = reader.scope.state
        closed = state.status == "closed"
        if closed:
            to_do += [_to_do(reader, state.tasks[task]) for task in state.active]
        for task in state.tasks.values():
            if not isinstance(task, ItemTask) or task.status != "done":
                continue
            thing, found = thing_of(reader, task), _taken_over(reader, task)
            if closed:
                outlived.add(thing)
            if thing not in last or last[thing].since < found.since:
                last[thing] = found
    kept = [one for thing, one in last.items() if thing in outlived]
    return sorted([*kept, *to_do], key=lambda one: (one.case, one.since, one.task))


def _taken_over(reader: Reader, task: ItemTask) -> Leftover:
    assert task.ended_at is not None
    return _leftover(reader, task, "taken_over", receivers(reader, task), task.ended_at)


def _to_do(reader: Reader, task: Task) -> Leftover:
    people = people_awaited(reader.scope.program, task) or task.owners
    return _leftover(reader, task, "to_do", people, task.opened_at)


def _leftover(
    reader: Reader,
    task: Task,
    what: Literal["taken_over", "to_do"],
    people: People,
    since: datetime,
) -> Leftover:
    directory, roles = reader.directory, reader.scope.roles
    known = (directory.department_of(one) for one in people)
    departments = tuple(dict.fromkeys(one for one in known if one is not None))
    here = tuple(one for one in people if roles.present(one))
    heads = (directory.head_of(one) for one in departments)
    answers = here or tuple(
        dict.fromkeys(one for one in heads if one is not None and roles.present(one))
    )
    return Leftover(
        case=reader.scope.state.id,
        task=task.id,
        title=reader.task(task),
        subject=reader.scope.state.subject_name,
        what=what,
        people=people,
        names=tuple(reader.person(one) for one in people),
        departments=departments,
        answers=answers,
        answer_names=tuple(reader.person(one) for one in answers),
        since=since,
        due=task.due if what == "to_do" else None,
    )
