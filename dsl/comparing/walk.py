"""Where two models differ, field by field. Things with ids are held against each other by id."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from msgspec import Struct

from dsl.expressions import tree
from dsl.types import ChoiceType, Tagged

Kind = tuple[str, str]
KINDS: tuple[Kind, ...] = (
    ("fact", "facts"),
    ("record", "records"),
    ("feed", "feeds"),
    ("role", "roles"),
    ("table", "tables"),
    ("sla", "slas"),
    ("calendar", "calendars"),
    ("approval", "approvals"),
    ("item", "items"),
    ("gate", "gates"),
    ("action", "actions"),
    ("access", "accesses"),
    ("document", "documents"),
    ("process", "processes"),
    ("rule", "rules"),
    ("scenario", "scenarios"),
)
"""The kinds of declarations, and the field of the model that holds them."""


class Difference(NamedTuple):
    """One field that is not the same.

    Attributes:
        declaration: kind and id, as in `Checked.places`: `item.keys`; `rulebook` for the header.
        path: the fields and ids inside it, empty for the whole.
        owner: what the field belongs to, in either model; None for a whole declaration.
        field: its name; `+` or `-` for something with an id that is new or gone.
        old, new: the values; None where there is none.
    """

    declaration: str
    path: tuple[str, ...]
    owner: Any
    field: str
    old: Any
    new: Any


def differences(old: Struct, new: Struct) -> Iterator[Difference]:
    """All differences of two models, in the order of their declarations."""
    plain = {field for _, field in KINDS}
    for field in old.__struct_fields__:
        if field not in plain and getattr(old, field) != getattr(new, field):
            declaration = "audience" if field == "audience" else "rulebook"
            yield Difference(declaration, (), old, field, getattr(old, field), getattr(new, field))
    for kind, field in KINDS:
        yield from _named(kind, (), getattr(old, field), getattr(new, field))


def _named(
    prefix: str, path: tuple[str, ...], old: tuple[Any, ...], new: tuple[Any, ...]
) -> Iterator[Difference]:
    """Things with ids; at the top the id is that of a declaration."""
    before, after = ({one.id: one for one in some} for some in (old, new))
    for id_ in (*before, *(id_ for id_ in after if id_ not in before)):
        inner = (*path, id_) if path else ()
        declaration = prefix if path else f"{prefix}.{id_}"
        if id_ not in after:
            yield Difference(declaration, inner, before[id_], "-", before[id_], None)
        elif id_ not in before:
            yield Difference(declaration, inner, after[id_], "+", None, after[id_])
        else:
            yield from _fields(declaration, inner, before[id_], after[id_])
    common = [id_ for id_ in before if id_ in after]
    if path and common != [id_ for id_ in after if id_ in before]:
        yield Difference(prefix, path, None, "order", tuple(before), tuple(after))


def _fields(
    declaration: str, path: tuple[str, ...], old: Struct, new: Struct
) -> Iterator[Difference]:
    for field in old.__struct_fields__:
        before, after = getattr(old, field), getattr(new, field)
        if before == after or _says_the_same(before, after) or _follows(field, old, new):
            continue
        if _have_ids(before) and _have_ids(after):
            yield from _named(declaration, (*path, field), before, after)
        else:
            yield Difference(declaration, (*path, field), old, field, before, after)


def bare(value: object) -> object:
    """A value without its titles. An option of a choice is its id, whatever the other options are."""
    if isinstance(value, tree.Constant) and isinstance(value.type, ChoiceType):
        return ("option", value.value)
    if isinstance(value, Struct):
        kept = (field for field in value.__struct_fields__ if field != "title")
        return (type(value).__name__, *(bare(getattr(value, field)) for field in kept))
    return tuple(bare(one) for one in value) if isinstance(value, tuple) else value


def _says_the_same(old: object, new: object) -> bool:
    """True for conditions that differ only in what the choices beside their options are called."""
    return type(old).__module__ == tree.__name__ and bare(old) == bare(new)


def _follows(field: str, old: Struct, new: Struct) -> bool:
    """True for those whom a decision table may choose in a step: what has changed is the table, which is told."""
    chosen = getattr(old, "chosen", None)
    return field == "roles" and chosen is not None and chosen == getattr(new, "chosen", None)


def _have_ids(value: object) -> bool:
    """True for things that are told apart by their ids; the parts of a flow stand in an order."""
    return isinstance(value, tuple) and all(
        isinstance(one, Struct) and not isinstance(one, Tagged) and hasattr(one, "id")
        for one in value
    )
