"""What a line of a scenario is about, found by the kinds that its verb can mean."""

from __future__ import annotations

from typing import cast, get_args

from dsl import model, nodes
from dsl.diagnostic import Term, Value
from dsl.resolve.book import Kind
from dsl.resolve.desk import Desk
from dsl.types import FileType, Type


def find_target(
    desk: Desk, node: nodes.Target, kinds: tuple[str, ...], *, one: bool
) -> model.Target | None:
    """The declaration that a line names.

    Args:
        desk: takes the problems.
        node: the name, with its kind where that is written and a record's key.
        kinds: what the line can be about.
        one: the line is about one instance, so an item for each record needs a key.
    """
    wanted = kinds if node.kind is None else tuple(k for k in kinds if k == node.kind)
    found = [kind for kind in wanted if node.name.text in desk.book.of(_kind(kind))]
    if len(found) > 1:
        values: dict[str, Value] = {"name": node.name.text, "first": Term(f"kind.{found[0]}")}
        desk.error("E206", node, {**values, "second": Term(f"kind.{found[1]}")}, hint=True)
        return None
    if not found:
        if desk.book.unnamed.intersection(wanted):
            desk.book.excused = True
        else:
            _unknown(desk, node.name, [_kind(kind) for kind in wanted or kinds])
        return None
    desk.use(found[0], node.name)
    if found[0] == "item" and not _key_fits(desk, node, one=one):
        return None
    return _target(found[0], node)


def find_missing(desk: Desk, node: nodes.Target) -> str | None:
    """The id of what a refusal says is missing: a content, an evidence, or a declaration."""
    name = node.name.text
    parts = {part: item.id.text for item in _items(desk) for part in _parts(item)}
    kinds: tuple[Kind, ...] = ("item", "approval", "gate", "action", "access", "document", "role")
    declared = {other: kind for kind in kinds for other in desk.book.of(kind)}
    if name in parts:
        desk.use("part", node.name, parts[name])
        return name
    if name in declared:
        desk.use(declared[name], node.name)
        return name
    desk.undeclared("part", node.name, [*parts, *declared])
    return None


def part_type(desk: Desk, item: str, name: nodes.Name) -> Type | None:
    """The type of a content or evidence of an item."""
    declared: nodes.Item = desk.book.of("item")[item].node
    if name.text in _parts(declared):
        desk.use("part", name, item)
    else:
        desk.no_part(item, name, _parts(declared))
    if any(each.id.text == name.text for each in declared.evidence):
        return FileType()
    return desk.book.contents.get((item, name.text))


def _items(desk: Desk) -> list[nodes.Item]:
    return [symbol.node for symbol in desk.book.of("item").values()]


def _parts(item: nodes.Item) -> list[str]:
    return [*(each.id.text for each in item.stated), *(each.id.text for each in item.evidence)]


def _kind(kind: str) -> Kind:
    return next(each for each in get_args(Kind) if each == kind)


def _key_fits(desk: Desk, node: nodes.Target, *, one: bool) -> bool:
    item: nodes.Item = desk.book.of("item")[node.name.text].node
    if node.name.text in desk.book.broken:
        return True
    if node.key is None and item.each is not None and one:
        desk.error("E409", node, {"name": node.name.text}, hint=True)
        return False
    if node.key is not None and item.each is None:
        desk.error("E409", node.key, {"name": node.name.text}, variant="needless", label=True)
        return False
    return True


def _unknown(desk: Desk, name: nodes.Name, kinds: list[Kind]) -> None:
    if desk.book.kinds_of(name.text):
        desk.find(kinds[0], name)
    else:
        desk.undeclared(kinds[0], name, [id_ for kind in kinds for id_ in desk.book.of(kind)])


def _target(kind: str, node: nodes.Target) -> model.Target:
    key = node.key.text if node.key else None
    return model.Target(cast("model.TargetKind", kind), node.name.text, key)


def is_step(desk: Desk, node: nodes.Approval, name: nodes.Name) -> bool:
    """True if an approval has the step; reports it if not."""
    ids = {step.known_as: step for step in node.steps}
    if name.text not in ids:
        desk.undeclared("step", name, list(ids))
        return False
    # A step without a name of its own has that of its role.
    named = ids[name.text].id is not None
    desk.use("step" if named else "role", name, node.id.text if named else None)
    return True
