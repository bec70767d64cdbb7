"""How deep what was read is nested. Counted with a stack of its own, so no text is too deep."""

from __future__ import annotations

from dsl import nodes

MAX_NESTING = 64


def too_deep(values: tuple[object, ...]) -> bool:
    """True if a node among the values, or in them, has more than 64 nodes above it."""
    waiting: list[tuple[object, int]] = [(value, 0) for value in values]
    while waiting:
        value, depth = waiting.pop()
        if depth > MAX_NESTING:
            return True
        if isinstance(value, nodes.Node):
            parts = (getattr(value, field) for field in value.__struct_fields__)
            waiting.extend((part, depth + 1) for part in parts)
        elif isinstance(value, tuple):
            waiting.extend((part, depth) for part in value)
    return False
