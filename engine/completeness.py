"""What an item still lacks before it can be handed over."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from msgspec.structs import replace

from dsl.expressions.tree import Wire
from dsl.model import Content, Count, Evidence
from engine.scope import Scope
from engine.state import ItemTask


def missing_parts(
    scope: Scope,
    task: ItemTask,
    values: Mapping[str, Wire] | None = None,
    files: Collection[str] = (),
) -> tuple[Content | Count | Evidence, ...]:
    """Content, counts and evidence that the item asks for and does not have; `values` and `files` count as given."""
    item = scope.program.items[task.ref]
    if values:  # what is asked for may depend on what is given only now
        task = replace(task, contents={**task.contents, **values})
    given = task.contents
    missing: list[Content | Count | Evidence] = [
        one for one in item.contents if _blank(given.get(one.id)) and _asked(scope, task, one)
    ]
    if item.counts:
        missing += [one for one in item.counts if _blank(given.get(one.id))]
    if item.evidence:
        absent = (one for one in item.evidence if not task.evidence.get(one.id))
        missing += [one for one in absent if one.id not in files and _asked(scope, task, one)]
    return tuple(missing)


def _asked(scope: Scope, task: ItemTask, part: Content | Evidence) -> bool:
    return not part.optional and scope.holds(part.when, task)


def _blank(wire: Wire) -> bool:
    return wire is None or (isinstance(wire, str) and not wire.strip())
