"""Clocks: timers, deadlines, notices."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from dsl.model import Channel
from engine.events.shapes import Delivery, Event, TimerSet


class DueChanged(Event, frozen=True):
    """A task's deadline moved; its timers stand anew."""

    task: str
    due: datetime | None
    timers: tuple[TimerSet, ...] = ()


class TimerFired(Event, frozen=True):
    """A timer of an owner came due; it fires once."""

    owner: str
    timer: TimerSet


class BecameOverdue(Event, frozen=True):
    """A task's deadline passed while it was not done."""

    task: str


class NoticeQueued(Event, frozen=True):
    """A notice is on its way to people, by a channel, about a task or the case.

    `text` is what a rule says; it is empty where the reason says it all.
    """

    notice: str
    reason: Literal["reminder", "escalation", "timeout", "copy", "rule", "always"]
    channel: Channel
    to: tuple[Delivery, ...]
    task: str | None = None
    rule: str | None = None
    text: str = ""
