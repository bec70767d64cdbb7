"""What rules have done, the notices that went out or were kept back, and changed facts, in sentences."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.commands import CLOCKWORK
from engine.events import (
    ApprovalRequired,
    Event,
    FactChanged,
    Noted,
    NoticeQueued,
    NoticeWithheld,
    RuleActed,
    RuleFailed,
    RulesHalted,
)
from engine.views.reader import Reader
from engine.views.telling import said


def _acted(reader: Reader, event: RuleActed) -> dict[str, str]:
    because = reader.scope.program.triggers.rules[event.rule].because
    return {
        "task": reader.task_named(event.task),
        "rule": reader.rule(event.rule),
        "why": reader.because(because),
    }


def _rule_failed(reader: Reader, event: RuleFailed) -> dict[str, str]:
    return {"rule": reader.rule(event.rule), "about": reader.named(event.about)}


def _halted(_reader: Reader, event: RulesHalted) -> dict[str, str]:
    return {"count": str(event.left)}


def _required(reader: Reader, event: ApprovalRequired) -> dict[str, str]:
    return {
        "rule": reader.rule(event.rule),
        "approval": reader.declared(event.approval),
        "target": reader.named(event.target),
    }


def _noted(reader: Reader, event: Noted) -> dict[str, str]:
    return {"rule": reader.rule(event.rule), "text": event.text}


def _withheld(reader: Reader, event: NoticeWithheld) -> dict[str, str]:
    shown = (reader.kept(one.who, one.why) for one in event.kept)
    return {
        "task": reader.task_named(event.task),
        "who": reader.listed(shown),
        "channel": reader.say(f"channel.{event.channel}"),
    }


def _notice(reader: Reader, event: NoticeQueued) -> dict[str, str]:
    rule = reader.rule(event.rule) if event.rule else ""
    return {
        "rule": rule,
        "text": event.text,
        "task": reader.task_named(event.task),
        "people": reader.people(one.person for one in event.to),
        "channel": reader.say(f"channel.{event.channel}"),
    }


def _why_queued(event: NoticeQueued) -> str:
    return "always_case" if event.reason == "always" and event.task is None else event.reason


def _fact(reader: Reader, event: FactChanged) -> dict[str, str]:
    declared = reader.scope.program.facts[event.fact]
    return {
        "rule": reader.rule(event.rule) if event.rule else "",
        "fact": reader.title(declared.title),
        "person": reader.person(event.person),
        "old": reader.value(declared.type, event.old),
        "new": reader.value(declared.type, event.new),
        "reason": event.reason,
        "why": said(reader, event.reason),
    }


def _how_changed(event: FactChanged) -> str:
    if event.rule is not None:
        return "rule"
    if event.person == CLOCKWORK:
        return "fed"
    return "private" if event.sealed else "open"


DESCRIBE: dict[type[Event], Callable[[Reader, Any], dict[str, str]]] = {
    NoticeQueued: _notice,
    FactChanged: _fact,
    RuleActed: _acted,
    RuleFailed: _rule_failed,
    RulesHalted: _halted,
    ApprovalRequired: _required,
    Noted: _noted,
    NoticeWithheld: _withheld,
}

VARIANTS: dict[type[Event], Callable[[Any], str]] = {
    RuleActed: lambda event: "task" if event.task else "case",
    RuleFailed: lambda event: event.why,
    NoticeQueued: _why_queued,
    FactChanged: _how_changed,
}
