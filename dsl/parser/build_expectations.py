"""Builders of what scenarios expect, by the name of the grammar's alternative."""

from __future__ import annotations

from typing import Any, cast

from lark.lexer import Token
from msgspec import structs

from dsl import nodes
from dsl.model import ApprovalEnd, Channel, RefusalWord
from dsl.parser.build_scenarios import About, instant, target_of
from dsl.parser.kids import Builder, Kids

_CHANNELS = ("SMS", "EMAIL", "INBOX", "DINGTALK", "WECOM", "FEISHU")
_STATES = {"TURNED_DOWN": "refused", "SENT_BACK": "returned"}
"""States whose word in the grammar is another one than in the model."""


def _state(token: Token) -> Any:  # noqa: ANN401 (a word of the expectation's own list)
    return _STATES.get(token.type, token.type.lower())


def _last(kids: Kids) -> Any:  # noqa: ANN401 (a word of the expectation's own list)
    return _state(kids.all(Token)[-1])


def _expect(kids: Kids) -> object:
    """The expectation, with the keyword in its span."""
    expectation = cast("nodes.Node", kids.children[-1])
    return structs.replace(expectation, span=kids.span)


def _expect_item(kids: Kids) -> nodes.ExpectItem:
    return nodes.ExpectItem(target_of(kids), _last(kids), span=kids.span)


def _expect_task(kids: Kids) -> nodes.ExpectTask:
    return nodes.ExpectTask(target_of(kids), _last(kids), span=kids.span)


def _expect_reached(kids: Kids) -> nodes.ExpectReached:
    return nodes.ExpectReached(target_of(kids), kids.has("REACHED"), span=kids.span)


def _expect_step(kids: Kids) -> nodes.ExpectStep:
    approval, step = kids.all(nodes.Name)
    return nodes.ExpectStep(approval, step, _last(kids), span=kids.span)


def _expect_due(kids: Kids) -> nodes.ExpectDue:
    return nodes.ExpectDue(target_of(kids), instant(kids), span=kids.span)


def _expect_waiting(kids: Kids) -> nodes.ExpectWaiting:
    who = cast("nodes.Who", kids.children[-1])
    return nodes.ExpectWaiting(target_of(kids), who, span=kids.span)


def _expect_approval(kids: Kids) -> nodes.ExpectApproval:
    state = cast("ApprovalEnd", _last(kids))
    return nodes.ExpectApproval(target_of(kids), state, span=kids.span)


def _expect_gate(kids: Kids) -> nodes.ExpectGate:
    about = kids.maybe(About)
    because = None if about is None else about.target
    return nodes.ExpectGate(target_of(kids), kids.has("OPEN"), because, span=kids.span)


def _expect_missing(kids: Kids) -> nodes.ExpectRefused:
    return nodes.ExpectRefused("missing", kids.one(About).target, span=kids.span)


def _expect_refused(kids: Kids) -> nodes.ExpectRefused:
    code = kids.maybe(nodes.Text)
    reason = "code" if code is not None else _last(kids)
    return nodes.ExpectRefused(cast("RefusalWord", reason), None, code, span=kids.span)


def _expect_notified(kids: Kids) -> nodes.ExpectNotified:
    about, token = kids.maybe(About), kids.token(*_CHANNELS)
    return nodes.ExpectNotified(
        cast("nodes.Who", kids.children[1]),
        None if token is None else cast("Channel", token.type.lower()),
        None if about is None else about.target,
        kids.has("NOTIFIED"),
        span=kids.span,
    )


def _expect_nobody(kids: Kids) -> nodes.ExpectNobodyNotified:
    return nodes.ExpectNobodyNotified(kids.one(nodes.Text), span=kids.span)


def _expect_rule(kids: Kids) -> nodes.ExpectRule:
    return nodes.ExpectRule(kids.one(nodes.Name), kids.has("ACTED"), span=kids.span)


def _expect_warning(kids: Kids) -> nodes.ExpectWarning:
    return nodes.ExpectWarning(target_of(kids), kids.has("WARNING"), span=kids.span)


def _expect_fact(kids: Kids) -> nodes.ExpectFact:
    value = cast("nodes.Value", kids.expressions()[0])
    return nodes.ExpectFact(kids.one(nodes.Name), value, span=kids.span)


def _expect_case(kids: Kids) -> nodes.ExpectCase:
    state = kids.one(Token).type.removeprefix("CASE_").lower()
    return nodes.ExpectCase(cast("Any", state), span=kids.span)


def _token(kids: Kids) -> Token:
    return kids.one(Token)


BUILDERS: dict[str, Builder] = {
    "channel": _token,
    "more_state": _token,
    "task_state": _token,
    "expect": _expect,
    "expect_item": _expect_item,
    "expect_task": _expect_task,
    "expect_reached": _expect_reached,
    "expect_step": _expect_step,
    "expect_due": _expect_due,
    "expect_waiting": _expect_waiting,
    "expect_approval": _expect_approval,
    "expect_gate": _expect_gate,
    "expect_missing": _expect_missing,
    "expect_refused": _expect_refused,
    "expect_notified": _expect_notified,
    "expect_nobody": _expect_nobody,
    "expect_rule": _expect_rule,
    "expect_warning": _expect_warning,
    "expect_fact": _expect_fact,
    "expect_case": _expect_case,
}
