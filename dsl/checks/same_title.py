"""W513: two declarations of one kind that people cannot tell apart by what they are called.

Why: tasks, forms and reports show titles, and whoever reads `Keys` twice does not know which is meant. So too
where a title is the id of another.

Example: `item keys "Keys"` and `item car "Keys"`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from dsl.checks.finding import finding, label
from dsl.diagnostic import Diagnostic, Term
from dsl.model import Checked


class _Titled(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def title(self) -> Mapping[str, str]: ...


def same_title(checked: Checked) -> tuple[Diagnostic, ...]:
    """One warning for each declaration that is called as one before it, at the later of them."""
    return tuple(
        finding(
            "W513",
            "warning",
            [
                label(checked, f"{kind}.{second}.id", "W513.label"),
                label(checked, f"{kind}.{first}.id", "W513.other"),
            ],
            {"kind": Term(f"kind.{kind}"), "name": second, "other": first, "title": title},
        )
        for kind, declared in _kinds(checked)
        for first, second, title in _alike(declared)
    )


def _kinds(checked: Checked) -> Iterator[tuple[str, tuple[_Titled, ...]]]:
    rulebook = checked.rulebook
    yield "fact", rulebook.facts
    yield "role", rulebook.roles
    yield "approval", rulebook.approvals
    yield "item", rulebook.items
    yield "gate", rulebook.gates
    yield "action", rulebook.actions
    yield "access", rulebook.accesses
    yield "document", rulebook.documents
    yield "process", rulebook.processes


def _alike(declared: tuple[_Titled, ...]) -> Iterator[tuple[str, str, str]]:
    """The ids of two that are called the same in a language, the earlier first, and how they are called."""
    called = {one.id: one.id for one in declared}
    place = {one.id: number for number, one in enumerate(declared)}
    titled: dict[tuple[str, str], str] = {}
    told: set[tuple[str, str]] = set()
    for one in declared:
        for language, title in one.title.items():
            by_title = titled.setdefault((language, title.casefold()), one.id)
            for other in (by_title, called.get(title, one.id)):
                first, second = sorted((other, one.id), key=place.__getitem__)
                if first != second and (first, second) not in told:
                    told.add((first, second))
                    yield first, second, title
