"""Builders of the lines of a process; `assembly` nests them."""

from __future__ import annotations

from typing import Literal, NamedTuple, cast

from lark.lexer import Token

from dsl import nodes
from dsl.model import DoKind, FollowUpKind
from dsl.parser.kids import Builder, Clause, Kids, fills_names
from dsl.source import Span

KINDS: dict[str, DoKind] = {
    "APPROVAL": "approval", "ITEM": "item", "ITEM_OR_ITEMS": "item", "GATE": "gate",
    "ACTION": "action", "ACCESS": "access", "DOCUMENT": "document", "PROCESS": "process",
    "ITEMS_OF": "group",
}  # fmt: skip


class Mark(NamedTuple):
    """A line that opens, parts or closes a group, with the condition of an `if`."""

    kind: Literal["together", "and", "if", "otherwise", "end"]
    span: Span
    condition: nodes.Expression | None = None


class Stage(NamedTuple):
    """A stage line, before its further titles."""

    id: nodes.Name
    title: nodes.Text | None
    span: Span


def _do(kids: Kids) -> nodes.Do:
    kind = KINDS[kids.one(Token).type]
    return nodes.Do(kind, kids.one(nodes.Name), span=kids.span)


def _do_items(kids: Kids) -> nodes.Do:
    return nodes.Do("items", span=kids.span)


def _wait_moment(kids: Kids) -> nodes.Wait:
    return nodes.Wait(kids.expressions()[0], span=kids.span)


def _then(kids: Kids) -> nodes.Do | nodes.Wait:
    return kids.maybe(nodes.Do) or kids.one(nodes.Wait)


def _follow_up(kids: Kids) -> Clause:
    kind: FollowUpKind = "action" if kids.has("ACTION") else "access"
    after = kids.one(nodes.Duration)
    follow_up = nodes.FollowUp(kind, kids.one(nodes.Name), after, span=kids.span)
    return kids.clause("follow_ups", follow_up, many=True)


def _stage(kids: Kids) -> Stage:
    return Stage(kids.one(nodes.Name), kids.maybe(nodes.Text), kids.span)


def _mark(kind: str) -> Builder:
    def build(kids: Kids) -> Mark:
        condition = next(iter(kids.expressions()), None)
        known = cast('Literal["together", "and", "if", "otherwise", "end"]', kind)
        return Mark(known, kids.span, condition)

    return build


BUILDERS: dict[str, Builder] = {
    "started_by": fills_names("started_by"),
    "managed_by": fills_names("managed_by"),
    "stage": _stage,
    "then": _then,
    "do": _do,
    "do_items": _do_items,
    "wait_moment": _wait_moment,
    "follow_up": _follow_up,
    "together": _mark("together"),
    "and_branch": _mark("and"),
    "then_if": _mark("if"),
    "otherwise": _mark("otherwise"),
    "end": _mark("end"),
}
