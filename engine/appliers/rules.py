"""Rules: which conditions have been true, what waits for which approval, who came in by a rule."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from engine.events import (
    ApprovalRequired,
    Event,
    Noted,
    NoticeWithheld,
    RuleActed,
    RuleFailed,
    RuleReset,
    RulesHalted,
)
from engine.state import CaseState, without


def rule_acted(state: CaseState, event: RuleActed, at: datetime) -> None:
    """Its condition is true; until it has not been, it does not act again."""
    del at
    state.acted = {**state.acted, event.rule: None}


def rule_reset(state: CaseState, event: RuleReset, at: datetime) -> None:
    """Its condition may come true again."""
    del at
    state.acted = without(state.acted, event.rule)


def approval_required(state: CaseState, event: ApprovalRequired, at: datetime) -> None:
    """The target waits; the approval's token stands at its begin."""
    del at
    target = f"{event.kind}:{event.target}"
    approvals = {**state.required.get(target, {}), event.approval: event.rule}
    state.required = {**state.required, target: approvals}
    if event.begins:
        state.tokens[f"approval:{event.approval}"] += 1


def on_record(state: CaseState, event: Event, at: datetime) -> None:
    """Is on record and changes nothing."""
    del state, event, at


APPLIERS: dict[type[Event], Callable[[CaseState, Any, datetime], None]] = {
    RuleActed: rule_acted,
    RuleReset: rule_reset,
    ApprovalRequired: approval_required,
    RuleFailed: on_record,
    RulesHalted: on_record,
    Noted: on_record,
    NoticeWithheld: on_record,
}
