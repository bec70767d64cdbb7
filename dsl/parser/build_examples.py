"""Builders of the examples of scenarios, which stand in rows, by the name of the grammar's alternative."""

from __future__ import annotations

from typing import Literal, cast

from lark.lexer import Token

from dsl import nodes
from dsl.parser.build_scenarios import target_of
from dsl.parser.kids import Builder, Kids

Kind = Literal["given", "rule", "fact"]
_WORDS = {"TURNED_DOWN": "refused", "SENT_BACK": "returned"}
"""Words whose terminal is called otherwise than what they say."""


def _columns(kids: Kids) -> nodes.ExampleColumns:
    return nodes.ExampleColumns(kids.all(nodes.Heading), span=kids.span)


def _column(kids: Kids) -> nodes.Heading:
    return kids.one(nodes.Heading)


def _named(kind: Kind) -> Builder:
    def build(kids: Kids) -> nodes.Heading:
        name = kids.one(nodes.Name)
        return nodes.Heading(kind, nodes.Target(name, span=name.span), span=kids.span)

    return build


def _state(kids: Kids) -> nodes.Heading:
    kind: Literal["due", "state"] = "due" if kids.has("DUE") else "state"
    return nodes.Heading(kind, target_of(kids), span=kids.span)


def _step(kids: Kids) -> nodes.Heading:
    approval, step = kids.all(nodes.Name)
    target = nodes.Target(approval, span=approval.span)
    return nodes.Heading("step", target, step, span=kids.span)


def _refused(kids: Kids) -> nodes.Heading:
    return nodes.Heading("refused", span=kids.span)


def _row(kids: Kids) -> nodes.ExampleRow:
    return nodes.ExampleRow(kids.one(nodes.Text), kids.all(nodes.Sample), span=kids.span)


def _sample(kids: Kids) -> nodes.Sample:
    """A word may be the option of a choice as well: the column says which."""
    if kids.has("MISSING"):
        place = Kids(kids.children[:-1]).span
        return nodes.Sample(None, "missing", kids.one(nodes.Target), span=place)
    word = next((one for one in kids.all(Token) if one.type != "PIPE"), None)
    if word is not None:
        place = Kids([word]).span
        path = nodes.Path((nodes.Name(str(word), span=place),), span=place)
        return nodes.Sample(path, _WORDS.get(word.type, word.type.lower()), span=place)
    values = [child for child in kids.children if isinstance(child, nodes.Node)]
    if not values:
        return nodes.Sample(span=kids.span)
    return nodes.Sample(cast("nodes.Value", values[0]), span=values[0].span)


def _word(kids: Kids) -> Token:
    return kids.one(Token)


BUILDERS: dict[str, Builder] = {
    "example_columns": _columns,
    "example_column": _column,
    "given_heading": _named("given"),
    "state_heading": _state,
    "step_heading": _step,
    "rule_heading": _named("rule"),
    "fact_heading": _named("fact"),
    "refused_heading": _refused,
    "example_row": _row,
    "sample": _sample,
    "sample_word": _word,
}
