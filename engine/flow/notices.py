"""Notices: resolved to people and addresses when they are queued."""

from __future__ import annotations

from typing import Literal

from dsl.model import Channel
from engine.events import Delivery, NoticeQueued, People
from engine.people.directory import Person
from engine.run import Run
from engine.state import Task

Reason = Literal["reminder", "escalation", "timeout", "copy"]


def notify(run: Run, task: Task, people: People, channel: Channel, reason: Reason) -> None:
    """Queue one notice about a task; nobody who has left is told, nothing is queued for nobody."""
    directory = run.context.directory
    present = [one for one in map(directory.person, people) if one and one.works_on(run.today)]
    if not present:
        return
    run.emit(
        NoticeQueued(
            notice=f"{run.state.id}/notice-{run.state.notices + 1}",
            reason=reason,
            task=task.id,
            channel=channel,
            to=tuple(Delivery(one.id, address(one, channel)) for one in present),
        )
    )


def address(person: Person, channel: Channel) -> str | None:
    """Where a channel reaches a person: a phone, a mail box, else the person's id."""
    if channel == "sms":
        return person.phone
    return person.mail if channel == "email" else person.id
