"""W507: a fact, role, table, record, feed or ladder that nothing uses.

Why: people are asked for a fact that decides nothing, or believe in a rule that is never applied. What a
scenario says is no use. Of a rulebook in layers only what its own text declares is looked at: a layer that
removes the last use of something below it has done nothing wrong. A fact that is optional may be filled in
for the record, and a document with a template may show any fact.

Example: `fact level "Level" integer 1..15`, and nothing that reads it.
"""

from __future__ import annotations

from dsl.checks.finding import finding, keyword
from dsl.diagnostic import Diagnostic, Label, Term, Value
from dsl.model import Checked
from dsl.resolve.names import Names
from dsl.resolve.traces import Use

_KINDS = ("fact", "role", "table", "record", "feed", "sla")


def unused(checked: Checked, names: Names) -> tuple[Diagnostic, ...]:
    """One warning for each such declaration of the uppermost text.

    Args:
        checked: the model.
        names: where each declared name stands.
    """
    spans, rulebook = checked.spans, checked.rulebook
    scenarios = [spans[f"scenario.{one.id}"] for one in rulebook.scenarios]
    used = {
        (use.kind, use.id)
        for use in names.uses
        if use.kind in _KINDS and not any(one.holds(use.span.start) for one in scenarios)
    }
    used |= {("sla", one.id) for one in rulebook.slas if one.default}
    shown = any(one.template for one in rulebook.documents)
    used |= {("fact", one.id) for one in rulebook.facts if one.optional or shown}
    return tuple(
        _unused(checked, one)
        for one in names.declared
        if one.kind in _KINDS and (one.kind, one.id) not in used and checked.texts.is_own(one.span)
    )


def _unused(checked: Checked, declared: Use) -> Diagnostic:
    label = Label(declared.span, checked.texts.written[0].source.name, "W507.label")
    values: dict[str, Value] = {"kind": Term(f"kind.{declared.kind}"), "name": declared.id}
    values |= {word: keyword(checked, word) for word in ("allow", "because")}
    return finding("W507", "warning", [label], values)
