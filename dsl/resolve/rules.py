"""Rules and the audience: what happens when, with every value in a text typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from dsl import model, nodes
from dsl.diagnostic import Value
from dsl.resolve.desk import Desk
from dsl.resolve.expressions import frame_for
from dsl.resolve.expressions.compare import fits, is_single
from dsl.resolve.expressions.frame import Frame
from dsl.resolve.expressions.lists import binds
from dsl.resolve.expressions.literals import span_of
from dsl.resolve.expressions.moments import moment
from dsl.resolve.parties import resolve_party
from dsl.resolve.types import titles_of, wire_value
from dsl.types import Duration, RecordType

ITEM_WORDS = frozenset(("giver", "receiver", "accountable"))


class Sight(NamedTuple):
    """What the lines of one rule can speak of.

    `words` are those for people of the item that its event is about.
    """

    frame: Frame
    words: frozenset[str]


def resolve_rule(desk: Desk, node: nodes.Rule) -> model.Rule | None:
    """A rule: when it acts and what it does, in order."""
    _places(desk, node)
    _begins(desk, node)
    if not node.does:
        desk.missing("notify", node.id, desk.keyword("rule"))
    sight, watch = _sight(desk, node)
    when = sight.frame.condition(node.when) if node.when else None
    sight = sight._replace(frame=sight.frame.knowing(when.yes)) if when else sight
    whenever = resolve_event(sight.frame, node.whenever) if node.whenever else None
    does = tuple(_EFFECTS[type(each)](desk, each, sight) for each in node.does)
    found = tuple(each for each in does if each is not None)
    if len(found) < len(does) or (node.when and when is None):
        return None
    return model.Rule(
        node.id.text,
        titles_of(desk, node.title, node.titles),
        found,
        whenever,
        when.tree if when else None,
        watch,
        node.because.text if node.because else None,
    )


def _places(desk: Desk, node: nodes.Rule) -> None:
    for clause in ("whenever", "when", "watch", "because"):
        at: nodes.Node | None = getattr(node, clause)
        if at is not None:
            desk.place(clause, at)
    for number, each in enumerate(node.does):
        desk.place(f"does.{number}", each)


def _begins(desk: Desk, node: nodes.Rule) -> None:
    """Reports a rule of which nothing says when it acts, or two things that exclude each other."""
    words: dict[str, Value] = {word: desk.keyword(word) for word in ("whenever", "when", "watch")}
    if node.watch is not None and node.whenever is not None:
        desk.error("E470", node.whenever, words, variant="both", hint=True, label=True)
    elif node.when is None and node.whenever is None:
        if desk.broken:
            desk.book.excused = True
        else:
            variant = "watch" if node.watch else ""
            values = {**words, "rule": node.id.text}
            desk.error("E470", node.id, values, variant=variant, hint=True)


def resolve_event(frame: Frame, node: nodes.Event) -> model.Occurrence | None:
    """What a rule or the audience listens to; a moment may read what the frame knows."""
    desk = frame.desk
    match node:
        case nodes.ItemEvent():
            item = desk.find("item", node.item)
            missing = node.item is not None and item is None
            return None if missing else model.OnItem(node.what, item, _late_by(desk, node.by))
        case nodes.ApprovalEvent():
            approval = desk.find("approval", node.approval)
            return None if approval is None else model.OnApproval(approval, node.outcome)
        case nodes.FactEvent():
            fact = desk.find("fact", node.fact)
            return None if fact is None else model.OnFact(fact)
        case nodes.CaseEvent():
            return model.OnCase(node.what)
        case nodes.MomentEvent():
            found = moment(frame, node.moment)
            return None if found is None else model.OnMoment(found.tree)


def _late_by(desk: Desk, node: nodes.Duration | None) -> Duration | None:
    return None if node is None else span_of(desk, node)


def _sight(desk: Desk, node: nodes.Rule) -> tuple[Sight, model.Watch | None]:
    about_item = isinstance(node.whenever, nodes.ItemEvent)
    words = ITEM_WORDS if about_item else frozenset[str]()
    frame = frame_for(desk, *words, *(("item",) if about_item else ()), guard="when")
    if node.watch is None:
        return Sight(frame, words), None
    feed = desk.find("feed", node.watch.feed)
    record = desk.book.of("feed")[feed].node.record.text if feed else ""
    if not binds(frame, node.watch.variable):
        return Sight(frame, words), None
    variable = node.watch.variable.text
    watch = model.Watch(variable, feed or "")
    return Sight(frame.binding(variable, RecordType(record)), words), watch


def _message(node: nodes.Message, sight: Sight) -> model.Message | None:
    found: list[str | model.Placeholder] = []
    for part in node.parts:
        if isinstance(part, nodes.Text):
            found.append(part.text)
        elif isinstance(part, nodes.Unreadable):
            sight.frame.desk.error("E472", part, {"found": part.text.strip()}, hint=True)
        else:
            typed = sight.frame.infer(part)
            if typed is not None and is_single(sight.frame, part, typed):
                found.append(model.Placeholder(typed.tree, typed.type))
    return tuple(found) if len(found) == len(node.parts) else None


def _add_item(desk: Desk, node: nodes.AddItem, _sight: Sight) -> model.Effect | None:
    item = desk.find("item", node.item)
    return None if item is None else model.AddItem(item)


def _require(desk: Desk, node: nodes.Require, _sight: Sight) -> model.Effect | None:
    approval, target = desk.find("approval", node.approval), desk.find(node.kind, node.target)
    if approval is None or target is None:
        return None
    return model.Require(approval, node.kind, target)


def _notify(desk: Desk, node: nodes.Notify, sight: Sight) -> model.Effect | None:
    parties = [resolve_party(desk, each, sight.words) for each in node.to]
    to = tuple(each for each in parties if each is not None)
    message = _message(node.message, sight)
    if message is None or len(to) < len(parties):
        return None
    return model.Notify(to, node.channel, message)


def _set_fact(desk: Desk, node: nodes.SetFact, sight: Sight) -> model.Effect | None:
    fact = desk.book.facts.get(desk.find("fact", node.fact) or "")
    if fact is None:
        return None
    if isinstance(node.value, nodes.Literals) and wire_value(desk, fact.type, node.value) is None:
        return None
    value = sight.frame.infer(node.value, fact.type)
    if value is None or not fits(sight.frame, node.value, fact.type, value):
        return None
    return model.SetFact(fact.id, value.tree)


def _note(_desk: Desk, node: nodes.Note, sight: Sight) -> model.Effect | None:
    message = _message(node.message, sight)
    return None if message is None else model.Note(message)


def _escalate(desk: Desk, node: nodes.Escalate, sight: Sight) -> model.Effect | None:
    to = resolve_party(desk, node.to, sight.words)
    return None if to is None else model.Escalate(to)


def resolve_audience(desk: Desk, node: nodes.Audience) -> model.Audience | None:
    """Who may be told, and who always is."""
    always: list[model.Always] = []
    for number, each in enumerate(node.always):
        desk.place(f"always.{number}", each)
        roles, event = desk.all("role", each.roles), resolve_event(frame_for(desk), each.event)
        if event is not None and len(roles) == len(each.roles):
            always.append(model.Always(roles, event))
    if node.external_from:
        desk.place("external_from", node.external_from[0])
    through = desk.all("role", node.external_from)
    if len(always) < len(node.always):
        return None
    never = tuple(dict.fromkeys(group.text for group in node.never))
    return model.Audience(never, through, tuple(always))


_EFFECTS: dict[type, Callable[[Desk, Any, Sight], model.Effect | None]] = {
    nodes.AddItem: _add_item,
    nodes.Require: _require,
    nodes.Notify: _notify,
    nodes.SetFact: _set_fact,
    nodes.Note: _note,
    nodes.Escalate: _escalate,
}
