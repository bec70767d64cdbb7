"""The front door: text to checked model."""

from __future__ import annotations

from msgspec import Struct

from dsl.checks import check
from dsl.diagnostic import Diagnostic, in_order
from dsl.model import Checked
from dsl.parser import parse
from dsl.resolve.rulebook import resolve
from dsl.source import Source


class Outcome(Struct, frozen=True):
    """What came of a text.

    Attributes:
        checked: the model; None if there is an error.
        diagnostics: all problems, sorted by place; warnings alone do not prevent a model.
    """

    checked: Checked | None
    diagnostics: tuple[Diagnostic, ...]


def check_source(source: Source) -> Outcome:
    """Parses, resolves and checks one text; all problems of the text come in one run."""
    parsed = parse(source)
    if parsed.rulebook is None:
        return Outcome(None, in_order(parsed.diagnostics))
    resolved = resolve(source, parsed.rulebook)
    # A line that is left out may hold what a check would miss.
    whole = resolved.checked is not None and not parsed.rulebook.unread
    found = check(resolved.checked) if resolved.checked and whole else ()
    diagnostics = in_order([*parsed.diagnostics, *resolved.diagnostics, *found])
    wrong = any(each.severity == "error" for each in diagnostics)
    return Outcome(None if wrong else resolved.checked, diagnostics)
