"""The shapes of forms over a draft, and how one kind of them is described."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal, NamedTuple

from msgspec import Struct

from engine.desk.fields import FieldView
from engine.drafting.clauses import Answers, Clauses
from engine.drafting.draft import Draft
from engine.drafting.forms.asking import Ask

FormKind = Literal[
    "role", "fact", "item", "content", "evidence", "approval", "step", "reminder", "gate", "action",
    "stage",
]  # fmt: skip


class DraftForm(Struct, frozen=True):
    """A form over a draft.

    Attributes:
        offset: the place in the text of what is changed; None for something new.
        part: the declaration that is changed; empty for something new.
        values: what is known at first, also what is not asked for.
        fields: with what stands in them at first.
        kept: the lines that say more than the form can, and stay as they are.
    """

    kind: FormKind
    offset: int | None
    part: str
    values: dict[str, str]
    fields: tuple[FieldView, ...]
    kept: frozenset[str] = frozenset()

    def given(self, answers: Answers) -> dict[str, str]:
        """Answers with what is known and not asked for; before the first answer, all that is known."""
        shown = {one.id for one in self.fields} if answers else set()
        known = {name: value for name, value in self.values.items() if name not in shown}
        return {**known, **answers}


class Changed(NamedTuple):
    """The text after a form, and where what it changed stands."""

    text: str
    offset: int


class Read(NamedTuple):
    """What a text says already: the values of fields, and the lines that no field can say."""

    values: dict[str, str]
    kept: frozenset[str] = frozenset()


class Kind(NamedTuple):
    """How one kind of form asks, and writes.

    Attributes:
        fields: what is asked for.
        clauses: the lines that answers stand for, in English and in the canonical order.
        lacking: the message id of what is wrong with answers.
        owner: the declaration that its line is put into; empty for a declaration of its own.
        line: the field of the owner that the line fills.
        head: fields that the first line says, although lines of their own may.
    """

    fields: Callable[[Ask], Iterable[FieldView]]
    clauses: Callable[[Draft, Answers], Clauses]
    lacking: Callable[[Draft, Answers], str | None]
    owner: str = ""
    line: str = ""
    head: tuple[str, ...] = ()


def nothing_lacks(draft: Draft, answers: Answers) -> None:
    """Any answers will do."""
    del draft, answers
