"""Notices: resolved to people and addresses, within the audience, when they are queued."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from dsl.model import Audience, Channel
from engine.events import Delivery, Kept, NoticeQueued, NoticeWithheld, People
from engine.people.directory import Person
from engine.run import Run
from engine.state import StepTask, Task

Reason = Literal["reminder", "escalation", "timeout", "copy", "rule", "always"]
NOBODY_BARRED = Audience()


class Notice(NamedTuple):
    """What is said, about what, by which channel; `text` is empty where the reason says it all."""

    reason: Reason
    channel: Channel
    task: Task | None = None
    rule: str | None = None
    text: str = ""


def notify(run: Run, notice: Notice, people: People, outside: Iterable[str] = ()) -> None:
    """Queue one notice; nobody who has left is told, nothing is queued for nobody.

    Whoever does the task in somebody's place is told with them. Whoever has been told the same in this
    decision is not told again.

    Args:
        run: the decision.
        notice: what is said.
        people: who is to be told.
        outside: roles of outside parties; whoever is in charge of them is told, to pass it on.
    """
    kept: list[Kept] = []
    found: dict[str, Delivery] = {}
    for person in _present(run, _with_stand_ins(notice.task, people)):
        if _is_barred(run, person.id, notice.task):
            kept.append(Kept(person.id, "group"))
        else:
            found.setdefault(person.id, Delivery(person.id, address(person, notice.channel)))
    for role in outside:
        through = _through(run, notice)
        found.update((one.person, one) for one in _passing_on(through, role, notice.channel))
        if not through:
            kept.append(Kept(role, "external"))
    _record(run, notice, found, kept)


def _record(run: Run, notice: Notice, found: dict[str, Delivery], kept: list[Kept]) -> None:
    task = notice.task.id if notice.task else None
    told = run.told.setdefault((notice.channel, task, notice.text or notice.reason), set())
    to = tuple(one for one in found.values() if one.person not in told)
    told.update(one.person for one in to)
    if to:
        run.emit(
            NoticeQueued(
                notice=f"{run.state.id}/notice-{run.state.notices + 1}",
                reason=notice.reason,
                channel=notice.channel,
                to=to,
                task=task,
                rule=notice.rule,
                text=notice.text,
            )
        )
    if kept:
        run.emit(NoticeWithheld(notice.reason, notice.channel, tuple(kept), task, notice.rule))


def _present(run: Run, people: People) -> list[Person]:
    found = map(run.context.directory.person, people)
    return [one for one in found if one is not None and one.works_on(run.today)]


def _with_stand_ins(task: Task | None, people: People) -> People:
    """The people, and whoever does the task in the place of one of them."""
    if task is None or not task.stand_ins:
        return people
    places = (one.by for one in task.stand_ins if one.person in people)
    return tuple(dict.fromkeys((*people, *places)))


def _audience(run: Run) -> Audience:
    return run.program.rulebook.audience or NOBODY_BARRED


def _is_barred(run: Run, person: str, task: Task | None) -> bool:
    """True for a member of a group that is told of nothing but its own tasks."""
    members = run.context.directory.members
    if not any(person in members(group) for group in _audience(run).never_groups):
        return False
    return task is None or person not in _own(task)


def _own(task: Task) -> set[str]:
    """The people whose task it is."""
    found = {*task.owners, *(one.by for one in task.stand_ins)}
    return found.union(task.added) if isinstance(task, StepTask) else found


def _through(run: Run, notice: Notice) -> list[Person]:
    """Those who pass things on to outside parties."""
    roles = _audience(run).external_from
    people = [person for role in roles for person in run.roles.people(role)]
    return [one for one in _present(run, tuple(people)) if not _is_barred(run, one.id, notice.task)]


def _passing_on(through: list[Person], role: str, channel: Channel) -> Iterable[Delivery]:
    return (Delivery(one.id, address(one, channel), passes_to=role) for one in through)


def address(person: Person, channel: Channel) -> str | None:
    """Where a channel reaches a person: a phone, a mail box, else the person's id."""
    if channel == "sms":
        return person.phone
    return person.mail if channel == "email" else person.id
