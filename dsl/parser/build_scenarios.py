"""Builders of scenario lines, by the name of the grammar's alternative."""

from __future__ import annotations

from typing import Literal, NamedTuple, cast

from lark.lexer import Token
from msgspec import structs

from dsl import nodes
from dsl.expressions.tree import ItemWord
from dsl.model import Channel
from dsl.parser.build_expressions import whole
from dsl.parser.kids import Builder, Kids
from dsl.source import Span

_VERBS: dict[str, nodes.Verb] = {
    "APPROVES": "approve", "REJECTS": "reject", "RETURNS": "return", "RESUBMITS": "resubmit",
    "HANDS_OVER": "hand_over",
    "SIGNS": "sign", "REFUSES": "refuse", "WAIVES": "waive", "COMPLETES": "complete",
    "WITHDRAWS": "withdraw", "SUSPENDS": "suspend", "RESUMES": "resume", "CANCELS": "cancel", "COUNTS": "count", "CALLS_BACK": "call_back",
    "STATES_CAUSE": "state_cause", "CONFIRMS_CAUSE": "confirm_cause",
    "REFUSES_CAUSE": "refuse_cause",
}  # fmt: skip
_CHANNELS = ("SMS", "EMAIL", "INBOX", "DINGTALK", "WECOM", "FEISHU")
TargetKind = Literal["approval", "item", "gate", "action", "access", "document", "rule"]
_KINDS = ("ITEM", "APPROVAL", "GATE", "ACTION", "ACCESS", "DOCUMENT", "RULE")


class At(NamedTuple):
    """When a line happens."""

    moment: nodes.Moment
    span: Span


class About(NamedTuple):
    """What a line is about."""

    target: nodes.Target
    span: Span


def _instant(kids: Kids) -> nodes.Moment:
    return kids.maybe(nodes.DateTime) or kids.one(nodes.Date)


def _at(kids: Kids) -> At:
    return At(_instant(kids), kids.span)


def _when(kids: Kids) -> nodes.Moment | None:
    at = kids.maybe(At)
    return None if at is None else at.moment


def _entry(kids: Kids) -> nodes.Entry:
    name, value = kids.children
    return nodes.Entry(cast("nodes.Name", name), cast("nodes.Value", value), span=kids.span)


def _target(kids: Kids) -> nodes.Target:
    return nodes.Target(kids.one(nodes.Name), None, kids.maybe(nodes.Text), span=kids.span)


def _kind_of(kids: Kids) -> TargetKind | None:
    token = kids.token(*_KINDS)
    if token is None:
        return None
    return cast("TargetKind", token.type.lower())


def _about(kids: Kids) -> About:
    return About(_of_kind(kids), kids.span)


def _of_kind(kids: Kids) -> nodes.Target:
    target = kids.one(nodes.Target)
    return nodes.Target(target.name, _kind_of(kids), target.key, span=kids.span)


def _given_facts(kids: Kids) -> nodes.GivenFacts:
    return nodes.GivenFacts(kids.all(nodes.Entry), span=kids.span)


def _given_row(kids: Kids) -> nodes.GivenRow:
    return nodes.GivenRow(kids.one(nodes.Name), kids.all(nodes.Entry), span=kids.span)


def _given_person(kids: Kids) -> nodes.GivenPerson:
    return nodes.GivenPerson(kids.one(nodes.Name), kids.one(nodes.Text), span=kids.span)


def _given_before(kids: Kids) -> nodes.GivenBefore:
    target = kids.one(nodes.Target)
    named = nodes.Target(target.name, _kind_of(kids), target.key, span=target.span)
    return nodes.GivenBefore(named, span=kids.span)


def _start(kids: Kids) -> nodes.Start:
    return nodes.Start(_instant(kids), kids.maybe(nodes.Name), span=kids.span)


def _wait_time(kids: Kids) -> nodes.WaitTime:
    return nodes.WaitTime(_instant(kids), span=kids.span)


def _fact_becomes(kids: Kids) -> nodes.FactBecomes:
    value = cast("nodes.Value", kids.expressions()[0])
    return nodes.FactBecomes(kids.one(nodes.Name), value, _when(kids), span=kids.span)


def _system_answers(kids: Kids) -> nodes.SystemAnswers:
    system, operation = kids.all(nodes.Name)
    return nodes.SystemAnswers(system, operation, _when(kids), span=kids.span)


def _act(kids: Kids) -> nodes.Act:
    """`R approves A "…"`: the second name is the approval."""
    role, *of = kids.all(nodes.Name)
    number = kids.token("NUMBER")
    return nodes.Act(
        role,
        _verb(kids),
        nodes.Target(of[0], "approval", span=of[0].span) if of else None,
        None if number is None else whole(number),
        kids.maybe(nodes.Text),
        at=_when(kids),
        span=kids.span,
    )


def _verb(kids: Kids) -> nodes.Verb:
    return next(_VERBS[token.type] for token in kids.all(Token) if token.type in _VERBS)


def _act_on(kids: Kids) -> nodes.Act:
    target = kids.one(nodes.Target)
    return nodes.Act(
        kids.one(nodes.Name),
        _verb(kids),
        nodes.Target(target.name, _kind_of(kids), target.key, span=target.span),
        text=kids.maybe(nodes.Text),
        content=kids.all(nodes.Entry),
        at=_when(kids),
        span=kids.span,
    )


def _names_person(kids: Kids) -> nodes.Act:
    role, named = kids.all(nodes.Name)
    return nodes.Act(
        role,
        "name",
        nodes.Target(named, span=named.span),
        person=kids.one(nodes.Text),
        items=kids.all(nodes.Target),
        at=_when(kids),
        span=kids.span,
    )


def _expect(kids: Kids) -> object:
    """The expectation, with the keyword in its span."""
    expectation = cast("nodes.Node", kids.children[-1])
    return structs.replace(expectation, span=kids.span)


def _expect_item(kids: Kids) -> nodes.ExpectItem:
    state = cast("ItemWord", kids.all(Token)[-1].type.lower())
    return nodes.ExpectItem(_item(kids), state, span=kids.span)


def _item(kids: Kids) -> nodes.Target:
    target = kids.one(nodes.Target)
    return nodes.Target(target.name, _kind_of(kids), target.key, span=target.span)


def _expect_due(kids: Kids) -> nodes.ExpectDue:
    return nodes.ExpectDue(_item(kids), kids.one(nodes.Date), span=kids.span)


def _expect_waiting(kids: Kids) -> nodes.ExpectApproval:
    approval, role = kids.all(nodes.Name)
    return nodes.ExpectApproval(approval, "waiting", role, span=kids.span)


def _expect_approval(kids: Kids) -> nodes.ExpectApproval:
    state: Literal["approved", "rejected"] = "approved" if kids.has("APPROVED") else "rejected"
    return nodes.ExpectApproval(kids.one(nodes.Name), state, span=kids.span)


def _expect_gate(kids: Kids) -> nodes.ExpectGate:
    about = kids.maybe(About)
    because = None if about is None else about.target
    return nodes.ExpectGate(kids.one(nodes.Name), kids.has("OPEN"), because, span=kids.span)


def _expect_missing(kids: Kids) -> nodes.ExpectRefused:
    return nodes.ExpectRefused("missing", kids.one(About).target, span=kids.span)


def _expect_refused(kids: Kids) -> nodes.ExpectRefused:
    return nodes.ExpectRefused(
        "not_allowed" if kids.has("NOT_ALLOWED") else "too_early", span=kids.span
    )


def _expect_notified(kids: Kids) -> nodes.ExpectNotified:
    about, token = kids.maybe(About), kids.token(*_CHANNELS)
    return nodes.ExpectNotified(
        kids.one(nodes.Name),
        None if token is None else cast("Channel", token.type.lower()),
        None if about is None else about.target,
        span=kids.span,
    )


def _expect_nobody(kids: Kids) -> nodes.ExpectNobodyNotified:
    return nodes.ExpectNobodyNotified(kids.one(nodes.Text), span=kids.span)


def _expect_rule(kids: Kids) -> nodes.ExpectRule:
    return nodes.ExpectRule(kids.one(nodes.Name), kids.has("ACTED"), span=kids.span)


def _expect_fact(kids: Kids) -> nodes.ExpectFact:
    value = cast("nodes.Value", kids.expressions()[0])
    return nodes.ExpectFact(kids.one(nodes.Name), value, span=kids.span)


def _expect_case(kids: Kids) -> nodes.ExpectCase:
    state = kids.one(Token).type.removeprefix("CASE_").lower()
    return nodes.ExpectCase(
        cast('Literal["closed", "open", "rejected", "withdrawn", "suspended", "cancelled"]', state),
        span=kids.span,
    )


def _only_token(kids: Kids) -> Token:
    return kids.one(Token)


BUILDERS: dict[str, Builder] = {
    "at": _at,
    "entry": _entry,
    "target": _target,
    "kind": _only_token,
    "channel": _only_token,
    "about": _about,
    "given_facts": _given_facts,
    "given_row": _given_row,
    "given_person": _given_person,
    "given_before": _given_before,
    "start": _start,
    "wait_time": _wait_time,
    "fact_becomes": _fact_becomes,
    "system_answers": _system_answers,
    "act": _act,
    "act_on": _act_on,
    "names_person": _names_person,
    "expect": _expect,
    "expect_item": _expect_item,
    "expect_due": _expect_due,
    "expect_waiting": _expect_waiting,
    "expect_approval": _expect_approval,
    "expect_gate": _expect_gate,
    "expect_missing": _expect_missing,
    "expect_refused": _expect_refused,
    "expect_notified": _expect_notified,
    "expect_nobody": _expect_nobody,
    "expect_rule": _expect_rule,
    "expect_fact": _expect_fact,
    "expect_case": _expect_case,
}
