"""Prints what a layer changes in its base. The lines of an adjustment keep their order: it has a meaning."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dsl import nodes
from dsl.formatter.clauses import step
from dsl.formatter.heads import Lines, fact_clauses, title, type_pieces, ways
from dsl.formatter.pieces import Line, Pieces, Writer, quoted
from dsl.formatter.processes import thing
from dsl.formatter.tables import row
from dsl.parser.assembly import CLASSES

Printers = Mapping[type, Callable[[Writer, Any], Lines]]
_DROPPED: Mapping[str, tuple[str, ...]] = {
    "group": ("UNDER_GROUP",), "applies": ("APPLIES_WHEN",), "each": ("FOR_EACH", "FOR"),
    "accountable": ("ACCOUNTABLE",), "accepted": ("ACCEPTED_WHEN",), "signers": ("SIGNED_BY",),
    "due": ("DUE",), "within": ("WITHIN",), "sla": ("SLA",), "cause": ("CAUSE_BY",),
    "copies": ("COPIES",), "because": ("BECAUSE",), "default": ("DEFAULT",), "feed": ("COMES_FROM",),
    "held_by": ("HELD_BY",), "on_reject": ("ON_REJECT",), "on_timeout": ("ON_TIMEOUT",),
    "pause_waiting_for": ("PAUSE_WAITING_FOR",), "based_on": ("BASED_ON",), "week": ("WEEK",),
    "hours": ("WORK_TIME",), "say": ("OTHERWISE_SAY",), "on": ("ON",), "call": ("CALL",),
    "grant_on": ("GRANT_ON",), "revoke_on": ("REVOKE_ON",), "transfer_to": ("TRANSFER_TO",),
    "template": ("TEMPLATE",), "when": ("WHEN",),
}  # fmt: skip
_NAMED = {"contents": "PROVIDE id", "evidence": "EVIDENCE id", "counts": "COUNTED id",
          "titles": "TITLE id", "fields": "id"}  # fmt: skip
_NEEDED: Mapping[str, Callable[[nodes.Adjust], dict[str, Any]]] = {
    "fact": lambda node: {"type": nodes.SimpleType("text", span=node.id.span)},
    "feed": lambda node: {"record": node.id},
}
"""What a declaration cannot be without, of which an adjustment says nothing."""
_SIDES: Mapping[nodes.Side, tuple[str, ...]] = {
    "after": ("AFTER it", "BEHIND it BEHIND_END"),
    "before": ("BEFORE it", "BEHIND it BEFOREHAND"),
    "together": ("TOGETHER_WITH it", "ALONGSIDE it AT_THE_SAME_TIME"),
    "start": ("AT_START",),
    "end": ("AT_END",),
}


def printers(declarations: Printers) -> Printers:
    """The printers of statements that tailor.

    Args:
        declarations: those of declarations, whose lines an adjustment has.
    """

    def adjust(writer: Writer, node: nodes.Adjust) -> Lines:
        yield Line(0, _head(writer, node, "ADJUST"))
        for change in node.changes:
            yield Line(1, _change(writer, node, change, declarations))

    def replace(writer: Writer, node: nodes.Replace) -> Lines:
        first, *rest = declarations[type(node.by)](writer, node.by)
        yield Line(0, writer.word("REPLACE") + first.pieces, first.fields, first.spans)
        yield from rest

    return {nodes.Adjust: adjust, nodes.Replace: replace, nodes.Remove: _remove}


def _head(writer: Writer, node: nodes.Adjust | nodes.Remove, verb: str) -> Pieces:
    kind = node.kind.upper()
    if node.kind == "audience":
        return writer.fill(f"{verb} {kind}")
    return writer.fill(f"{verb} {kind} id title", id=node.id, title=title(node.title, node.id))


def _remove(writer: Writer, node: nodes.Remove) -> Lines:
    reason = writer.maybe("BECAUSE it", quoted(node.because))
    yield Line(0, _head(writer, node, "REMOVE") + reason, ("because",))


def _change(
    writer: Writer, node: nodes.Adjust, change: nodes.Change, declarations: Printers
) -> Pieces:
    first, at = change.said[0], _place(writer, change.at)
    if change.verb == "remove":
        short = _dropped(writer, first)
        return writer.word("REMOVE") + (short or _said(writer, node, change, declarations))
    if first.field == "steps":
        pieces = step(writer, first.value, at)
    elif first.field == "body":
        pieces = thing(writer, first.value) + at
    elif first.field == "rows":
        pieces = row(writer, first.value.cells) + at
    else:
        pieces = _said(writer, node, change, declarations)
    adds = change.verb == "add" and not isinstance(first.value, nodes.AddItem)
    return writer.word("ADD") + pieces if adds else pieces


def _said(
    writer: Writer, node: nodes.Adjust, change: nodes.Change, declarations: Printers
) -> Pieces:
    """The line that says the same in a declaration."""
    fields: dict[str, Any] = {}
    for one in change.said:
        fields[one.field] = (*fields.get(one.field, ()), one.value) if one.many else one.value
    options = fields.pop("options", None)
    if options is not None:
        return type_pieces(writer, nodes.ChoiceType(options, span=change.span))
    if "resolvers" in fields:
        return writer.fill("IS ways", ways=ways(writer, fields["resolvers"]))
    needs = _NEEDED[node.kind](node) if node.kind in _NEEDED else {}
    id_title = nodes.Text(node.id.text, span=node.id.span)
    partial = CLASSES[node.kind](id=node.id, title=id_title, span=node.span, **needs, **fields)
    apart = ("titles", "because", "allowances", "final")
    if isinstance(partial, nodes.Fact) and not any(getattr(partial, one) for one in apart):
        return fact_clauses(writer, partial)
    _, line = declarations[type(partial)](writer, partial)
    return line.pieces


def _dropped(writer: Writer, said: nodes.Said) -> Pieces:
    """The short form of what is taken away; nothing where it is said in full."""
    value = said.value
    match value:
        case None:
            return writer.fill(*_DROPPED[said.field])
        case nodes.Name() if said.many:
            return writer.fill(_NAMED[said.field], id=value)
        case nodes.Do() if said.field == "follow_ups":
            return writer.fill(f"FOLLOW_UP {value.kind.upper()} id", id=value.target)
        case nodes.StageMark():
            return writer.fill("STAGE id", id=value.id)
        case _ if said.field == "body":
            return thing(writer, value)
        case _ if said.field == "options":
            return writer.fill("CHOICE names", names=writer.names(value))
        case _:
            return ()


def _place(writer: Writer, at: nodes.Beside | None) -> Pieces:
    if at is None:
        return ()
    match at.anchor:
        case None:
            anchor: Pieces = ()
        case nodes.Name():
            anchor = writer.name(at.anchor)
        case nodes.Row():
            anchor = row(writer, at.anchor.cells)
        case _:
            anchor = thing(writer, at.anchor)
    return writer.fill(*_SIDES[at.side], it=anchor)
