"""What a case would come to: its approvals, checklist and tasks, who would have them, and by when."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from msgspec import Struct

from dsl.expressions.tree import Expression
from dsl.model import Access, Action, NamedBy
from dsl.types import Duration, DurationType
from dsl.values import show
from engine.deadlines import item_due, moment_of
from engine.events import Filled
from engine.filling import fill_action, fill_item, fill_step
from engine.flow.approvals import deciding_roles
from engine.flow.items import draft_of, records_of
from engine.plan import NodeKind
from engine.scope import Scope
from engine.views.reader import Reader


class Planned(Struct, frozen=True):
    """One thing that would come up.

    Attributes:
        kind: `step`, `item`, `action`, `access` or `document`.
        people: who would approve, hand over, do or sign it; by name, or why that cannot be said yet.
        receivers: who would take an item over.
        due: by when, where its day can be said; `within` is how long people have from when it comes up.
        provisional: the holidays of the year in which it is due are not announced yet.
    """

    kind: str
    ref: str
    title: str
    people: tuple[str, ...]
    receivers: tuple[str, ...] = ()
    due: datetime | None = None
    within: str | None = None
    provisional: bool = False


class _Who:
    """Who would fill roles, in words."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def of(self, role: str, filled: Filled) -> tuple[str, ...]:
        """Names; of a role that nobody fills yet its title, with who names them."""
        reader = self._reader
        if filled.people:
            return tuple(map(reader.person, filled.people))
        title = reader.role(role)
        if filled.lacking == "external":
            return (title,)
        if filled.lacking != "unnamed":
            return (reader.say("plan.nobody", role=title),)
        _, named = reader.scope.roles.naming(role, filled.via)
        assert isinstance(named, NamedBy)
        return (reader.say("plan.unnamed", role=title, by=reader.role(named.role)),)


def plan_ahead(reader: Reader) -> tuple[Planned, ...]:
    """What lies on the way of a case as its facts are now, in the order of the process."""
    scope = reader.scope
    ways = _ahead(scope)
    found = [
        one
        for node in scope.program.plan.nodes.values()
        if node.id in ways
        for one in _PLANNED.get(node.kind, _nothing)(reader, node.ref)
    ]
    placed = {one.ref for one in found}
    added = (ref for ref in scope.state.items if ref not in placed)
    return (*found, *(one for ref in added for one in _items(reader, ref)))


def _ahead(scope: Scope) -> set[str]:
    """Every node that lies on the ways that the facts choose."""
    found: set[str] = set()
    todo = [node for node, count in scope.state.tokens.items() if count]
    while todo:
        one = todo.pop()
        if one in found:
            continue
        found.add(one)
        node = scope.program.node(one)
        if node.kind == "choice":
            todo.append(node.next[0 if scope.holds(node.condition) else 1])
        else:
            todo.extend(node.next)
    return found


def _steps(reader: Reader, ref: str) -> Iterator[Planned]:
    scope = reader.scope
    approval, step = scope.program.steps[ref]
    roles = deciding_roles(scope, step)[0] if scope.holds(step.when) else None
    if roles is not None:
        who = _Who(reader)
        people = [one for role in roles for one in who.of(role, fill_step(scope, approval, role))]
        title = reader.about("step", ref, None, roles)
        yield Planned("step", ref, title, _once(people), within=_lasting(reader, step.within))


def _items(reader: Reader, ref: str) -> Iterator[Planned]:
    scope, who = reader.scope, _Who(reader)
    item = scope.program.items[ref]
    roles = {role: fill_item(scope, item, role) for role in scope.program.item_roles[ref]}
    for record in records_of(scope, item):
        draft = draft_of(scope, item, record, roles)
        if not scope.holds(item.applies, draft):
            continue
        signing = [role for turn in item.signers for role in turn if role != item.giver]
        receivers = [one for role in signing for one in who.of(role, roles[role])]
        due = None if item.within else item_due(scope, draft)
        yield Planned(
            "item",
            ref,
            reader.task(draft),
            who.of(item.giver, roles[item.giver]),
            _once(receivers),
            due,
            _lasting(reader, item.within),
            reader.provisional(due),
        )


def _actions(reader: Reader, ref: str) -> Iterator[Planned]:
    action = reader.scope.program.actions[ref]
    yield _done(reader, action, "action", action.on)


def _accesses(reader: Reader, ref: str) -> Iterator[Planned]:
    access = reader.scope.program.accesses[ref]
    for operation, on in (("grant", access.grant_on), ("revoke", access.revoke_on)):
        if on is not None:
            yield _done(reader, access, operation, on)


def _done(reader: Reader, thing: Action | Access, operation: str, on: Expression | None) -> Planned:
    scope, title = reader.scope, reader.title(thing.title)
    kind = "action" if operation == "action" else "access"
    due = None if on is None else moment_of(scope, on)
    filled = fill_action(scope, thing.id, operation, thing.by)
    return Planned(
        kind,
        thing.id,
        title if kind == "action" else reader.say(f"plan.{operation}", access=title),
        _Who(reader).of(thing.by, filled),
        due=due,
        within=_lasting(reader, thing.within),
        provisional=reader.provisional(due),
    )


def _documents(reader: Reader, ref: str) -> Iterator[Planned]:
    who, roles = _Who(reader), reader.scope.roles
    signing = [role for turn in reader.scope.program.documents[ref].signers for role in turn]
    people = [one for role in signing for one in who.of(role, roles.fill(role))]
    yield Planned("document", ref, reader.declared(ref), _once(people))


def _nothing(_reader: Reader, _ref: str) -> Iterator[Planned]:
    return iter(())


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _lasting(reader: Reader, within: Duration | None) -> str | None:
    return None if within is None else show(DurationType(), within, reader.language)


_PLANNED: dict[NodeKind, Callable[[Reader, str], Iterator[Planned]]] = {
    "step": _steps,
    "item": _items,
    "action": _actions,
    "access": _accesses,
    "document": _documents,
}
"""What comes up at a node of a kind; nothing at any other."""
