"""Nodes seen from another place, and nodes compared by what they mean."""

from __future__ import annotations

from typing import Any, TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace

from dsl import nodes
from dsl.source import Span

T = TypeVar("T")


def moved(value: T, by: int) -> T:
    """A node, or what a field of one holds, with every span in it shifted."""
    return cast("T", _moved(value, by)) if by else value


def _moved(value: Any, by: int) -> object:  # noqa: ANN401 (a field of any node)
    if isinstance(value, Span):
        return value.shift(by)
    if isinstance(value, Struct):
        fields = {name: _moved(getattr(value, name), by) for name in value.__struct_fields__}
        return replace(value, **fields)
    if type(value) is tuple:
        return tuple(_moved(one, by) for one in value)
    return value


def meaning(value: object) -> object:
    """What a node says, wherever it stands and in whatever dialect."""
    if isinstance(value, nodes.Name):
        return value.word or value.text
    if isinstance(value, Struct):
        kept = (getattr(value, name) for name in value.__struct_fields__ if name != "span")
        return (type(value), *map(meaning, kept))
    if isinstance(value, tuple):
        return tuple(map(meaning, value))
    return value
