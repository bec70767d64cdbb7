"""What is to be said of the nodes of a rulebook: names and types looked up, the whole looked over."""

from __future__ import annotations

from msgspec import Struct

from dsl.checks import check
from dsl.diagnostic import Diagnostic, in_order
from dsl.dialects import dialect
from dsl.layers import Composed
from dsl.model import Checked
from dsl.parser import Parsed
from dsl.resolve.kinds import with_kinds
from dsl.resolve.memory import Memory
from dsl.resolve.names import Names, with_tailored
from dsl.resolve.rulebook import resolve


class Judged(Struct, frozen=True):
    """The model, None if a part of it could not be resolved, with all problems in order."""

    checked: Checked | None
    diagnostics: tuple[Diagnostic, ...]
    names: Names


def judge(composed: Composed, parsed: Parsed | None = None, memory: Memory | None = None) -> Judged:
    """Resolves and checks a rulebook.

    Args:
        composed: its layers put together.
        parsed: its own text, whose problems are told too.
        memory: of the form of the rulebook before this one.
    """
    resolved = resolve(composed.texts, composed.rulebook, memory, composed.gone)
    read = parsed.diagnostics if parsed is not None else ()
    read = tuple(with_kinds(read, resolved.names, dialect(composed.rulebook.dialect)))
    # A line that is left out may hold what a check would miss; so may a base that is not there.
    found: tuple[Diagnostic, ...] = ()
    if resolved.checked and not composed.rulebook.unread and not composed.diagnostics:
        sound = not any(one.severity == "error" for one in read)
        found = check(resolved.checked, resolved.names, sound=sound)
    diagnostics = in_order([*read, *composed.diagnostics, *resolved.diagnostics, *found])
    names = with_tailored(resolved.names, composed.tailored)
    return Judged(resolved.checked, diagnostics, names)
