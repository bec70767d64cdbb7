"""What people do in scenarios, typed against roles, items and approvals."""

from __future__ import annotations

from dsl import model, nodes
from dsl.expressions.tree import Wire
from dsl.resolve.desk import Desk
from dsl.resolve.expressions.literals import is_right
from dsl.resolve.stage import Rule, Stage, at, facts_of, who
from dsl.resolve.targets import find_target, part_type
from dsl.resolve.types import wire_value
from dsl.types import FileType

_TASKS = ("item", "approval", "action", "access", "document")
_VERBS: dict[str, tuple[str, ...]] = {
    "approve": ("approval",),
    "reject": ("approval",),
    "return": ("approval",),
    "resubmit": ("approval",),
    "name": ("role",),
    "hand_over": ("item",),
    "count": ("item",),
    "call_back": ("item",),
    "state_cause": ("item",),
    "confirm_cause": ("item",),
    "refuse_cause": ("item",),
    "sign": ("item", "document"),
    "refuse": ("item", "document"),
    "waive": ("item", "gate"),
    "complete": ("action", "access"),
    "withdraw": (),
    "cancel": (),
    "suspend": ("item", "approval", "action", "access"),
    "resume": ("item", "approval", "action", "access"),
    "reopen": (),
    "claim": _TASKS,
    "give_back": _TASKS,
    "delegate": _TASKS,
    "reassign": _TASKS,
    "add_before": ("approval",),
    "add_beside": ("approval",),
    "add_after": ("approval",),
    "take_off": ("approval",),
}


_OF_CASE = ("suspend", "resume")
"""Acts about one thing, or about the whole case."""


def _act(stage: Stage, line: nodes.Act) -> model.ScenarioLine | None:
    desk = stage.desk
    by = who(stage, line.who)
    target = None
    if line.target is not None and _VERBS[line.verb]:
        target = find_target(desk, line.target, _VERBS[line.verb], one=True)
    content = (
        facts_of(stage, line.content) if line.verb == "resubmit" else _content(desk, target, line)
    )
    items = tuple(find_target(desk, one, ("item",), one=True) for one in line.items)
    whole = line.target is None and line.verb in _OF_CASE
    lacking = target is None and bool(_VERBS[line.verb]) and not whole
    if by is None or lacking or None in items:
        return None
    return model.Act(
        by,
        line.verb,
        target,
        line.count,
        line.text.text if line.text else None,
        line.person.text if line.person else None,
        line.former.text if line.former else None,
        content,
        tuple(one for one in items if one is not None),
        at(stage, line.at),
    )


def _content(
    desk: Desk, target: model.Target | None, line: nodes.Act
) -> tuple[tuple[str, Wire], ...]:
    if target is None:
        return ()
    found: list[tuple[str, Wire]] = []
    for entry in line.content:
        type_ = part_type(desk, target.id, entry.name)
        if type_ is None:
            continue
        if isinstance(type_, FileType) and isinstance(entry.value, nodes.Text):
            found.append((entry.name.text, entry.value.text))
            continue
        wire = wire_value(desk, type_, entry.value)
        if wire is not None:
            found.append((entry.name.text, wire))
    return tuple(found)


def _stands_in(stage: Stage, line: nodes.StandsIn) -> model.ScenarioLine | None:
    of = who(stage, line.who)
    right = [is_right(stage.desk, day) for day in (line.first, line.last)]
    if of is None or not all(right):
        return None
    first, last = line.first.text, line.last.text
    return model.StandsIn(of, line.person.text, first, last, at(stage, line.at))


def _comes_or_goes(stage: Stage, line: nodes.ComesOrGoes) -> model.ScenarioLine | None:
    of = who(stage, line.who)
    return None if of is None else model.ComesOrGoes(of, line.how, at(stage, line.at))


RULES: dict[type, Rule] = {
    nodes.Act: _act,
    nodes.StandsIn: _stands_in,
    nodes.ComesOrGoes: _comes_or_goes,
}
