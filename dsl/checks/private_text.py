"""E473: a private fact that a rule would make public.

Why: notices and notes are kept in the record of the case, word by word, and so is a fact that is open.
What is `private to` some roles must not come in there; and a rule keeps no secrets, so it cannot set a
private fact either.

Example: `notify leaver by email "{salary}"` with `fact salary "Salary" money private to hr`.
"""

from __future__ import annotations

from dsl.checks.finding import finding, keyword, label
from dsl.diagnostic import Diagnostic, Value
from dsl.expressions.uses import facts_of
from dsl.model import Checked, Rule, SetFact


def private_text(checked: Checked) -> tuple[Diagnostic, ...]:
    """One error for each line that says, or sets, what is private."""
    private = {fact.id for fact in checked.rulebook.facts if fact.private_to}
    return tuple(
        _finding(checked, rule, number, fact)
        for rule in checked.rulebook.rules
        for number, effect in enumerate(rule.does)
        for fact in sorted(private & {*facts_of(effect), *_set(effect)})
    )


def _set(effect: object) -> tuple[str, ...]:
    return (effect.fact,) if isinstance(effect, SetFact) else ()


def _finding(checked: Checked, rule: Rule, number: int, fact: str) -> Diagnostic:
    labels = [
        label(checked, f"rule.{rule.id}.does.{number}", "E473.label"),
        label(checked, f"fact.{fact}.id", "E473.private"),
    ]
    values: dict[str, Value] = {
        "rule": rule.id,
        "fact": fact,
        "private": keyword(checked, "private_to"),
    }
    return finding("E473", "error", labels, values)
