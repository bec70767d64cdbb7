"""Prints scenarios: the sentences of people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dsl import nodes
from dsl.formatter.expressions import expression
from dsl.formatter.heads import Lines, because, head, titles
from dsl.formatter.pieces import Line, Pieces, Writer, quoted, raw, signs, tight

_VERBS: Mapping[str, str] = {
    "approve": "APPROVES",
    "reject": "REJECTS",
    "return": "RETURNS",
    "resubmit": "RESUBMITS",
    "hand_over": "HANDS_OVER",
    "sign": "SIGNS",
    "refuse": "REFUSES",
    "waive": "WAIVES",
    "complete": "COMPLETES",
    "withdraw": "WITHDRAWS",
    "suspend": "SUSPENDS",
    "resume": "RESUMES",
    "cancel": "CANCELS",
    "count": "COUNTS",
    "call_back": "CALLS_BACK",
    "state_cause": "STATES_CAUSE",
    "confirm_cause": "CONFIRMS_CAUSE",
    "refuse_cause": "REFUSES_CAUSE",
}
_DECISIONS = ("approve", "reject", "return", "resubmit")


def _scenario(writer: Writer, node: nodes.Scenario) -> Lines:
    yield Line(0, head(writer, node, "SCENARIO"))
    yield from titles(writer, node.titles)
    yield from because(writer, node)
    for line in node.lines:
        yield Line(1, _LINES[type(line)](writer, line))


def _entries(writer: Writer, entries: tuple[nodes.Entry, ...]) -> Pieces:
    return writer.listed(
        (one.span, writer.name(one.name) + expression(writer, one.value)) for one in entries
    )


def _target(writer: Writer, node: nodes.Target | None, *, kind: bool = True) -> Pieces:
    """A name, with its key, behind its kind where that is written."""
    if node is None:
        return ()
    word = writer.word(node.kind.upper()) if kind and node.kind else ()
    key = tight(signs("[", *(piece.text for piece in quoted(node.key)), "]"))
    return word + writer.name(node.name) + (key if node.key else ())


def _at(writer: Writer, node: nodes.Moment | None) -> Pieces:
    return writer.maybe("AT it", expression(writer, node))


def _given_facts(writer: Writer, node: nodes.GivenFacts) -> Pieces:
    return writer.fill("GIVEN entries", entries=_entries(writer, node.entries))


def _given_row(writer: Writer, node: nodes.GivenRow) -> Pieces:
    entries = _entries(writer, node.entries)
    return writer.fill("GIVEN fact entries", fact=node.fact, entries=entries)


def _given_person(writer: Writer, node: nodes.GivenPerson) -> Pieces:
    return writer.fill("GIVEN role IS person", role=node.role, person=node.person)


def _given_before(writer: Writer, node: nodes.GivenBefore) -> Pieces:
    templates = ("GIVEN_BEFORE target DONE", "GIVEN target ALL_DONE_BEFORE")
    return writer.fill(*templates, target=_target(writer, node.target))


def _start(writer: Writer, node: nodes.Start) -> Pieces:
    return writer.fill("START process at", process=node.process, at=_at(writer, node.at))


def _wait_time(writer: Writer, node: nodes.WaitTime) -> Pieces:
    return writer.fill("WAIT_UNTIL it", it=expression(writer, node.at))


def _fact_becomes(writer: Writer, node: nodes.FactBecomes) -> Pieces:
    """English says the kind first; Chinese begins with the name."""
    kind = writer.word("FACT") if writer.dialect.name == "en" else ()
    value = expression(writer, node.value)
    at = _at(writer, node.at)
    return kind + writer.fill("fact BECOMES value at", fact=node.fact, value=value, at=at)


def _system_answers(writer: Writer, node: nodes.SystemAnswers) -> Pieces:
    return writer.fill(
        "system ANSWERS operation OK at",
        system=node.system,
        operation=node.operation,
        at=_at(writer, node.at),
    )


def _act(writer: Writer, node: nodes.Act) -> Pieces:
    if node.verb == "name":
        return _names(writer, node)
    target = _target(writer, node.target, kind=node.verb not in _DECISIONS)
    in_place = node.verb == "hand_over" and node.text is not None
    return writer.fill(
        "actor verb target content in_place text at",
        actor=_actor(writer, node),
        verb=_verb(writer, node),
        target=target,
        content=_entries(writer, node.content),
        in_place=writer.word("IN_PLACE") if in_place else (),
        text=node.text,
        at=_at(writer, node.at),
    )


def _names(writer: Writer, node: nodes.Act) -> Pieces:
    """`as` in English; in Chinese the word of `is`."""
    link = "AS" if writer.dialect.name == "en" else "IS"
    return writer.fill(
        f"role NAMES person {link} named items at",
        role=node.role,
        person=node.person,
        named=_target(writer, node.target),
        items=writer.maybe(
            "RESPONSIBLE_FOR it",
            writer.listed((one.span, _target(writer, one)) for one in node.items),
        ),
        at=_at(writer, node.at),
    )


def _actor(writer: Writer, node: nodes.Act) -> Pieces:
    if node.count is None:
        return writer.name(node.role)
    count = raw(str(node.count))
    return writer.fill("count OF_THEM role", "role AMONG count PEOPLE", count=count, role=node.role)


def _verb(writer: Writer, node: nodes.Act) -> Pieces:
    """Several people `approve`, one `approves`."""
    terminal = _VERBS[node.verb]
    several = node.count is not None and node.count > 1
    return writer.also(terminal) if several else writer.word(terminal)


def _expect_item(writer: Writer, node: nodes.ExpectItem) -> Pieces:
    template = f"EXPECT target {node.state.upper()}"
    return writer.fill(template, target=_target(writer, node.target))


def _expect_due(writer: Writer, node: nodes.ExpectDue) -> Pieces:
    date = expression(writer, node.date)
    return writer.fill("EXPECT target DUE date", target=_target(writer, node.target), date=date)


def _expect_approval(writer: Writer, node: nodes.ExpectApproval) -> Pieces:
    state = "WAITS_FOR role" if node.state == "waiting" else node.state.upper()
    template = f"EXPECT APPROVAL approval {state}"
    return writer.fill(template, approval=node.approval, role=node.role)


def _expect_gate(writer: Writer, node: nodes.ExpectGate) -> Pieces:
    """A gate is open in another word than an item, where the dialect has one."""
    state = writer.also("OPEN") if node.open else writer.word("CLOSED")
    because_of = writer.maybe("BECAUSE it", _target(writer, node.because))
    template = "EXPECT GATE gate state because"
    return writer.fill(template, gate=node.gate, state=state, because=because_of)


def _expect_refused(writer: Writer, node: nodes.ExpectRefused) -> Pieces:
    template = f"EXPECT REFUSED {node.reason.upper()} missing"
    return writer.fill(template, missing=_target(writer, node.missing))


def _expect_notified(writer: Writer, node: nodes.ExpectNotified) -> Pieces:
    channel = f"BY_CHANNEL {node.channel.upper()}" if node.channel else ""
    about = writer.maybe("ABOUT it", _target(writer, node.about))
    return writer.fill(f"EXPECT NOTIFIED role {channel} about", role=node.role, about=about)


def _expect_nobody(writer: Writer, node: nodes.ExpectNobodyNotified) -> Pieces:
    return writer.fill("EXPECT NOBODY_NOTIFIED group", group=node.group)


def _expect_rule(writer: Writer, node: nodes.ExpectRule) -> Pieces:
    return writer.fill(f"EXPECT RULE rule {'ACTED' if node.acted else 'NOT_ACTED'}", rule=node.rule)


def _expect_fact(writer: Writer, node: nodes.ExpectFact) -> Pieces:
    value = expression(writer, node.value)
    return writer.fill("EXPECT FACT fact IS value", fact=node.fact, value=value)


def _expect_case(writer: Writer, node: nodes.ExpectCase) -> Pieces:
    return writer.fill(f"EXPECT CASE_{node.state.upper()}")


_LINES: Mapping[type, Callable[[Writer, Any], Pieces]] = {
    nodes.GivenFacts: _given_facts,
    nodes.GivenRow: _given_row,
    nodes.GivenPerson: _given_person,
    nodes.GivenBefore: _given_before,
    nodes.Start: _start,
    nodes.WaitTime: _wait_time,
    nodes.FactBecomes: _fact_becomes,
    nodes.SystemAnswers: _system_answers,
    nodes.Act: _act,
    nodes.ExpectItem: _expect_item,
    nodes.ExpectDue: _expect_due,
    nodes.ExpectApproval: _expect_approval,
    nodes.ExpectGate: _expect_gate,
    nodes.ExpectRefused: _expect_refused,
    nodes.ExpectNotified: _expect_notified,
    nodes.ExpectNobodyNotified: _expect_nobody,
    nodes.ExpectRule: _expect_rule,
    nodes.ExpectFact: _expect_fact,
    nodes.ExpectCase: _expect_case,
}
PRINTERS: Mapping[type, Callable[[Writer, Any], Lines]] = {nodes.Scenario: _scenario}
