"""Builders of rules and of the audience, by the name of the grammar's alternative."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple, cast

from lark.lexer import Token

from dsl import nodes
from dsl.model import Channel, HoldableKind, ItemOccurrence
from dsl.parser.build_heads import Head
from dsl.parser.kids import Builder, Clause, Kids, Names, fills_names, of_name
from dsl.source import Span

_OCCURRENCES: dict[str, ItemOccurrence] = {
    "TURNED_DOWN": "refused", "HANDED_OVER": "handed_over", "DONE": "done", "WAIVED": "waived",
}  # fmt: skip
_CASE: dict[str, Literal["opens", "closes", "rejected", "withdrawn"]] = {
    "CASE_OPENS": "opens", "CASE_CLOSES": "closes", "CASE_REJECTED": "rejected",
    "CASE_WITHDRAWN": "withdrawn",
}  # fmt: skip


class Worded(NamedTuple):
    """A node that lacks its message, whose placeholders are read when the line is.

    Attributes:
        text: the quoted text as it was typed; its place is relative to the part.
        make: the node with its message.
    """

    text: Token
    make: Callable[[nodes.Message], nodes.Effect]
    span: Span


class Holdable(NamedTuple):
    """What waits for an approval."""

    kind: HoldableKind
    name: nodes.Name
    span: Span


def _audience_head(kids: Kids) -> Head:
    """There is one audience, so its keyword is its name."""
    return Head(nodes.Name(str(kids.one(Token)), span=kids.span), None, (), kids.span)


def _whenever(kids: Kids) -> Clause:
    return kids.clause("whenever", _event(kids))


def _event(kids: Kids) -> nodes.Event:
    kinds = (
        nodes.ItemEvent
        | nodes.ApprovalEvent
        | nodes.FactEvent
        | nodes.CaseEvent
        | nodes.MomentEvent
    )
    return next(child for child in kids.children if isinstance(child, kinds))


def _item_overdue(kids: Kids) -> nodes.ItemEvent:
    name, by = kids.maybe(nodes.Name), kids.maybe(nodes.Duration)
    return nodes.ItemEvent("overdue", name, by, span=kids.span)


def _item_event(kids: Kids) -> nodes.ItemEvent:
    what = _OCCURRENCES[kids.all(Token)[-1].type]
    return nodes.ItemEvent(what, kids.maybe(nodes.Name), span=kids.span)


def _approval_event(kids: Kids) -> nodes.ApprovalEvent:
    outcome: Literal["approved", "rejected"] = "approved" if kids.has("PASSED") else "rejected"
    return nodes.ApprovalEvent(kids.one(nodes.Name), outcome, span=kids.span)


def _case_event(kids: Kids) -> nodes.CaseEvent:
    return nodes.CaseEvent(_CASE[kids.one(Token).type], span=kids.span)


def _moment_event(kids: Kids) -> nodes.MomentEvent:
    return nodes.MomentEvent(kids.expressions()[0], span=kids.span)


def _watch(kids: Kids) -> Clause:
    """English names the variable first, Chinese the feed."""
    first, second = kids.all(nodes.Name)
    variable, feed = (second, first) if kids.has("WATCH") else (first, second)
    return kids.clause("watch", nodes.Watch(variable, feed, span=kids.span))


def _does(kids: Kids, effect: nodes.Effect | Worded) -> Clause:
    return kids.clause("does", effect, many=True)


def _add_item(kids: Kids) -> Clause:
    return _does(kids, nodes.AddItem(kids.one(nodes.Name), span=kids.span))


def _holdable(kids: Kids) -> Holdable:
    kind = cast("HoldableKind", kids.one(Token).type.lower())
    return Holdable(kind, kids.one(nodes.Name), kids.span)


def _require(kids: Kids) -> Clause:
    held = kids.one(Holdable)
    approval = kids.one(nodes.Name)
    return _does(kids, nodes.Require(approval, held.kind, held.name, span=kids.span))


def _parties(kids: Kids) -> tuple[nodes.Party, ...]:
    kinds = nodes.PartyName | nodes.SuperiorOf
    return tuple(child for child in kids.children if isinstance(child, kinds))


def _notify(kids: Kids) -> Clause:
    to, span = _parties(kids), kids.span
    *_, channel, text = kids.all(Token)

    def make(message: nodes.Message) -> nodes.Effect:
        return nodes.Notify(to, cast("Channel", channel.type.lower()), message, span=span)

    return _does(kids, Worded(text, make, span))


def _set_fact(kids: Kids) -> Clause:
    value = kids.expressions()[0]
    return _does(kids, nodes.SetFact(kids.one(nodes.Name), value, span=kids.span))


def _note(kids: Kids) -> Clause:
    span = kids.span

    def make(message: nodes.Message) -> nodes.Effect:
        return nodes.Note(message, span=span)

    return _does(kids, Worded(kids.all(Token)[-1], make, span))


def _escalate(kids: Kids) -> Clause:
    return _does(kids, nodes.Escalate(_parties(kids)[0], span=kids.span))


def _never_group(kids: Kids) -> Clause:
    return kids.clause("never", kids.all(nodes.Text))


def _always(kids: Kids) -> Clause:
    roles = kids.one(Names).names
    return kids.clause("always", nodes.Always(roles, _event(kids), span=kids.span), many=True)


def _token(kids: Kids) -> Token:
    return kids.one(Token)


def _inner(kids: Kids) -> nodes.Expression:
    return kids.expressions()[0]


BUILDERS: dict[str, Builder] = {
    "audience_head": _audience_head,
    "whenever": _whenever,
    "item_overdue": _item_overdue,
    "item_event": _item_event,
    "approval_event": _approval_event,
    "fact_event": of_name(nodes.FactEvent),
    "case_event": _case_event,
    "moment_event": _moment_event,
    "watch": _watch,
    "add_item": _add_item,
    "holdable": _holdable,
    "require": _require,
    "notify": _notify,
    "set_fact": _set_fact,
    "note": _note,
    "escalate": _escalate,
    "message": _token,
    "placeholder_line": _inner,
    "never_group": _never_group,
    "external_from": fills_names("external_from"),
    "always": _always,
}
