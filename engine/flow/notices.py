"""Notices: resolved to people and addresses when they are queued."""

from __future__ import annotations

from typing import Literal

from dsl.model import Channel
from engine.events import Delivery, NoticeQueued, People
from engine.people.directory import Directory
from engine.run import Run
from engine.state import Task

Reason = Literal["reminder", "escalation", "timeout"]


def notify(run: Run, task: Task, people: People, channel: Channel, reason: Reason) -> None:
    """Queue one notice about a task; nothing is queued for nobody."""
    if not people:
        return
    directory = run.context.directory
    run.emit(
        NoticeQueued(
            notice=f"{run.state.id}/notice-{run.state.notices + 1}",
            reason=reason,
            task=task.id,
            channel=channel,
            to=tuple(Delivery(one, address(directory, one, channel)) for one in people),
        )
    )


def address(directory: Directory, person: str, channel: Channel) -> str | None:
    """Where a channel reaches a person: a phone, a mail box, else the person's id."""
    found = directory.person(person)
    if found is None:
        return None
    if channel == "sms":
        return found.phone
    if channel == "email":
        return found.mail
    return found.id
