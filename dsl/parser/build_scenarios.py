"""Builders of what scenarios give and of when it happens, by the name of the grammar's alternative."""

from __future__ import annotations

from typing import NamedTuple, cast

from lark.lexer import Token

from dsl import nodes
from dsl.parser.kids import Builder, Kids, fills
from dsl.source import Span

_KINDS = ("ITEM", "APPROVAL", "GATE", "ACTION", "ACCESS", "DOCUMENT", "RULE", "STAGE")


class At(NamedTuple):
    """When a line happens."""

    moment: nodes.Moment
    span: Span


class About(NamedTuple):
    """What a line is about."""

    target: nodes.Target
    span: Span


def instant(kids: Kids) -> nodes.Moment:
    """A day, or a day and a time."""
    return kids.maybe(nodes.DateTime) or kids.one(nodes.Date)


def _at(kids: Kids) -> At:
    return At(instant(kids), kids.span)


def when(kids: Kids) -> nodes.Moment | None:
    """When a line happens, if it says so."""
    at = kids.maybe(At)
    return None if at is None else at.moment


def _entry(kids: Kids) -> nodes.Entry:
    name, value = kids.children
    return nodes.Entry(cast("nodes.Name", name), cast("nodes.Value", value), span=kids.span)


def _target(kids: Kids) -> nodes.Target:
    return nodes.Target(kids.one(nodes.Name), None, kids.maybe(nodes.Text), span=kids.span)


def _about(kids: Kids) -> About:
    return About(target_of(kids), kids.span)


def target_of(kids: Kids) -> nodes.Target:
    """What a line is about, with its kind where that is written."""
    target, token = kids.one(nodes.Target), kids.token(*_KINDS)
    kind = None if token is None else cast("nodes.TargetWord", token.type.lower())
    return nodes.Target(target.name, kind, target.key, span=target.span)


def who(kids: Kids) -> nodes.Who:
    """Whose act it is: what the line begins with."""
    return cast("nodes.Who", kids.children[0])


def _given_facts(kids: Kids) -> nodes.GivenFacts:
    return nodes.GivenFacts(kids.all(nodes.Entry), span=kids.span)


def _given_row(kids: Kids) -> nodes.GivenRow:
    return nodes.GivenRow(kids.one(nodes.Name), kids.all(nodes.Entry), span=kids.span)


def _given_person(kids: Kids) -> nodes.GivenPerson:
    return nodes.GivenPerson(kids.one(nodes.Name), kids.one(nodes.Text), span=kids.span)


def _given_before(kids: Kids) -> nodes.GivenBefore:
    return nodes.GivenBefore(target_of(kids), span=kids.span)


def _given_as(kids: Kids) -> nodes.GivenAs:
    return nodes.GivenAs(kids.one(nodes.Name), span=kids.span)


def _start(kids: Kids) -> nodes.Start:
    return nodes.Start(instant(kids), kids.maybe(nodes.Name), span=kids.span)


def _wait_time(kids: Kids) -> nodes.WaitTime:
    return nodes.WaitTime(instant(kids), span=kids.span)


def _fact_becomes(kids: Kids) -> nodes.FactBecomes:
    value = cast("nodes.Value", kids.expressions()[0])
    return nodes.FactBecomes(kids.one(nodes.Name), value, when(kids), span=kids.span)


def _system_answers(kids: Kids) -> nodes.SystemAnswers:
    system, operation = kids.all(nodes.Name)
    return nodes.SystemAnswers(system, operation, kids.has("OK"), when(kids), span=kids.span)


def _feed_reports(kids: Kids) -> nodes.FeedReports:
    return nodes.FeedReports(
        kids.one(nodes.Name), kids.all(nodes.Entry), when(kids), span=kids.span
    )


def _feed_drops(kids: Kids) -> nodes.FeedDrops:
    return nodes.FeedDrops(kids.one(nodes.Name), kids.one(nodes.Text), when(kids), span=kids.span)


def _only_token(kids: Kids) -> Token:
    return kids.one(Token)


BUILDERS: dict[str, Builder] = {
    "at": _at,
    "entry": _entry,
    "target": _target,
    "kind": _only_token,
    "about": _about,
    "given_facts": _given_facts,
    "given_row": _given_row,
    "given_person": _given_person,
    "given_before": _given_before,
    "given_as": _given_as,
    "must_fail": fills("must_fail", nodes.Text),
    "start": _start,
    "wait_time": _wait_time,
    "fact_becomes": _fact_becomes,
    "system_answers": _system_answers,
    "feed_reports": _feed_reports,
    "feed_drops": _feed_drops,
}
