"""Prints what scenarios expect."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dsl import nodes
from dsl.formatter.expressions import expression
from dsl.formatter.pieces import Pieces, Writer, quoted, signs, tight


def target(writer: Writer, node: nodes.Target | None, *, kind: bool = True) -> Pieces:
    """A name, with its key, behind its kind where that is written."""
    if node is None:
        return ()
    word = writer.word(node.kind.upper()) if kind and node.kind else ()
    key = tight(signs("[", *(piece.text for piece in quoted(node.key)), "]"))
    return word + writer.name(node.name) + (key if node.key else ())


_OTHER_WORDS = {"refused": "TURNED_DOWN", "returned": "SENT_BACK"}
"""States whose word in the grammar is another one than in the nodes."""


def state_word(state: str) -> str:
    """The terminal of the word for a state."""
    return _OTHER_WORDS.get(state, state.upper())


def _expect_state(
    writer: Writer, node: nodes.ExpectItem | nodes.ExpectTask | nodes.ExpectApproval
) -> Pieces:
    return writer.fill(
        f"EXPECT target {state_word(node.state)}", target=target(writer, node.target)
    )


def _expect_reached(writer: Writer, node: nodes.ExpectReached) -> Pieces:
    word = "REACHED" if node.reached else "NOT_REACHED"
    return writer.fill(f"EXPECT target {word}", target=target(writer, node.target))


def _expect_step(writer: Writer, node: nodes.ExpectStep) -> Pieces:
    dot = tight(signs("."))
    path = writer.name(node.approval) + dot + tight(writer.name(node.step))
    return writer.fill(f"EXPECT STEP path {node.state.upper()}", path=path)


def _expect_due(writer: Writer, node: nodes.ExpectDue) -> Pieces:
    at = expression(writer, node.at)
    return writer.fill("EXPECT target DUE at", target=target(writer, node.target), at=at)


def _expect_waiting(writer: Writer, node: nodes.ExpectWaiting) -> Pieces:
    word = "WAITS_FOR" if node.target.kind == "approval" else "FALLS_TO"
    about = target(writer, node.target)
    return writer.fill(f"EXPECT target {word} who", target=about, who=node.who)


def _expect_gate(writer: Writer, node: nodes.ExpectGate) -> Pieces:
    """A gate is open in another word than an item, where the dialect has one."""
    state = writer.also("OPEN") if node.open else writer.word("CLOSED")
    because_of = writer.maybe("BECAUSE it", target(writer, node.because))
    template = "EXPECT gate state because"
    gate = target(writer, node.target)
    return writer.fill(template, gate=gate, state=state, because=because_of)


def _expect_refused(writer: Writer, node: nodes.ExpectRefused) -> Pieces:
    reason = "code" if node.reason == "code" else node.reason.upper()
    missing = target(writer, node.missing)
    return writer.fill(f"EXPECT REFUSED {reason} missing", code=node.code, missing=missing)


def _expect_notified(writer: Writer, node: nodes.ExpectNotified) -> Pieces:
    channel = f"BY_CHANNEL {node.channel.upper()}" if node.channel else ""
    about = writer.maybe("ABOUT it", target(writer, node.about))
    word = "NOTIFIED" if node.told else "NOT_NOTIFIED"
    return writer.fill(f"EXPECT {word} who {channel} about", who=node.who, about=about)


def _expect_nobody(writer: Writer, node: nodes.ExpectNobodyNotified) -> Pieces:
    return writer.fill("EXPECT NOBODY_NOTIFIED group", group=node.group)


def _expect_rule(writer: Writer, node: nodes.ExpectRule) -> Pieces:
    return writer.fill(f"EXPECT RULE rule {'ACTED' if node.acted else 'NOT_ACTED'}", rule=node.rule)


def _expect_warning(writer: Writer, node: nodes.ExpectWarning) -> Pieces:
    word = "WARNING" if node.stands else "NO_WARNING"
    return writer.fill(f"EXPECT {word} target", target=target(writer, node.target))


def _expect_fact(writer: Writer, node: nodes.ExpectFact) -> Pieces:
    value = expression(writer, node.value)
    return writer.fill("EXPECT FACT fact IS value", fact=node.fact, value=value)


def _expect_case(writer: Writer, node: nodes.ExpectCase) -> Pieces:
    return writer.fill(f"EXPECT CASE_{node.state.upper()}")


LINES: Mapping[type, Callable[[Writer, Any], Pieces]] = {
    nodes.ExpectItem: _expect_state,
    nodes.ExpectTask: _expect_state,
    nodes.ExpectReached: _expect_reached,
    nodes.ExpectStep: _expect_step,
    nodes.ExpectDue: _expect_due,
    nodes.ExpectWaiting: _expect_waiting,
    nodes.ExpectApproval: _expect_state,
    nodes.ExpectGate: _expect_gate,
    nodes.ExpectRefused: _expect_refused,
    nodes.ExpectNotified: _expect_notified,
    nodes.ExpectNobodyNotified: _expect_nobody,
    nodes.ExpectRule: _expect_rule,
    nodes.ExpectWarning: _expect_warning,
    nodes.ExpectFact: _expect_fact,
    nodes.ExpectCase: _expect_case,
}
