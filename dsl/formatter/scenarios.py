"""Prints scenarios: the sentences of people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dsl import nodes
from dsl.formatter import examples, expectations
from dsl.formatter.expectations import target
from dsl.formatter.expressions import expression
from dsl.formatter.heads import Lines, because, head, titles
from dsl.formatter.pieces import Line, Pieces, Writer, quoted, raw

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
    "reopen": "REOPENS",
    "claim": "CLAIMS",
    "give_back": "GIVES_BACK",
}
_DECISIONS = ("approve", "reject", "return", "resubmit")


def _scenario(writer: Writer, node: nodes.Scenario) -> Lines:
    yield Line(0, head(writer, node, "SCENARIO"))
    yield from titles(writer, node.titles)
    yield from because(writer, node)
    if node.must_fail is not None:
        text = writer.fill("MUST_FAIL BECAUSE reason", reason=node.must_fail)
        yield Line(1, text, ("must_fail",))
    for line in node.lines:
        yield Line(1, _LINES[type(line)](writer, line))


def _entries(writer: Writer, entries: tuple[nodes.Entry, ...]) -> Pieces:
    return writer.listed(
        (one.span, writer.name(one.name) + expression(writer, one.value)) for one in entries
    )


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
    return writer.fill(*templates, target=target(writer, node.target))


def _given_as(writer: Writer, node: nodes.GivenAs) -> Pieces:
    return writer.fill("GIVEN AS_IN scenario", scenario=node.scenario)


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
        f"system ANSWERS operation {'OK' if node.ok else 'FAILED'} at",
        system=node.system,
        operation=node.operation,
        at=_at(writer, node.at),
    )


def _feed_reports(writer: Writer, node: nodes.FeedReports) -> Pieces:
    entries = _entries(writer, node.entries)
    at = _at(writer, node.at)
    return writer.fill("feed REPORTS entries at", feed=node.feed, entries=entries, at=at)


def _feed_drops(writer: Writer, node: nodes.FeedDrops) -> Pieces:
    return writer.fill("feed DROPS key at", feed=node.feed, key=node.key, at=_at(writer, node.at))


def _stands_in(writer: Writer, node: nodes.StandsIn) -> Pieces:
    return writer.fill(
        "who LETS person STANDS_IN first THROUGH last at",
        who=node.who,
        person=node.person,
        first=expression(writer, node.first),
        last=expression(writer, node.last),
        at=_at(writer, node.at),
    )


def _comes_or_goes(writer: Writer, node: nodes.ComesOrGoes) -> Pieces:
    word = "IS_BACK" if node.how == "back" else "LEAVES"
    return writer.fill(f"who {word} at", who=node.who, at=_at(writer, node.at))


_SPECIAL: Mapping[str, tuple[str, ...]] = {
    "delegate": ("who DELEGATES target GRANT_TO person text at",),
    "reassign": ("who REASSIGNS target former GRANT_TO person text at",),
    "add_before": (
        "who ADDS person GRANT_TO target BEFORE_OTHERS text at",
        "who TOWARDS target ADDS_BEFORE person text at",
    ),
    "add_beside": (
        "who ADDS person GRANT_TO target BESIDE_OTHERS text at",
        "who TOWARDS target ADDS_BESIDE person text at",
    ),
    "add_after": (
        "who ADDS person GRANT_TO target AFTER_OTHERS text at",
        "who TOWARDS target ADDS_AFTER person text at",
    ),
}
"""Acts on somebody else's place in a task."""
_TAKES_OFF = {
    "en": "who TAKES_OFF person REVOKE_FROM target text at",
    "zh": "who TOWARDS target TAKES_OFF person text at",
}


def _special(writer: Writer, node: nodes.Act, templates: tuple[str, ...]) -> Pieces:
    return writer.fill(
        *templates,
        who=node.who,
        target=target(writer, node.target),
        former=writer.maybe("REVOKE_FROM it", quoted(node.former)),
        person=node.person,
        text=node.text,
        at=_at(writer, node.at),
    )


def _act(writer: Writer, node: nodes.Act) -> Pieces:
    if node.verb == "name":
        return _names(writer, node)
    if node.verb == "take_off":
        return _special(writer, node, (_TAKES_OFF[writer.dialect.name],))
    if node.verb in _SPECIAL:
        return _special(writer, node, _SPECIAL[node.verb])
    entries = _entries(writer, node.content)
    in_place = node.verb == "hand_over" and node.text is not None
    return writer.fill(
        "actor verb target content in_place text at",
        actor=_actor(writer, node),
        verb=_verb(writer, node),
        target=target(writer, node.target, kind=node.verb not in _DECISIONS),
        content=writer.maybe("WITH it", entries) if node.verb == "resubmit" else entries,
        in_place=writer.word("IN_PLACE") if in_place else (),
        text=node.text,
        at=_at(writer, node.at),
    )


def _names(writer: Writer, node: nodes.Act) -> Pieces:
    """`as` in English; in Chinese the word of `is`."""
    link = "AS" if writer.dialect.name == "en" else "IS"
    return writer.fill(
        f"who NAMES person {link} named items at",
        who=node.who,
        person=node.person,
        named=target(writer, node.target),
        items=writer.maybe(
            "RESPONSIBLE_FOR it",
            writer.listed((one.span, target(writer, one)) for one in node.items),
        ),
        at=_at(writer, node.at),
    )


def _actor(writer: Writer, node: nodes.Act) -> Pieces:
    if node.count is None:
        return writer.fill("who", who=node.who)
    count = raw(str(node.count))
    return writer.fill("count OF_THEM who", "who AMONG count PEOPLE", count=count, who=node.who)


def _verb(writer: Writer, node: nodes.Act) -> Pieces:
    """Several people `approve`, one `approves`."""
    terminal = _VERBS[node.verb]
    several = node.count is not None and node.count > 1
    return writer.also(terminal) if several else writer.word(terminal)


_LINES: Mapping[type, Callable[[Writer, Any], Pieces]] = {
    nodes.GivenFacts: _given_facts,
    nodes.GivenRow: _given_row,
    nodes.GivenPerson: _given_person,
    nodes.GivenBefore: _given_before,
    nodes.GivenAs: _given_as,
    nodes.Start: _start,
    nodes.WaitTime: _wait_time,
    nodes.FactBecomes: _fact_becomes,
    nodes.SystemAnswers: _system_answers,
    nodes.Act: _act,
    nodes.FeedReports: _feed_reports,
    nodes.FeedDrops: _feed_drops,
    nodes.StandsIn: _stands_in,
    nodes.ComesOrGoes: _comes_or_goes,
    **expectations.LINES,
    **examples.LINES,
}
PRINTERS: Mapping[type, Callable[[Writer, Any], Lines]] = {nodes.Scenario: _scenario}
