"""Prints rules and the audience."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from dsl import nodes
from dsl.formatter.expressions import duration, expression, moment, operand, party
from dsl.formatter.heads import Lines, because, clause, each, head, titles
from dsl.formatter.pieces import ESCAPED, Line, Piece, Pieces, Writer, quoted, tight

_OCCURRENCES = {
    "refused": "TURNED_DOWN", "handed_over": "HANDED_OVER", "done": "DONE", "waived": "WAIVED",
}  # fmt: skip
_CASE = {
    "opens": "CASE_OPENS", "closes": "CASE_CLOSES", "rejected": "CASE_REJECTED",
    "withdrawn": "CASE_WITHDRAWN",
}  # fmt: skip
_BRACE = re.compile(r"[{}｛｝]")


def event(writer: Writer, node: nodes.Event) -> Pieces:
    """What a rule waits for."""
    match node:
        case nodes.ItemEvent():
            return _item_event(writer, node)
        case nodes.ApprovalEvent():
            end = "PASSED" if node.outcome == "approved" else "REJECTED"
            return writer.fill(f"APPROVAL approval {end}", approval=node.approval)
        case nodes.FactEvent():
            return writer.fill("FACT fact CHANGES", fact=node.fact)
        case nodes.CaseEvent():
            return writer.word(_CASE[node.what])
        case nodes.MomentEvent():
            return moment(writer, node.moment)


def _item_event(writer: Writer, node: nodes.ItemEvent) -> Pieces:
    if node.what != "overdue":
        return writer.fill(f"ITEM item {_OCCURRENCES[node.what]}", item=node.item)
    by = () if node.by is None else duration(writer, node.by)
    late = writer.fill("DELAYED_BY by", "by", by=by) if by else ()
    return writer.fill("ITEM item OVERDUE late", item=node.item, late=late)


def message(writer: Writer, node: nodes.Message) -> Pieces:
    """A text with its placeholders, each of which is printed like any expression."""
    found: list[Piece] = [Piece('"')]
    for part in node.parts:
        if isinstance(part, nodes.Text):
            found.append(Piece(_escaped(_BRACE.sub(_doubled, part.text)), tight=True))
        elif isinstance(part, nodes.Unreadable):
            found.append(Piece(_escaped(f"{{{part.text}}}"), tight=True))
        else:
            inner = tight(expression(writer, part))
            found.extend((Piece("{", tight=True), *map(_inside, inner), Piece("}", tight=True)))
    return (*found, Piece('"', tight=True))


def _doubled(found: re.Match[str]) -> str:
    return found[0] * 2


def _inside(piece: Piece) -> Piece:
    """What stands in a placeholder stands in quotes, too, and on one line with them."""
    return piece._replace(text=piece.text if piece.is_name else _escaped(piece.text), row=None)


def _escaped(text: str) -> str:
    return ESCAPED.sub(lambda found: f"\\{found[0]}", text)


def _rule(writer: Writer, node: nodes.Rule) -> Lines:
    yield Line(0, head(writer, node, "RULE"))
    yield from titles(writer, node.titles)
    if node.whenever is not None:
        yield from clause(writer.fill("WHENEVER it", it=event(writer, node.whenever)), "whenever")
    if node.watch is not None:
        templates = ("WATCH_EACH variable IN feed", "WATCH feed OF EACH variable")
        pieces = writer.fill(*templates, variable=node.watch.variable, feed=node.watch.feed)
        yield from clause(pieces, "watch")
    yield from clause(writer.maybe("WHEN it", expression(writer, node.when)), "when")
    yield from each("does", ((one, _EFFECTS[type(one)](writer, one)) for one in node.does))
    yield from because(writer, node)


def _add_item(writer: Writer, node: nodes.AddItem) -> Pieces:
    return writer.fill("ADD_ITEM item", item=node.item)


def _require(writer: Writer, node: nodes.Require) -> Pieces:
    kind = node.kind.upper()
    return writer.fill(
        f"REQUIRE_APPROVAL approval BEFORE {kind} target",
        f"REQUIRE_APPROVAL approval BEHIND {kind} target BEFOREHAND",
        approval=node.approval,
        target=node.target,
    )


def _notify(writer: Writer, node: nodes.Notify) -> Pieces:
    to = writer.listed((one.span, party(writer, one)) for one in node.to)
    text = message(writer, node.message)
    return writer.fill(f"NOTIFY to BY_CHANNEL {node.channel.upper()} text", to=to, text=text)


def _set_fact(writer: Writer, node: nodes.SetFact) -> Pieces:
    return writer.fill("SET fact SET_TO value", fact=node.fact, value=operand(writer, node.value))


def _note(writer: Writer, node: nodes.Note) -> Pieces:
    return writer.fill("NOTE text", text=message(writer, node.message))


def _escalate(writer: Writer, node: nodes.Escalate) -> Pieces:
    return writer.fill("ESCALATE_TO to", to=party(writer, node.to))


def _audience(writer: Writer, node: nodes.Audience) -> Lines:
    yield Line(0, writer.word("AUDIENCE"))
    yield from titles(writer, node.titles)
    groups = writer.listed((one.span, quoted(one)) for one in node.never)
    yield from clause(writer.maybe("NEVER_GROUP it", groups), "never")
    through = writer.names(node.external_from)
    yield from clause(writer.maybe("EXTERNAL_ONLY_FROM it", through), "external_from")
    yield from each("always", _always(writer, node.always))
    yield from because(writer, node)


def _always(writer: Writer, lines: tuple[nodes.Always, ...]) -> Iterator[tuple[nodes.Node, Pieces]]:
    for one in lines:
        roles, of = writer.names(one.roles), event(writer, one.event)
        yield one, writer.fill("ALWAYS roles ON_EVENT event", roles=roles, event=of)


_EFFECTS: Mapping[type, Callable[[Writer, Any], Pieces]] = {
    nodes.AddItem: _add_item,
    nodes.Require: _require,
    nodes.Notify: _notify,
    nodes.SetFact: _set_fact,
    nodes.Note: _note,
    nodes.Escalate: _escalate,
}
PRINTERS: Mapping[type, Callable[[Writer, Any], Lines]] = {
    nodes.Rule: _rule,
    nodes.Audience: _audience,
}
