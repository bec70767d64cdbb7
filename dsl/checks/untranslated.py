"""W509: a declaration without a title in a language that most of the others have.

Why: whoever reads the rulebook in that language meets a title of another one among their own.

Example: items with `title zh "…"`, and one without.
"""

from __future__ import annotations

from collections.abc import Iterator

from dsl.checks.finding import finding, keyword, label
from dsl.diagnostic import Diagnostic
from dsl.model import Checked, Titles


def untranslated(checked: Checked) -> tuple[Diagnostic, ...]:
    """One warning for each declaration of the uppermost text and each language that it lacks."""
    declared = [
        (path, titles)
        for path, titles in _titled(checked)
        if checked.texts.is_own(checked.spans[path])
    ]
    languages = sorted({language for _, titles in declared for language in titles})
    return tuple(
        finding(
            "W509",
            "warning",
            [label(checked, f"{path}.id", "W509.label")],
            {
                "name": path.partition(".")[2],
                "language": language,
                "title": keyword(checked, "title"),
            },
        )
        for language in languages
        if sum(language in titles for _, titles in declared) * 2 > len(declared)
        for path, titles in declared
        if language not in titles
    )


def _titled(checked: Checked) -> Iterator[tuple[str, Titles]]:
    """What people see by its title."""
    rulebook = checked.rulebook
    for kind, things in (
        ("fact", rulebook.facts),
        ("role", rulebook.roles),
        ("approval", rulebook.approvals),
        ("item", rulebook.items),
        ("gate", rulebook.gates),
        ("action", rulebook.actions),
        ("access", rulebook.accesses),
        ("document", rulebook.documents),
        ("process", rulebook.processes),
    ):
        for thing in things:
            yield f"{kind}.{thing.id}", thing.title
