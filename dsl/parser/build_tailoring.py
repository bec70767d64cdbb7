"""Builders of what only tailoring has: heads, places of what is added, short forms of what is removed."""

from __future__ import annotations

from typing import NamedTuple, cast

from lark.lexer import Token

from dsl import nodes
from dsl.parser.build_clauses import BUILDERS as CLAUSES
from dsl.parser.build_heads import Head, titles_of
from dsl.parser.build_processes import KINDS
from dsl.parser.kids import Builder, Clause, Clauses, Kids
from dsl.source import Span

_SIDES: dict[str, nodes.Side] = {
    "AFTER": "after", "BEHIND_END": "after", "BEFORE": "before", "BEFOREHAND": "before",
    "TOGETHER_WITH": "together", "AT_THE_SAME_TIME": "together", "AT_START": "start",
    "AT_END": "end",
}  # fmt: skip
DROPPED: dict[str, tuple[str, ...]] = {
    "UNDER_GROUP": ("group",), "APPLIES_WHEN": ("applies",), "FOR_EACH": ("each",), "FOR": ("each",),
    "ACCOUNTABLE": ("accountable",), "ACCEPTED_WHEN": ("accepted",), "SIGNED_BY": ("signers",),
    "DUE": ("due",), "WITHIN": ("within",), "SLA": ("sla",), "CAUSE_BY": ("cause",),
    "COPIES": ("copies",), "BECAUSE": ("because",), "DEFAULT": ("default",), "COMES_FROM": ("feed",),
    "HELD_BY": ("held_by",), "ON_REJECT": ("on_reject",), "ON_TIMEOUT": ("on_timeout",),
    "PAUSE_WAITING_FOR": ("pause_waiting_for",), "BASED_ON": ("based_on",), "WEEK": ("week",),
    "WORK_TIME": ("hours",), "OTHERWISE_SAY": ("say",), "ON": ("on",), "CALL": ("call",),
    "GRANT_ON": ("grant_on", "grant_to"), "REVOKE_ON": ("revoke_on", "revoke_from"),
    "TRANSFER_TO": ("transfer_to",), "TEMPLATE": ("template",), "WHEN": ("when",),
}  # fmt: skip
"""The fields that a keyword takes away when it stands alone behind `remove`."""


class Tailored(NamedTuple):
    """The first line of an adjustment or a removal."""

    kind: str
    head: Head


class Placed(NamedTuple):
    """What is added, and where."""

    clause: Clause
    at: nodes.Beside | None
    span: Span


def _head(kids: Kids) -> Tailored:
    """There is one audience, so its keyword is its name."""
    word, text = kids.all(Token)[1], kids.maybe(nodes.Text)
    name = kids.maybe(nodes.Name) or nodes.Name(str(word), span=Kids([word]).span)
    said = kids.has("BECAUSE") and text is not None
    clauses = (Clause("because", text, text.span),) if said and text is not None else ()
    return Tailored(word.type.lower(), Head(name, None if said else text, clauses, kids.span))


def _kind(kids: Kids) -> Token:
    return kids.one(Token)


def _extends(kids: Kids) -> Clause:
    base = kids.one(nodes.Name)
    extends = nodes.Extends(base, kids.all(nodes.Text)[0], span=kids.span)
    return kids.clause("extends", extends)


def _range(kids: Kids) -> nodes.Text:
    texts = (each.text if isinstance(each, nodes.Text) else str(each) for each in kids.children)
    return nodes.Text("".join(texts), span=kids.span)


def _range_end(kids: Kids) -> nodes.Text:
    texts = (getattr(each, "text", None) or str(each) for each in kids.children)
    return nodes.Text("".join(texts), span=kids.span)


def _ways(kids: Kids) -> Clause:
    found = tuple(child for child in kids.children if isinstance(child, nodes.Node))
    return kids.clause("resolvers", found)


def _options(kids: Kids) -> Clause:
    return kids.clause("options", kids.all(nodes.Option))


def _placed_step(kids: Kids) -> Placed:
    step = cast("Clause", CLAUSES["step"](Kids([*_without_place(kids)])))
    return Placed(step, kids.maybe(nodes.Beside), kids.span)


def _without_place(kids: Kids) -> list[object]:
    return [child for child in kids.children if not isinstance(child, nodes.Beside)]


def _step_place(kids: Kids) -> nodes.Beside:
    return nodes.Beside(_side(kids), kids.maybe(nodes.Name), span=kids.span)


def _side(kids: Kids) -> nodes.Side:
    return next(_SIDES[token.type] for token in kids.all(Token) if token.type in _SIDES)


def _placed_row(kids: Kids) -> Placed:
    return Placed(kids.one(Clause), kids.maybe(nodes.Beside), kids.span)


def _row_place(kids: Kids) -> nodes.Beside:
    row = kids.maybe(Clause)
    anchor = None if row is None else cast("nodes.Row", row.value)
    return nodes.Beside(_side(kids), anchor, span=kids.span)


def _placed_thing(kids: Kids) -> Placed:
    thing = kids.maybe(nodes.Do) or kids.one(nodes.Wait)
    return Placed(_in_body(thing, kids), kids.one(nodes.Beside), kids.span)


def _placed_stage(kids: Kids) -> Placed:
    name = kids.one(nodes.Name)
    called = titles_of(kids)
    stage = nodes.StageMark(
        name, called.title, called.titles, span=kids.span._replace(end=called.span.end)
    )
    return Placed(_in_body(stage, kids), kids.one(nodes.Beside), kids.span)


def _in_body(flow: nodes.Flow, kids: Kids) -> Clause:
    return Clause("body", flow, kids.span, many=True)


def _thing_place(kids: Kids) -> nodes.Beside:
    kinds = nodes.Do | nodes.Wait | nodes.StageMark
    anchor = next((child for child in kids.children if isinstance(child, kinds)), None)
    return nodes.Beside(_side(kids), anchor, span=kids.span)


def _anchor_stage(kids: Kids) -> nodes.StageMark:
    name = kids.one(nodes.Name)
    return nodes.StageMark(name, nodes.Text(name.text, span=name.span), span=kids.span)


def _drop_named(field: str) -> Builder:
    def build(kids: Kids) -> Clause:
        return kids.clause(field, kids.one(nodes.Name), many=True)

    return build


def _drop_options(kids: Kids) -> Clause:
    return kids.clause("options", kids.all(nodes.Name))


def _drop_follow_up(kids: Kids) -> Clause:
    kind = KINDS[kids.all(Token)[1].type]
    return kids.clause(
        "follow_ups", nodes.Do(kind, kids.one(nodes.Name), span=kids.span), many=True
    )


def _drop_stage(kids: Kids) -> Clause:
    return _in_body(_anchor_stage(kids), kids)


def _drop_thing(kids: Kids) -> Clause:
    return _in_body(kids.maybe(nodes.Do) or kids.one(nodes.Wait), kids)


def _drop_clause(kids: Kids) -> Clauses:
    fields = DROPPED[kids.one(Token).type]
    return Clauses(tuple(Clause(field, None, kids.span) for field in fields), kids.span)


BUILDERS: dict[str, Builder] = {
    "adjust_head": _head,
    "replace_head": _head,
    "remove_head": _head,
    "kind_of": _kind,
    "extends": _extends,
    "range": _range,
    "range_end": _range_end,
    "ways": _ways,
    "options": _options,
    "placed_step": _placed_step,
    "step_place": _step_place,
    "placed_row": _placed_row,
    "row_place": _row_place,
    "placed_thing": _placed_thing,
    "placed_stage": _placed_stage,
    "thing_place": _thing_place,
    "anchor_stage": _anchor_stage,
    "drop_content": _drop_named("contents"),
    "drop_evidence": _drop_named("evidence"),
    "drop_count": _drop_named("counts"),
    "drop_title": _drop_named("titles"),
    "drop_field": _drop_named("fields"),
    "drop_options": _drop_options,
    "drop_follow_up": _drop_follow_up,
    "drop_stage": _drop_stage,
    "drop_thing": _drop_thing,
    "clause_word": _kind,
    "drop_clause": _drop_clause,
}
