"""What sentences about events are made of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from engine.views.reader import Reader

Values = dict[str, str]
Describe = Callable[[Reader, Any], Values]


class _AboutTask(Protocol):
    @property
    def task(self) -> str | None: ...


class _ByPerson(_AboutTask, Protocol):
    @property
    def person(self) -> str: ...


def about_task(reader: Reader, event: _AboutTask) -> Values:
    """The task that an event is about."""
    return {"task": reader.task_named(event.task)}


def by_person(reader: Reader, event: _ByPerson) -> Values:
    """Who did it, and to which task."""
    return {"person": reader.person(event.person), "task": reader.task_named(event.task)}


def said(reader: Reader, words: str | None) -> str:
    """What somebody said about it, behind a colon; a full stop where nothing was said."""
    return reader.say("reader.said", text=words) if words else reader.say("reader.unsaid")


def noted(reader: Reader, words: str | None) -> str:
    """As `said`, of what is no speech."""
    return reader.say("reader.noted", text=words) if words else reader.say("reader.unsaid")
